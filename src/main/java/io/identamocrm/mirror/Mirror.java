package io.identamocrm.mirror;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.identamocrm.model.Contact;
import io.identamocrm.model.Deal;
import io.identamocrm.model.DealField;
import io.identamocrm.state.Changes;
import io.identamocrm.state.HashFields;
import io.identamocrm.state.WriteLock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.StringJoiner;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.redisson.api.RBatch;
import org.redisson.api.RLexSortedSet;
import org.redisson.api.RMap;
import org.redisson.api.RScript;
import org.redisson.api.RedissonClient;
import org.redisson.client.codec.StringCodec;

/**
 * The local snapshot of the account's deals and contacts in Redis: rows of ids and fingerprints, with indexes for the lookups. Read and
 * written in batches; never loaded whole.
 */
public final class Mirror {

    // Empty collections are left out of the rows to save memory, and come back as empty ones.
    private static final ObjectMapper JSON = JsonMapper.builder()
            .defaultPropertyInclusion(
                    JsonInclude.Value.construct(JsonInclude.Include.NON_EMPTY, JsonInclude.Include.NON_EMPTY))
            .disable(MapperFeature.AUTO_DETECT_IS_GETTERS)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .withConfigOverride(Map.class, map -> map.setSetterInfo(JsonSetter.Value.forValueNulls(Nulls.AS_EMPTY)))
            .withConfigOverride(Set.class, set -> set.setSetterInfo(JsonSetter.Value.forValueNulls(Nulls.AS_EMPTY)))
            .build();

    private static final int BATCH = 500;
    private static final int ALL = -1;
    /** Raised with every change of the rows' members, so that rows of an older build are read anew. */
    static final int ROW_FORMAT = 4;

    private static final List<String> NAMES = List.of(
            "deals",
            "contacts",
            "deals-by-change",
            "contacts-by-change",
            "deals-by-reception",
            "deals-by-number",
            "deals-by-contact",
            "contacts-by-patient",
            "unowned-by-phone",
            "owned-by-phone");
    private static final String MANIFEST = "manifest";
    private static final String SETUP = "setup";
    private static final String OF_OTHER_SETUP = "rows-of-other-setup";

    /**
     * Looks up all that a chunk needs in one command; of a thousand, even if sent together, the client keeps and answers each by itself.
     * Takes for each index one text, each value in it with how many are wanted; answers the ids of each value.
     */
    private static final String FIND = """
            local answers = {}
            for i, index in ipairs(KEYS) do
              for value, limit in string.gmatch(ARGV[i], '(%S+) (%S+)') do
                local members = redis.call('ZREVRANGEBYLEX', index, '(' .. value .. '!', '[' .. value .. ' ', 'LIMIT', 0, limit)
                for m, member in ipairs(members) do members[m] = string.match(member, '%S+$') end
                answers[#answers + 1] = table.concat(members, ' ')
              end
            end
            return answers
            """;

    private final RedissonClient redis;
    private final UnaryOperator<String> keys;
    private final Predicate<Deal> inOurPipelines;
    private final Predicate<Deal> active;

    final Table<Deal> deals = new Table<>("deals", Deal.class, Deal::id, Deal::updatedAt, Mirror.this::indexEntries);
    final Table<Contact> contacts =
            new Table<>("contacts", Contact.class, Contact::id, Contact::updatedAt, Mirror.this::indexEntries);

    /**
     * The mirror of one account.
     *
     * @param redis          where it lives
     * @param keys           names the account's keys
     * @param inOurPipelines whether a deal stands in one of our pipelines
     * @param active         whether it stands there in a stage from which it may be taken
     */
    public Mirror(
            RedissonClient redis,
            Function<String, String> keys,
            Predicate<Deal> inOurPipelines,
            Predicate<Deal> active) {
        this(redis, inOurPipelines, active, name -> keys.apply("mirror:" + name));
    }

    private Mirror(
            RedissonClient redis, Predicate<Deal> inOurPipelines, Predicate<Deal> active, UnaryOperator<String> keys) {
        this.redis = redis;
        this.keys = keys;
        this.inOurPipelines = inOurPipelines;
        this.active = active;
    }

    /** How rows of one kind are stored and found. */
    final class Table<T> {
        private final String name;
        private final ObjectReader reader;
        private final Function<T, Long> id;
        private final Function<T, Long> updatedAt;
        private final BiConsumer<T, BiConsumer<String, String>> indexEntries;

