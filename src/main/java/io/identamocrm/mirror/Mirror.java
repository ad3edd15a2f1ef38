package io.identamocrm.mirror;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.identamocrm.amocrm.AmocrmRequest.Entity;
import io.identamocrm.model.Contact;
import io.identamocrm.model.Deal;
import io.identamocrm.model.DealField;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.redisson.api.RBatch;
import org.redisson.api.RLexSortedSetAsync;
import org.redisson.api.RMap;
import org.redisson.api.RScoredSortedSetAsync;
import org.redisson.api.RedissonClient;
import org.redisson.client.codec.StringCodec;

/**
 * The local snapshot of the account's deals and contacts in Redis: rows of ids and fingerprints, with indexes for the lookups. Read and
 * written in batches; never loaded whole.
 */
public final class Mirror {

    // Empty collections are left out of the rows to save memory, and come back as empty ones.
    private static final ObjectMapper JSON = JsonMapper.builder()
            .defaultPropertyInclusion(JsonInclude.Value.construct(JsonInclude.Include.NON_EMPTY, JsonInclude.Include.NON_EMPTY))
            .disable(MapperFeature.AUTO_DETECT_IS_GETTERS)
            .withConfigOverride(Map.class, map -> map.setSetterInfo(JsonSetter.Value.forValueNulls(Nulls.AS_EMPTY)))
            .withConfigOverride(Set.class, set -> set.setSetterInfo(JsonSetter.Value.forValueNulls(Nulls.AS_EMPTY)))
            .build();

    private static final int BATCH = 500;
    /** Raised with every change of the rows' members, so that rows of an older build are read anew. */
    static final int ROW_FORMAT = 2;
    private static final List<String> NAMES = List.of("deals", "contacts", "deals-by-change", "contacts-by-change", "deals-by-reception",
            "deals-by-number", "deals-by-contact", "contacts-by-patient", "contacts-by-phone", "progress");

    private final RedissonClient redis;
    private final UnaryOperator<String> keys;
    private final Predicate<Deal> inOurPipelines;

    final Table<Deal> deals = new Table<>("deals", Deal.class, Deal::id, Deal::updatedAt, Mirror.this::indexEntries);
    final Table<Contact> contacts = new Table<>("contacts", Contact.class, Contact::id, Contact::updatedAt, Mirror.this::indexEntries);

    /**
     * The mirror of one account.
     *
     * @param redis          where it lives
     * @param keys           names the account's keys
     * @param inOurPipelines whether a deal stands in one of our two pipelines
     */
    public Mirror(RedissonClient redis, Function<String, String> keys, Predicate<Deal> inOurPipelines) {
        this(redis, inOurPipelines, name -> keys.apply("mirror:" + name));
    }

    private Mirror(RedissonClient redis, Predicate<Deal> inOurPipelines, UnaryOperator<String> keys) {
        this.redis = redis;
        this.keys = keys;
        this.inOurPipelines = inOurPipelines;
    }

    /** How rows of one kind are stored and found. */
    final class Table<T> {
        private final String name;
        private final Class<T> type;
        private final Function<T, Long> id;
        private final Function<T, Long> updatedAt;
        private final BiConsumer<T, BiConsumer<String, String>> indexEntries;

        Table(String name, Class<T> type, Function<T, Long> id, Function<T, Long> updatedAt,
              BiConsumer<T, BiConsumer<String, String>> indexEntries) {
            this.name = name;
            this.type = type;
            this.id = id;
            this.updatedAt = updatedAt;
            this.indexEntries = indexEntries;
        }

        long idOf(T row) {
            return id.apply(row);
        }

        long updatedAtOf(T row) {
            return updatedAt.apply(row);
        }

        Map<Long, T> get(Collection<Long> ids) {
            Map<Long, T> found = new HashMap<>();
            if (!ids.isEmpty()) {
                map().getAll(new LinkedHashSet<>(ids.stream().map(String::valueOf).toList()))
                        .forEach((key, text) -> found.put(Long.valueOf(key), read(text, type)));
            }
            return found;
        }

