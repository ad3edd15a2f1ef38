package io.identamocrm.delivery;

import io.identamocrm.account.AccountSetup;
import io.identamocrm.amocrm.AccountFixtures;
import io.identamocrm.amocrm.FieldMapping;
import io.identamocrm.amocrm.Response;
import io.identamocrm.mirror.Mirror;
import io.identamocrm.mirror.MirrorRows;
import io.identamocrm.mirror.MirrorSnapshot;
import io.identamocrm.mirror.OptimisticRows;
import io.identamocrm.mirror.PendingWrites;
import io.identamocrm.model.Contact;
import io.identamocrm.model.ContactField;
import io.identamocrm.model.CrmSnapshot;
import io.identamocrm.model.Deal;
import io.identamocrm.model.DealField;
import io.identamocrm.model.Delivered;
import io.identamocrm.model.Fixtures;
import io.identamocrm.model.OwnContact;
import io.identamocrm.model.SyncPolicy;
import io.identamocrm.state.Changes;
import io.identamocrm.state.DeadLetters;
import io.identamocrm.state.Intents;
import io.identamocrm.state.LocksForTests;
import io.identamocrm.state.Memory;
import io.identamocrm.state.RedisForTests;
import io.identamocrm.state.WriteLock;
import io.identamocrm.state.WriteLocks;
import io.identamocrm.sync.Run;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.redisson.client.codec.StringCodec;

/** An invented account: a mirror and intents of its own in the Redis of all tests, and the set-up that a run would have learned. */
public final class AccountInRedis {

    static final long RECEPTION_FIELD = 801;
    static final long SERVICE_FIELD = 804;
    static final long NUMBER_FIELD = 806;
    static final long PATIENT_FIELD = 925;
    static final long PHONE_FIELD = 990;
    /** amoCRM's clock. */
    static final Instant NOW = Instant.parse("2026-03-02T09:00:00Z");

    private static final String DEAL_FIELDS = """
            {'_embedded': {'custom_fields': [
              {'id': 801, 'type': 'text'}, {'id': 804, 'type': 'textarea'}, {'id': 806, 'type': 'text'}]}}""";
    private static final String PIPELINES = """
            {'_embedded': {'pipelines': [
              {'id': 100, '_embedded': {'statuses': [{'id': 101, 'sort': 10}, {'id': 142, 'sort': 20}, {'id': 143, 'sort': 30}]}},
              {'id': 200, '_embedded': {'statuses': [{'id': 201, 'sort': 10}]}}]}}""";
    private static final String CONTACT_FIELDS = """
            {'_embedded': {'custom_fields': [{'id': 925, 'type': 'text'}, {'id': 990, 'code': 'PHONE', 'type': 'multitext'}]}}""";

    private final RedisForTests redis = new RedisForTests();
    private final PendingWrites pending = PendingWrites.ofRun();
    /** As a run has learned it. */
    public final AccountSetup setup;
    /** Empty at first. */
    public final Mirror mirror;
    /** None at first. */
    public final Intents intents = new Intents(redis.client(), redis.keys());
    /** Nothing at first. */
    public final Memory memory = new Memory(redis.client(), redis.keys());
    /** Of the account, in time that stands still. */
    public final LocksForTests locks = new LocksForTests(redis);
    /** That of a run which may do everything. */
    public final WriteLock lock = locks.held();
    /** How its rows stand after a write. */
    public final OptimisticRows rows = new OptimisticRows(Fixtures.PRINT);
    /** What the buffers of this account have told of, in this order. */
    final List<Delivery> completed = new ArrayList<>();

    /** One that no other test sees. */
    public AccountInRedis() {
        SyncPolicy policy = Fixtures.policy().build();
        mirror = new Mirror(redis.client(), redis.keys()::of, policy::isOurs, policy::isActive);
        FieldMapping mapping = new FieldMapping(
                Map.of(
                        DealField.RECEPTION_ID,
                        RECEPTION_FIELD,
                        DealField.SERVICE_NAME,
                        SERVICE_FIELD,
                        DealField.PATIENT_NUMBER,
                        NUMBER_FIELD),
                Map.of(ContactField.PATIENT_ID, PATIENT_FIELD));
        setup = new AccountSetup(
                mapping,
                policy,
                ZoneOffset.UTC,
                Fixtures.PRINT,
                redis.client().getBucket(redis.keys().of("account-setup"), StringCodec.INSTANCE));
        learnWithout(0);
    }

    /** A run learns it, if it is not known. */
    void learnWithout(long deletedField) {
        while (setup.hasNext()) {
            String path = setup.next().path();
            setup.aggregate(success(
                    path.contains("/pipelines")
                            ? PIPELINES
                            : path.contains("/leads/")
                                    ? DEAL_FIELDS.replace("{'id': " + deletedField + ", 'type': 'text'}", "{}")
                                    : CONTACT_FIELDS));
        }
    }

    /** Where it lives. */
    public RedisForTests redis() {
        return redis;
    }

    /** A run's buffer. */
    WriteBuffer buffer(int batchSize) {
        return new WriteBuffer(new Overlay(pending, rows), batchSize, lock, completed::add);
    }

    /** Its dead letters. */
    public DeadLetters deadLetters(Run.Kind kind) {
        return new DeadLetters(redis.client(), redis.keys(), kind.key());
    }

    /** Puts deals into the mirror. */
    public void store(Deal... deals) {
        MirrorRows.store(mirror, lock, List.of(deals), List.of());
    }

    /** Puts contacts into it. */
    public void store(Contact... contacts) {
        MirrorRows.store(mirror, lock, List.of(), List.of(contacts));
    }

    /** Remembers what was delivered for a reception. */
    public void remember(long reception, Delivered delivered) {
        Changes changes = new Changes();
        memory.remember(changes, reception, delivered);
        lock.commit(changes);
    }

    /** Remembers what is ours in a patient's contact. */
    public void remember(long patient, OwnContact contact) {
        Changes changes = new Changes();
        memory.remember(changes, patient, contact);
        lock.commit(changes);
    }

    /** What is remembered of a reception, or null. */
    public Delivered delivered(long reception) {
        return memory.receptions(List.of(reception)).get(reception);
    }

    /** What is remembered of a patient, or null. */
    public OwnContact own(long patient) {
        return memory.patients(List.of(patient)).get(patient);
    }

    /** The batch with its intents on record. */
    WriteBatch note(WriteBatch batch) {
        return new WriteIntents(mirror, intents).note(batch);
    }

    /** Another run takes over, as after a standstill of this one. */
    public WriteLock takeOver() {
        locks.timing().pass(LocksForTests.LOCK);
        WriteLocks elsewhere = locks.process();
        WriteLock other = elsewhere.of(elsewhere.owners().begin(), null);
        try {
            other.acquire(false);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        return other;
    }

    /** A batch of the writes of these deliveries, which must be of one kind; its buffer is left empty. */
    WriteBatch batch(Delivery... deliveries) {
        WriteBuffer buffer = buffer(50);
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
        return MirrorSnapshot.load(
                mirror,
                pending,
                List.of(new MirrorSnapshot.Keys(reception, List.of(), 0, List.of(), patient, null, List.of())),
                30);
    }

    Deal deal(long id) {
        return mirror.deals(List.of(id)).get(id);
    }

    Contact contact(long id) {
        return mirror.contacts(List.of(id)).get(id);
    }

    /** amoCRM's answer, as JSON with single quotes. */
    public static Response.Success success(String json) {
        return new Response.Success(AccountFixtures.json(json), NOW);
    }
}