        Table(
                String name,
                Class<T> type,
                Function<T, Long> id,
                Function<T, Long> updatedAt,
                BiConsumer<T, BiConsumer<String, String>> indexEntries) {
            this.name = name;
            this.reader = JSON.readerFor(type);
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

        int size() {
            return map().size();
        }

        Map<Long, T> get(Collection<Long> ids) {
            Map<Long, T> found = new HashMap<>();
            HashFields.read(redis, mapKey(), ids).forEach((id, text) -> found.put(id, read(text)));
            return found;
        }

        /** Adds rows to what is to be stored, with the indexes in step; one id only once. */
        void put(Changes changes, Collection<T> rows) {
            if (rows.isEmpty()) {
                return;
            }
            Map<Long, T> known = get(rows.stream().map(id).toList());
            for (T row : rows) {
                String key = Long.toString(idOf(row));
                Set<String> before = entriesOf(known.get(idOf(row)));
                Set<String> after = entriesOf(row);
                before.stream()
                        .filter(entry -> !after.contains(entry))
                        .forEach(entry -> changes.zrem(keyOf(entry), member(entry, key)));
                // All of them: what is known may be of a Redis that has gone back meanwhile, and a row that is not
                // found is made again.
                after.forEach(entry -> changes.zadd(keyOf(entry), member(entry, key), 0));
                changes.zadd(changeKey(), key, updatedAtOf(row));
                changes.hset(mapKey(), key, write(row));
            }
        }

        private Set<String> entriesOf(@Nullable T row) {
            Set<String> entries = new TreeSet<>();
            if (row != null) {
                indexEntries.accept(row, (index, value) -> entries.add(index + ' ' + value));
            }
            return entries;
        }

        /** Adds rows to what is to be forgotten. */
        void remove(Changes changes, Collection<Long> ids) {
            get(ids).forEach((number, row) -> {
                String key = Long.toString(number);
                entriesOf(row).forEach(entry -> changes.zrem(keyOf(entry), member(entry, key)));
                changes.zrem(changeKey(), key);
                changes.hdel(mapKey(), key);
            });
        }

        /** The ids of all rows. */
        Set<Long> ids() {
            return map().readAllKeySet().stream().map(Long::valueOf).collect(Collectors.toSet());
        }

        /** Shows every row, a batch at a time. */
        void forEach(Consumer<T> reader) {
            List<Long> ids = new ArrayList<>();
            map().keySet().forEach(key -> ids.add(Long.valueOf(key)));
            for (int from = 0; from < ids.size(); from += BATCH) {
                get(ids.subList(from, Math.min(ids.size(), from + BATCH)))
                        .values()
                        .forEach(reader);
            }
        }

        private T read(String text) {
            try {
                return reader.readValue(text);
            } catch (JsonProcessingException e) {
                throw new IllegalStateException("A row of the mirror in Redis is not readable", e);
            }
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
            String order = deal.isFree() && active.test(deal) ? " 1" + order(deal.updatedAt()) : " 0";
            if (number != null) {
                entries.accept("deals-by-number", number + order);
            }
            deal.contactIds().forEach(contact -> entries.accept("deals-by-contact", contact + order));
        }
    }

    private void indexEntries(Contact contact, BiConsumer<String, String> entries) {
        if (contact.patientId() != null) {
            entries.accept("contacts-by-patient", contact.patientId().toString());
        }
        contact.phones().forEach(phone -> {
            if (contact.isUnowned()) {
                entries.accept("unowned-by-phone", phone + ' ' + order(contact.updatedAt()));
            } else {
                entries.accept("owned-by-phone", phone);
            }
        });
    }

    /** Seconds so that they sort as text. */
    private static String order(long seconds) {
        return String.format(Locale.ROOT, "%011d", Math.max(0, seconds));
    }

    private Map<String, List<Long>> findAll(String index, Collection<Long> values) {
        return find(Map.of(
                index,
                values.stream()
                        .map(String::valueOf)
                        .distinct()
                        .collect(Collectors.toMap(value -> value, value -> ALL))));
    }