        /** Stores rows, replacing those of the same id, and keeps the indexes in step. */
        void put(Collection<T> rows) {
            if (rows.isEmpty()) {
                return;
            }
            Map<Long, T> known = get(rows.stream().map(id).toList());
            RBatch batch = redis.createBatch();
            RScoredSortedSetAsync<String> byChange = batch.getScoredSortedSet(changeKey(), StringCodec.INSTANCE);
            Map<String, String> texts = new HashMap<>();
            for (T row : rows) {
                String key = Long.toString(idOf(row));
                T old = known.get(idOf(row));
                Set<String> before = new HashSet<>();
                if (old != null) {
                    indexEntries.accept(old, (index, value) -> before.add(index + ' ' + value));
                }
                Set<String> after = new HashSet<>();
                indexEntries.accept(row, (index, value) -> after.add(index + ' ' + value));
                before.stream().filter(entry -> !after.contains(entry))
                        .forEach(entry -> index(batch, entry).removeAsync(member(entry, key)));
                after.stream().filter(entry -> !before.contains(entry))
                        .forEach(entry -> index(batch, entry).addAsync(member(entry, key)));
                byChange.addAsync(updatedAtOf(row), key);
                texts.put(key, write(row));
            }
            batch.<String, String>getMap(mapKey(), StringCodec.INSTANCE).putAllAsync(texts);
            batch.execute();
        }

        /** Forgets rows. */
        void remove(Collection<Long> ids) {
            Map<Long, T> known = get(ids);
            RBatch batch = redis.createBatch();
            known.forEach((number, row) -> {
                String key = Long.toString(number);
                indexEntries.accept(row, (index, value) -> {
                    String entry = index + ' ' + value;
                    index(batch, entry).removeAsync(member(entry, key));
                });
                batch.getScoredSortedSet(changeKey(), StringCodec.INSTANCE).removeAsync(key);
                batch.getMap(mapKey(), StringCodec.INSTANCE).fastRemoveAsync(key);
            });
            if (!known.isEmpty()) {
                batch.execute();
            }
        }

        /** Forgets all rows but these; returns how many. */
        int keepOnly(Set<Long> ids) {
            List<Long> gone = new ArrayList<>();
            map().keySet().forEach(key -> {
                if (!ids.contains(Long.valueOf(key))) {
                    gone.add(Long.valueOf(key));
                }
            });
            for (int from = 0; from < gone.size(); from += BATCH) {
                remove(gone.subList(from, Math.min(gone.size(), from + BATCH)));
            }
            return gone.size();
        }

        /** Shows every row, a batch at a time. */
        void forEach(Consumer<T> reader) {
            List<Long> ids = new ArrayList<>();
            map().keySet().forEach(key -> ids.add(Long.valueOf(key)));
            for (int from = 0; from < ids.size(); from += BATCH) {
                get(ids.subList(from, Math.min(ids.size(), from + BATCH))).values().forEach(reader);
            }
        }

        int size() {
            return map().size();
        }

        /** How many rows were changed at or after this second of amoCRM's clock. */
        int countChangedSince(long seconds) {
            return redis.getScoredSortedSet(changeKey(), StringCodec.INSTANCE).count(seconds, true, Double.POSITIVE_INFINITY, true);
        }

        private RMap<String, String> map() {
            return redis.getMap(mapKey(), StringCodec.INSTANCE);
        }

        private String mapKey() {
            return keys.apply(name);
        }

        private String changeKey() {
            return keys.apply(name + "-by-change");
        }
    }

    private void indexEntries(Deal deal, BiConsumer<String, String> entries) {
        if (deal.receptionId() != null) {
            entries.accept("deals-by-reception", deal.receptionId().toString());
        }
        if (inOurPipelines.test(deal)) {
            String number = deal.fingerprints().get(DealField.PATIENT_NUMBER);
            if (number != null) {
                entries.accept("deals-by-number", number);
            }
            deal.contactIds().forEach(contact -> entries.accept("deals-by-contact", contact.toString()));
        }
    }

