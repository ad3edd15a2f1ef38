package io.identamocrm.delivery;

import io.identamocrm.account.AccountSetup;
import io.identamocrm.amocrm.AccountFixtures;
import io.identamocrm.amocrm.FieldMapping;
import io.identamocrm.amocrm.Response;
import io.identamocrm.demo.EmbeddedRedis;
import io.identamocrm.mirror.Mirror;
import io.identamocrm.mirror.MirrorSnapshot;
import io.identamocrm.mirror.OptimisticRows;
import io.identamocrm.mirror.PendingWrites;
import io.identamocrm.model.Contact;
import io.identamocrm.model.ContactField;
import io.identamocrm.model.CrmSnapshot;
import io.identamocrm.model.Deal;
import io.identamocrm.model.DealField;
import io.identamocrm.model.Fixtures;
import io.identamocrm.model.SyncPolicy;
import io.identamocrm.state.Intents;
import io.identamocrm.state.RedisKeys;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.redisson.Redisson;
import org.redisson.api.RedissonClient;
import org.redisson.client.codec.StringCodec;
import org.redisson.config.Config;

/** An invented account: a mirror and intents of its own in one Redis for all tests, and the set-up that a run would have learned. */
final class AccountInRedis {

    static final long RECEPTION_FIELD = 801;
    static final long SERVICE_FIELD = 804;
    static final long NUMBER_FIELD = 806;
    static final long PATIENT_FIELD = 925;
    static final long PHONE_FIELD = 990;
    /** amoCRM's clock. */
    static final Instant NOW = Instant.parse("2026-03-02T09:00:00Z");

    private static final AtomicInteger ACCOUNTS = new AtomicInteger();
    private static final String DEAL_FIELDS = """
            {'_embedded': {'custom_fields': [
              {'id': 801, 'type': 'text'}, {'id': 804, 'type': 'textarea'}, {'id': 806, 'type': 'text'}]}}""";
    private static final String CONTACT_FIELDS = """
            {'_embedded': {'custom_fields': [{'id': 925, 'type': 'text'}, {'id': 990, 'code': 'PHONE', 'type': 'multitext'}]}}""";

    /** Both end with the JVM. */
    private static final class Shared {
        private static final EmbeddedRedis SERVER = new EmbeddedRedis();
        private static final RedissonClient CLIENT = client();

        private static RedissonClient client() {
            Config config = new Config();
            config.setThreads(2).setNettyThreads(2).useSingleServer().setAddress("redis://127.0.0.1:" + SERVER.port())
                    .setConnectionPoolSize(4).setConnectionMinimumIdleSize(1);
            return Redisson.create(config);
        }
    }

    private final RedisKeys keys = new RedisKeys("delivery-" + ACCOUNTS.incrementAndGet());
    private final PendingWrites pending = PendingWrites.ofRun();
    final AccountSetup setup;
    final Mirror mirror;
    final Intents intents = new Intents(Shared.CLIENT, keys);
    final OptimisticRows rows = new OptimisticRows(Fixtures.PRINT);
    /** What the buffers of this account have told of, in this order. */
    final List<Delivery> completed = new ArrayList<>();

    AccountInRedis() {
        SyncPolicy policy = Fixtures.policy().build();
        mirror = new Mirror(Shared.CLIENT, keys::of, policy::isOurs);
        FieldMapping mapping = new FieldMapping(Map.of(DealField.RECEPTION_ID, RECEPTION_FIELD, DealField.SERVICE_NAME, SERVICE_FIELD,
                DealField.PATIENT_NUMBER, NUMBER_FIELD), Map.of(ContactField.PATIENT_ID, PATIENT_FIELD));
        setup = new AccountSetup(mapping, policy, ZoneOffset.UTC, Fixtures.PRINT,
                Shared.CLIENT.getBucket(keys.of("account-setup"), StringCodec.INSTANCE));
        while (setup.hasNext()) {
            setup.aggregate(success(setup.next().path().contains("/leads/") ? DEAL_FIELDS : CONTACT_FIELDS));
        }
    }

    /** A run's buffer; no deal of the mirror is stale. */
    WriteBuffer buffer(int batchSize) {
        return buffer(batchSize, deal -> false);
    }

    WriteBuffer buffer(int batchSize, Predicate<Deal> stale) {
        return new WriteBuffer(new Overlay(pending, rows), batchSize, stale, completed::add);
    }

    /** A batch of the writes of these deliveries, which must be of one kind; its buffer is left empty. */
    WriteBatch batch(Delivery... deliveries) {
        return batch(deal -> false, deliveries);
    }

    WriteBatch batch(Predicate<Deal> stale, Delivery... deliveries) {
        WriteBuffer buffer = buffer(50, stale);
        List.of(deliveries).forEach(buffer::add);
        buffer.flush();
        WriteBatch batch = buffer.takeBatch();
        if (!buffer.isEmpty()) {
            throw new IllegalArgumentException("These deliveries do not make one batch");
        }
        return batch;
    }

    /** What the next decision about a reception, its patient or a phone would rest on: mirror and overlay. */
    CrmSnapshot snapshot(long reception, long patient) {
        return MirrorSnapshot.load(mirror, pending, List.of(new MirrorSnapshot.Keys(reception, null, patient, null, List.of())));
    }

    Deal deal(long id) {
        return mirror.deals(List.of(id)).get(id);
    }

    Contact contact(long id) {
        return mirror.contacts(List.of(id)).get(id);
    }

    /** amoCRM's answer, as JSON with single quotes. */
    static Response.Success success(String json) {
        return new Response.Success(AccountFixtures.json(json), NOW);
    }
}