    /**
     * Row ids per value of an index. A patient, a phone or a contact may have thousands: those that come first are the ones that may be
     * taken (active free deals, contacts of nobody), the ones changed last before the others.
     *
     * @param limits how many ids are wanted at most, by value, by one of the names above
     * @return by index and value; values without rows are absent
     */
    Map<String, List<Long>> find(Map<String, Map<String, Integer>> limits) {
        List<Object> indexes = new ArrayList<>();
        List<String> asked = new ArrayList<>();
        List<Object> arguments = new ArrayList<>();
        limits.forEach((index, values) -> {
            if (!values.isEmpty()) {
                indexes.add(keys.apply(index));
                StringJoiner argument = new StringJoiner(" ");
                values.forEach((value, limit) -> {
                    asked.add(index + ' ' + value);
                    argument.add(value).add(Integer.toString(limit));
                });
                arguments.add(argument.toString());
            }
        });
        Map<String, List<Long>> found = new HashMap<>();
        if (asked.isEmpty()) {
            return found;
        }
        List<String> answers = redis.getScript(StringCodec.INSTANCE)
                .eval(RScript.Mode.READ_WRITE, FIND, RScript.ReturnType.MULTI, indexes, arguments.toArray());
        for (int i = 0; i < answers.size(); i++) {
            if (!answers.get(i).isEmpty()) {
                found.put(
                        asked.get(i),
                        Stream.of(answers.get(i).split(" ")).map(Long::valueOf).toList());
            }
        }
        return found;
    }

    /** The keys whose sizes show whether a part of the mirror is missing. */
    public static List<String> keys(UnaryOperator<String> keys) {
        return NAMES.stream().map(name -> keys.apply("mirror:" + name)).toList();
    }

    /** A mirror beside this one, empty at first, for what a dry run would have written. */
    public Mirror scratch(@Nullable String name) {
        return new Mirror(redis, inOurPipelines, active, thing -> keys.apply("dry-run:" + name + ":" + thing));
    }

    /** Lets Redis forget everything after this time, should nobody clear it. */
    void keepFor(Duration time) {
        RBatch batch = redis.createBatch();
        // Not of each object: the client does that by a script, of which it believes in a batch that every Redis knows
        // it already.
        Stream.concat(NAMES.stream(), Stream.of(MANIFEST))
                .forEach(name -> batch.getKeys().expireAsync(keys.apply(name), time.toMillis(), TimeUnit.MILLISECONDS));
        batch.execute();
    }

    /** Drops a mirror that is nobody else's: a dry run's own. */
    public void drop() {
        redis.getKeys()
                .delete(Stream.concat(NAMES.stream(), Stream.of(MANIFEST))
                        .map(keys)
                        .toArray(String[]::new));
    }

    /** Stores changes of a mirror that is nobody else's. */
    void apply(Changes changes) {
        changes.apply(redis);
    }

    /** A small fact about the mirror, or null. */
    @Nullable
    String fact(String name) {
        return redis.<String, String>getMap(keys.apply(MANIFEST), StringCodec.INSTANCE)
                .get(name);
    }

    /** Sets a small fact. */
    void fact(Changes changes, String name, String value) {
        changes.hset(keys.apply(MANIFEST), name, value);
    }

    /** When the mirror last followed the account, by our clock, or null. */
    public @Nullable Instant refreshedAt() {
        String at = fact("refreshed-at");
        return at == null ? null : Instant.parse(at);
    }

    /** Shows every deal known, a batch at a time. */
    public void forEachDeal(Consumer<Deal> reader) {
        deals.forEach(reader);
    }

    /** Shows every contact known, a batch at a time. */
    public void forEachContact(Consumer<Contact> reader) {
        contacts.forEach(reader);
    }

    /**
     * Makes sure that the mirror was made with these settings; otherwise it is not whole. Rows of another format are dropped; those of
     * other settings stay until they are listed again, as they tell what changed with the settings alone.
     *
     * @param setup a fingerprint of everything that rows depend on: the fingerprints' key, the fields, the zone, the pipelines
     */
    public void ensureMadeWith(String setup, WriteLock lock) {
        String madeWith = ROW_FORMAT + " " + setup;
        String before = fact(SETUP);
        if (madeWith.equals(before)) {
            return;
        }
        Changes changes = new Changes();
        if (before == null || !before.startsWith(ROW_FORMAT + " ")) {
            NAMES.forEach(name -> changes.del(keys.apply(name)));
        }
        fact(changes, SETUP, madeWith);
        fact(changes, OF_OTHER_SETUP, Boolean.toString(true));
        lock.commit(changes);
        if (lock.isMirrorWhole()) {
            lock.setMirrorWhole(false);
        }
    }

    /** True until everything is listed again after the settings have changed: rows may have fingerprints of another key. */
    boolean hasRowsOfOtherSetup() {
        return Boolean.parseBoolean(fact(OF_OTHER_SETUP));
    }