    private void indexEntries(Contact contact, BiConsumer<String, String> entries) {
        if (contact.patientId() != null) {
            entries.accept("contacts-by-patient", contact.patientId().toString());
        }
        contact.phones().forEach(phone -> entries.accept("contacts-by-phone", phone));
    }

    /** Row ids per value of an index: {@code index} is one of the names above. Values without rows are absent. */
    Map<String, List<Long>> find(Map<String, ? extends Collection<String>> valuesByIndex) {
        Map<String, List<Long>> found = new HashMap<>();
        RBatch batch = redis.createBatch();
        List<String> asked = new ArrayList<>();
        valuesByIndex.forEach((index, values) -> values.forEach(value -> {
            asked.add(index + ' ' + value);
            batch.getLexSortedSet(keys.apply(index)).rangeAsync(value + ' ', true, value + '!', false);
        }));
        if (asked.isEmpty()) {
            return found;
        }
        List<?> answers = batch.execute().getResponses();
        for (int i = 0; i < asked.size(); i++) {
            List<Long> ids = ((Collection<?>) answers.get(i)).stream().map(Object::toString)
                    .map(member -> Long.valueOf(member.substring(member.indexOf(' ') + 1))).toList();
            if (!ids.isEmpty()) {
                found.put(asked.get(i), ids);
            }
        }
        return found;
    }

    /** Drops everything, so that the next refresh reads the whole account again. */
    public void clear() {
        redis.getKeys().delete(NAMES.stream().map(keys).toArray(String[]::new));
    }

    /** A mirror beside this one, empty at first, for what a dry run would have written. */
    public Mirror scratch(String name) {
        return new Mirror(redis, inOurPipelines, thing -> keys.apply("dry-run:" + name + ":" + thing));
    }

    /** Lets Redis forget everything after this time, should nobody clear it. */
    void keepFor(Duration time) {
        RBatch batch = redis.createBatch();
        NAMES.forEach(name -> batch.getBucket(keys.apply(name)).expireAsync(time));
        batch.execute();
    }

    /** How far the mirror has followed the account: small facts by name. */
    RMap<String, String> progress() {
        return redis.getMap(keys.apply("progress"), StringCodec.INSTANCE);
    }

    /** Notes that the mirror has followed the account up to now, by our clock. */
    public void noteRefreshed(Instant now) {
        progress().fastPut("refreshed-at", now.toString());
    }

    /** When the mirror last followed the account, by our clock, or null. */
    public Instant refreshedAt() {
        String at = progress().get("refreshed-at");
        return at == null ? null : Instant.parse(at);
    }

    /** Remembers that known rows changed in this span, by amoCRM's clock, were not read again: somebody else may have touched them. */
    void markStale(Entity entity, long fromSeconds, long toSeconds) {
        String from = progress().get(entity + ":doubt-from");
        long earliest = from == null ? fromSeconds : Math.min(fromSeconds, Long.parseLong(from));
        // At once, as they are read: half a span would be none, or no number.
        progress().putAll(Map.of(entity + ":doubt-from", Long.toString(earliest), entity + ":doubt-to", Long.toString(toSeconds)));
    }

    /** All rows were read again: no known row is stale any more. */
    void markFresh(Entity entity) {
        progress().fastRemove(entity + ":doubt-from", entity + ":doubt-to");
    }

    /** Shows every deal known, a batch at a time. */
    public void forEachDeal(Consumer<Deal> reader) {
        deals.forEach(reader);
    }

    /** Shows every contact known, a batch at a time. */
    public void forEachContact(Consumer<Contact> reader) {
        contacts.forEach(reader);
    }

