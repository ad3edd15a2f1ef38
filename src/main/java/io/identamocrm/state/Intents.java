package io.identamocrm.state;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.identamocrm.model.Deal;
import io.identamocrm.model.Delivered;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.redisson.api.RedissonClient;
import org.redisson.client.codec.StringCodec;

/**
 * What we were about to do in amoCRM that must not be done twice or undone, on record before the request goes out: amoCRM has no
 * idempotency key, so after an answer that tells nothing, or the end of the process, this is what has to be looked for. Ids only.
 */
public final class Intents {

    static final String KEY = "intents";
    private static final String DEAL = "deal:";
    private static final String CONTACT = "contact:";
    private static final String STAGE = "stage:";

    /**
     * One of them.
     *
     * @param owner     the run
     * @param reception of a deal or stage: the reception that the request names; else 0
     * @param newest    of a creation: the highest id of such deals or contacts known before; a higher one is the one we created
     * @param delivered of a deal or stage: what is to be remembered if it happened; else null
     * @param name      of a contact: fingerprint of the name that it gets, or null
     * @param before    of a stage: how the deal stood at the look before; else null
     */
    @JsonInclude(JsonInclude.Include.NON_DEFAULT)
    public record Intent(
            String owner,
            long reception,
            long newest,
            @Nullable Delivered delivered,
            @Nullable String name,
            @Nullable Standing before) {

        /** A deal is about to be created for a reception. */
        public static Intent ofDeal(String owner, long reception, long newest, @Nullable Delivered delivered) {
            return new Intent(owner, reception, newest, delivered, null, null);
        }

        /** A contact is about to be created for a patient. */
        public static Intent ofContact(String owner, long newest, @Nullable String name) {
            return new Intent(owner, 0, newest, null, name, null);
        }

        /** A deal is about to get another stage. */
        public static Intent ofStage(String owner, long reception, Deal before, @Nullable Delivered delivered) {
            return new Intent(owner, reception, 0, delivered, null, Standing.of(before));
        }
    }

    /** Where a deal stands, and when it was last changed. */
    public record Standing(long pipeline, long stage, long updatedAt) {

        /** As the deal stands. */
        public static Standing of(Deal deal) {
            return new Standing(deal.pipelineId(), deal.stageId(), deal.updatedAt());
        }

        /** True if the deal stands so. */
        public boolean isOf(Deal deal) {
            return deal.pipelineId() == pipeline && deal.stageId() == stage && deal.updatedAt() == updatedAt;
        }
    }

    /**
     * Intents whose outcome is not on record.
     *
     * @param deals    by reception
     * @param contacts by patient
     * @param stages   by deal
     */
    public record Open(Map<Long, Intent> deals, Map<Long, Intent> contacts, Map<Long, Intent> stages) {

        /** Moves of these deals, to be cleared. */
        public static Open ofStages(Set<Long> deals) {
            return new Open(
                    Map.of(),
                    Map.of(),
                    deals.stream()
                            .collect(Collectors.toMap(deal -> deal, deal -> new Intent("", 0, 0, null, null, null))));
        }

        /** True if everything is on record. */
        public boolean isEmpty() {
            return deals.isEmpty() && contacts.isEmpty() && stages.isEmpty();
        }

        /** As they are put on record. */
        public Map<String, String> entries() {
            Map<String, String> entries = new TreeMap<>();
            deals.forEach((reception, intent) -> entries.put(DEAL + reception, RememberedJson.write(intent)));
            contacts.forEach((patient, intent) -> entries.put(CONTACT + patient, RememberedJson.write(intent)));
            stages.forEach((deal, intent) -> entries.put(STAGE + deal, RememberedJson.write(intent)));
            return entries;
        }
    }

    private final RedissonClient redis;
    private final String key;

    /** The intents of one account. */
    public Intents(RedissonClient redis, RedisKeys keys) {
        this.redis = redis;
        this.key = keys.of(KEY);
    }

    /** The outcome of these is on record with the changes. */
    public void clear(Changes changes, Open settled) {
        settled.entries().keySet().forEach(name -> changes.hdel(key, name));
    }

    /** What runs have left behind. */
    public Open open() {
        Open open = new Open(new TreeMap<>(), new TreeMap<>(), new TreeMap<>());
        redis.<String, String>getMap(key, StringCodec.INSTANCE).readAllMap().forEach((name, text) -> {
            long id = Long.parseLong(name.substring(name.indexOf(':') + 1));
            Map<Long, Intent> kind =
                    name.startsWith(DEAL) ? open.deals() : name.startsWith(CONTACT) ? open.contacts() : open.stages();
            kind.put(id, read(name, text));
        });
        return open;
    }

    /** Earlier builds noted the highest known id of a reception's deals, and nothing of a contact. */
    private static Intent read(String name, String text) {
        if (text.startsWith("{")) {
            return RememberedJson.read(text, Intent.class);
        }
        long newest = text.isEmpty() ? 0 : Long.parseLong(text);
        return name.startsWith(DEAL)
                ? Intent.ofDeal("", Long.parseLong(name.substring(DEAL.length())), newest, null)
                : Intent.ofContact("", newest, null);
    }
}