    /** Everything was listed. */
    void allRowsAreOfThisSetup(Changes changes) {
        fact(changes, OF_OTHER_SETUP, Boolean.toString(false));
    }

    /** Notes that the mirror has followed the account up to now, by our clock. */
    public void noteRefreshed(Instant now, WriteLock lock) {
        Changes changes = new Changes();
        fact(changes, "refreshed-at", now.toString());
        lock.commit(changes);
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

    /** The deals that hold a reception by their ids, per reception; receptions without a deal are absent. */
    public Map<Long, List<Long>> dealsOf(Collection<Long> receptions) {
        Map<Long, List<Long>> deals = new TreeMap<>();
        findAll("deals-by-reception", receptions)
                .forEach((entry, ids) -> deals.put(
                        Long.valueOf(entry.substring(entry.indexOf(' ') + 1)),
                        ids.stream().sorted().toList()));
        return deals;
    }

    /** True if a deal holds a reception's id: then something of ours is in amoCRM. */
    public boolean holdsReceptions() {
        return !redis.getScoredSortedSet(keys.apply("deals-by-reception"), StringCodec.INSTANCE)
                .isEmpty();
    }

    /** The highest id of the contacts of a patient, per patient; patients without a contact are absent. */
    public Map<Long, Long> newestContactsOf(Collection<Long> patients) {
        return newest("contacts-by-patient", patients);
    }

    private Map<Long, Long> newest(String index, Collection<Long> values) {
        Map<Long, Long> newest = new HashMap<>();
        findAll(index, values)
                .forEach((entry, ids) ->
                        newest.put(Long.valueOf(entry.substring(index.length() + 1)), Collections.max(ids)));
        return newest;
    }

    /** Adds rows to what is to be stored: written by us, or read just now. */
    public void store(Changes changes, Collection<Deal> newDeals, Collection<Contact> newContacts) {
        deals.put(changes, newDeals);
        contacts.put(changes, newContacts);
    }

    /** Deals as amoCRM showed them just now, with what we remember beside them. */
    public Map<Long, Deal> reread(Collection<Deal> read) {
        Map<Long, Deal> known = deals.get(read.stream().map(Deal::id).toList());
        Map<Long, Deal> rows = new TreeMap<>();
        read.forEach(deal -> rows.put(deal.id(), OptimisticRows.reread(deal, known.get(deal.id()))));
        return rows;
    }

    /** Contacts likewise. */
    public Map<Long, Contact> rereadContacts(Collection<Contact> read) {
        Map<Long, Contact> known = contacts.get(read.stream().map(Contact::id).toList());
        Map<Long, Contact> rows = new TreeMap<>();
        read.forEach(contact -> rows.put(contact.id(), OptimisticRows.reread(contact, known.get(contact.id()))));
        return rows;
    }

    /** Adds deals that amoCRM no longer has to what is to be forgotten. */
    public void forgetDeals(Changes changes, Collection<Long> ids) {
        deals.remove(changes, ids);
    }

    /** Adds contacts that amoCRM no longer has to what is to be forgotten. */
    public void forgetContacts(Changes changes, Collection<Long> ids) {
        contacts.remove(changes, ids);
    }

    /** How many phones more patients' contacts carry than this. */
    public int phonesOfMoreThan(int patients) {
        RLexSortedSet phones = redis.getLexSortedSet(keys.apply("owned-by-phone"));
        int crowded = 0;
        int contacts = 0;
        String current = "";
        String last = "";
        Collection<String> members = phones.rangeTail(last, false, 0, BATCH);
        while (!members.isEmpty()) {
            for (String member : members) {
                String phone = member.substring(0, member.lastIndexOf(' '));
                contacts = phone.equals(current) ? contacts + 1 : 1;
                crowded += contacts == patients + 1 ? 1 : 0;
                current = phone;
                last = member;
            }
            members = phones.rangeTail(last, false, 0, BATCH);
        }
        return crowded;
    }

    /** Deals known. */
    public int dealCount() {
        return deals.size();
    }

    /** Contacts known. */
    public int contactCount() {
        return contacts.size();
    }

    private String keyOf(String entry) {
        return keys.apply(entry.substring(0, entry.indexOf(' ')));
    }

    /** «value id», or with what orders them in between: all ids of a value stand together in the index. */
    private static String member(String entry, String id) {
        return entry.substring(entry.indexOf(' ') + 1) + ' ' + id;
    }

    private static String write(Object row) {
        try {
            return JSON.writeValueAsString(row);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