    /** Tells which of these deals were not read since somebody else may have changed them. */
    public Predicate<Deal> isStale() {
        Map<String, String> span = progress().getAll(Set.of(Entity.LEADS + ":doubt-from", Entity.LEADS + ":doubt-to"));
        if (span.isEmpty()) {
            return deal -> false;
        }
        long from = Long.parseLong(span.get(Entity.LEADS + ":doubt-from"));
        long to = Long.parseLong(span.get(Entity.LEADS + ":doubt-to"));
        return deal -> deal.updatedAt() >= from && deal.updatedAt() <= to;
    }

    /**
     * Makes sure that the mirror was made with these settings; otherwise it is dropped and will be read anew.
     *
     * @param setup a fingerprint of everything that rows depend on: the fingerprints' key, the fields, the zone, the pipelines
     */
    public void ensureMadeWith(String setup) {
        String madeWith = ROW_FORMAT + " " + setup;
        if (!madeWith.equals(progress().get("setup"))) {
            clear();
            progress().fastPut("setup", madeWith);
        }
    }

    /** The rows of these deals; unknown ones are absent. */
    public Map<Long, Deal> deals(Collection<Long> ids) {
        return deals.get(ids);
    }

    /** The rows of these contacts; unknown ones are absent. */
    public Map<Long, Contact> contacts(Collection<Long> ids) {
        return contacts.get(ids);
    }

    /** The highest id of the deals that hold a reception, per reception; receptions without a deal are absent. */
    public Map<Long, Long> newestDealsOf(Collection<Long> receptions) {
        return newest("deals-by-reception", receptions);
    }

    /** The highest id of the contacts of a patient, per patient; patients without a contact are absent. */
    public Map<Long, Long> newestContactsOf(Collection<Long> patients) {
        return newest("contacts-by-patient", patients);
    }

    private Map<Long, Long> newest(String index, Collection<Long> values) {
        Map<Long, Long> newest = new HashMap<>();
        find(Map.of(index, values.stream().map(String::valueOf).toList())).forEach((entry, ids) ->
                newest.put(Long.valueOf(entry.substring(index.length() + 1)), Collections.max(ids)));
        return newest;
    }

    /** Stores rows after a write of ours. */
    public void store(Collection<Deal> writtenDeals, Collection<Contact> writtenContacts) {
        deals.put(writtenDeals);
        contacts.put(writtenContacts);
    }

    /** Takes deals as amoCRM showed them just now; returns those rows, with what we remember beside them. */
    public Map<Long, Deal> reread(Collection<Deal> read) {
        Map<Long, Deal> known = deals.get(read.stream().map(Deal::id).toList());
        Map<Long, Deal> rows = new HashMap<>();
        read.forEach(deal -> rows.put(deal.id(), OptimisticRows.reread(deal, known.get(deal.id()))));
        deals.put(rows.values());
        return rows;
    }

    /** Forgets a deal that amoCRM no longer has. */
    public void forgetDeals(Collection<Long> ids) {
        deals.remove(ids);
    }

    /** Forgets a contact that amoCRM no longer has. */
    public void forgetContacts(Collection<Long> ids) {
        contacts.remove(ids);
    }

    /** Deals known. */
    public int dealCount() {
        return deals.size();
    }

    /** Contacts known. */
    public int contactCount() {
        return contacts.size();
    }

    private RLexSortedSetAsync index(RBatch batch, String entry) {
        return batch.getLexSortedSet(keys.apply(entry.substring(0, entry.indexOf(' '))));
    }

    /** «value id»: all ids of a value stand together in the index's order. */
    private static String member(String entry, String id) {
        return entry.substring(entry.indexOf(' ') + 1) + ' ' + id;
    }

    private static <T> T read(String text, Class<T> type) {
        try {
            return JSON.readValue(text, type);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A row of the mirror in Redis is not readable", e);
        }
    }

    private static String write(Object row) {
        try {
            return JSON.writeValueAsString(row);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
