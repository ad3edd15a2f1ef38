package io.identamocrm.account;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.identamocrm.amocrm.AccountFields;
import io.identamocrm.amocrm.AmocrmRequest;
import io.identamocrm.amocrm.AmocrmRequest.Entity;
import io.identamocrm.amocrm.EntityReader;
import io.identamocrm.amocrm.FieldFormats;
import io.identamocrm.amocrm.FieldMapping;
import io.identamocrm.amocrm.FieldType;
import io.identamocrm.amocrm.MultiValues;
import io.identamocrm.amocrm.RequestSequence;
import io.identamocrm.amocrm.Response;
import io.identamocrm.amocrm.WriteBodies;
import io.identamocrm.model.ContactField;
import io.identamocrm.model.DealField;
import io.identamocrm.model.Fingerprint;
import io.identamocrm.model.SyncPolicy;
import io.identamocrm.rules.PhoneNumbers;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.redisson.api.RBucket;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Learns how the account is set up (its custom fields and pipelines; where a field of ours is a day, its zone), compares it with the
 * settings, and makes from it what a run works with. The answers are kept in Redis for a day, so that a run costs no requests for them;
 * what amoCRM contradicts is learned again.
 */
public final class AccountSetup implements RequestSequence {

    private static final Logger LOG = LoggerFactory.getLogger(AccountSetup.class);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String GONE_USERS = "GONE_USERS";
    private static final Duration KEPT = Duration.ofHours(24);
    private static final int FIRST_STAGE_SORT = Integer.MAX_VALUE;

    private final FieldMapping mapping;
    private final SyncPolicy policy;
    private final ZoneId zone;
    private final Fingerprint fingerprint;
    private final RBucket<String> store;

    private final Map<String, ArrayNode> learned = new HashMap<>();
    private final OddLists odd = new OddLists();
    private @Nullable Topic topic;
    private int page = 1;
    private boolean recalled;
    private boolean forgotten;
    /** Users who may not be named in writes, as a refusal told. */
    private final Set<Long> goneUsers = new TreeSet<>();
    /** Fingerprints of what was learned last, by topic. */
    private Map<String, String> known = Map.of();
    /** The same of what amoCRM has contradicted; null if it has not. */
    private @Nullable Map<String, String> doubted;

    private boolean changed;
    private final Set<String> warned = new HashSet<>();
    private volatile @Nullable Tools tools;

    /**
     * What a run works with.
     *
     * @param formats value formats of the account's fields
     * @param reader  reads its entities
     * @param values  joins phones and e-mails with what contacts hold
     * @param bodies  builds the items of writing requests
     * @param policy  the clinic's choices, with what amoCRM's pipelines tell: default stages that were left to it, stages of unsorted deals
     */
    public record Tools(
            FieldFormats formats, EntityReader reader, MultiValues values, WriteBodies bodies, SyncPolicy policy) {}

    private enum Topic {
        LEAD_FIELDS("custom_fields"),
        CONTACT_FIELDS("custom_fields"),
        PIPELINES("pipelines"),
        ACCOUNT("datetime_settings");

        private final String embedded;

        Topic(String embedded) {
            this.embedded = embedded;
        }
    }

    /**
     * The setup of one account.
     *
     * @param mapping field ids of the settings
     * @param policy  the clinic's choices
     * @param zone    the clinic's zone
     * @param fingerprint   how canonical values become fingerprints
     * @param store   where the answers are kept
     */
    public AccountSetup(
            FieldMapping mapping, SyncPolicy policy, ZoneId zone, Fingerprint fingerprint, RBucket<String> store) {
        this.mapping = mapping;
        this.policy = policy;
        this.zone = zone;
        this.fingerprint = fingerprint;
        this.store = store;
    }

    /** What a run works with; only after the sequence has ended. */
    public Tools tools() {
        if (tools == null) {
            throw new IllegalStateException("The account's setup is not known yet: route crm-mirror comes first");
        }
        return tools;
    }

    /** A fingerprint of everything that the mirror's rows depend on. */
    public String fingerprint() {
        // Sorted, because unmodifiable maps have another order in each process, and the next one would read the whole
        // account again.
        return fingerprint.of(
                new TreeMap<>(mapping.deals()) + " " + new TreeMap<>(mapping.contacts()) + " " + zone + " "
                        + policy.pipelines().stream().sorted().toList() + " "
                        + policy.excludedStages().stream().sorted().toList() + " "
                        + policy.phoneRegion());
    }

    /**
     * amoCRM has refused what rests on what is known: it is forgotten, and the sequence learns it again.
     *
     * @param users those who may not be named any more
     */
    public void doubt(Collection<Long> users) {
        doubted = known;
        forgotten = true;
        changed = goneUsers.addAll(users);
        users.forEach(user -> LOG.warn(
                "amoCRM knows no user {} who could be responsible for deals: new deals are created without. "
                        + "Set the id of one who works there, or none",
                user));
        store.delete();
        tools = null;
    }

    /** As in a process that has just started, which knows nothing of those before it: for tests that play many processes in one. */
    public void startAnew() {
        learned.clear();
        topic = null;
        page = 1;
        recalled = false;
        forgotten = false;
        goneUsers.clear();
        known = Map.of();
        doubted = null;
        changed = false;
        warned.clear();
        tools = null;
    }

    /** True, once, if learning again what was doubted has brought to light something else than was known. */
    public boolean takeChange() {
        boolean taken = changed;
        changed = false;
        return taken;
    }

    @Override
    public boolean hasNext() {
        if (tools != null) {
            return false;
        }
        if (learned.isEmpty() && topic == null) {
            recall();
        }
        for (Topic candidate : Topic.values()) {
            if (isNeeded(candidate) && (!learned.containsKey(candidate.name()) || candidate == topic)) {
                page = candidate == topic ? page : 1;
                topic = candidate;
                return true;
            }
        }
        return !finish() && hasNext();
    }

    private boolean isNeeded(Topic candidate) {
        return switch (candidate) {
            case LEAD_FIELDS, CONTACT_FIELDS, PIPELINES -> true;
            case ACCOUNT ->
                hasDay(mapping.deals().values(), Topic.LEAD_FIELDS)
                        || hasDay(mapping.contacts().values(), Topic.CONTACT_FIELDS);
        };
    }

    /** True if one of these fields is a day, which amoCRM keeps by the account's zone. */
    private boolean hasDay(Collection<Long> ids, Topic fields) {
        for (JsonNode field : learnedOf(fields)) {
            if (ids.contains(field.path("id").asLong())
                    && FieldType.of(field.path("type").asText("")) == FieldType.DATE) {
                return true;
            }
        }
        return false;
    }

    private Topic asked() {
        return Objects.requireNonNull(topic, "nothing is to be learned");
    }

    @Override
    public AmocrmRequest next() {
        return switch (asked()) {
            case LEAD_FIELDS -> AmocrmRequest.customFields(Entity.LEADS, page);
            case CONTACT_FIELDS -> AmocrmRequest.customFields(Entity.CONTACTS, page);
            case PIPELINES -> AmocrmRequest.pipelines();
            case ACCOUNT -> AmocrmRequest.account();
        };
    }

    @Override
    public void aggregate(Response.Usable answer) {
        JsonNode body = answer.match(
                Response.Success::body,
                Response.NoContent::body,
                this::refused,
                this::refused,
                Response.NotSent::unexpected);
        Topic topic = asked();
        if (topic != Topic.ACCOUNT
                && odd.mustAskAgain(body, answer instanceof Response.NoContent, topic.embedded, answer)) {
            return;
        }
        ArrayNode known = learned.computeIfAbsent(topic.name(), name -> JsonNodeFactory.instance.arrayNode());
        if (topic == Topic.ACCOUNT) {
            known.add(AccountZone.nameIn(body));
        } else {
            body.path("_embedded").path(topic.embedded).forEach(known::add);
        }
        boolean more = (topic == Topic.LEAD_FIELDS || topic == Topic.CONTACT_FIELDS)
                && body.path("_links").has("next");
        page++;
        this.topic = more ? topic : null;
    }

    private JsonNode refused(Response answer) {
        throw new IllegalStateException("amoCRM refused " + next() + ": " + answer);
    }

    private void recall() {
        String kept = forgotten ? null : store.get();
        if (kept != null) {
            recalled = true;
            try {
                JSON.readTree(kept)
                        .properties()
                        .forEach(entry -> learned.put(entry.getKey(), (ArrayNode) entry.getValue()));
                ArrayNode gone = learned.remove(GONE_USERS);
                if (gone != null) {
                    gone.forEach(user -> goneUsers.add(user.asLong()));
                }
            } catch (JsonProcessingException | ClassCastException e) {
                learned.clear();
            }
        }
    }

    /** Returns false if what was kept is out of date, so that amoCRM must be asked. */
    private boolean finish() {
        ObjectNode all = JsonNodeFactory.instance.objectNode();
        learned.forEach(all::set);
        try {
            List<AccountMismatch> wrong = !learned.containsKey(Topic.PIPELINES.name())
                    ? List.of()
                    : AccountComparison.ofPipelines(policy, learnedOf(Topic.PIPELINES)).stream()
                            .filter(AccountMismatch::grave)
                            .toList();
            if (!wrong.isEmpty()) {
                throw new AccountMismatchException(wrong);
            }
            List<AccountMismatch> leftOut = leftOut();
            if (recalled && !leftOut.isEmpty()) {
                return askAgain();
            }
            AccountFields fields =
                    AccountComparison.joined(mapping, learnedOf(Topic.LEAD_FIELDS), learnedOf(Topic.CONTACT_FIELDS));
            leftOut.stream()
                    .filter(mismatch -> warned.add(mismatch.text()))
                    .forEach(mismatch -> LOG.warn("{}: it is left out. {}", mismatch.text(), mismatch.remedy()));
            all.set(GONE_USERS, JSON.valueToTree(goneUsers));
            store.set(all.toString(), KEPT);
            compare();
            FieldFormats formats = new FieldFormats(fields, zone, accountZone());
            SyncPolicy complete = policy.withoutUsers(goneUsers)
                    .withFirstStages(firstStages(learnedOf(Topic.PIPELINES)))
                    .withUnsorted(unsortedStages(learnedOf(Topic.PIPELINES)));
            Function<String, List<String>> phones = text -> PhoneNumbers.inText(text, policy.phoneRegion());
            tools = new Tools(
                    formats,
                    new EntityReader(formats, fingerprint, phones),
                    new MultiValues(formats, fingerprint, phones),
                    new WriteBodies(formats),
                    complete);
            return true;
        } catch (AccountMismatchException e) {
            // The field or stage may have been made since the answers were kept.
            if (!recalled) {
                throw e;
            }
            return askAgain();
        } finally {
            learned.clear();
        }
    }

    private boolean askAgain() {
        recalled = false;
        forgotten = true;
        return false;
    }

    /** Fields of the settings that the account lacks and a run can do without. */
    private List<AccountMismatch> leftOut() {
        Iterable<JsonNode> deals = learnedOf(Topic.LEAD_FIELDS);
        Iterable<JsonNode> contacts = learnedOf(Topic.CONTACT_FIELDS);
        FieldMapping present = AccountComparison.present(mapping, deals, contacts);
        Map<DealField, Long> lackingDeals = new HashMap<>(mapping.deals());
        lackingDeals.keySet().removeAll(present.deals().keySet());
        Map<ContactField, Long> lackingContacts = new HashMap<>(mapping.contacts());
        lackingContacts.keySet().removeAll(present.contacts().keySet());
        return AccountComparison.ofFields(new FieldMapping(lackingDeals, lackingContacts), deals, contacts);
    }

    private void compare() {
        Map<String, String> now = new HashMap<>();
        learned.forEach((name, answers) -> now.put(name, fingerprint.of(answers.toString())));
        if (doubted != null) {
            changed |= doubted.entrySet().stream()
                    .anyMatch(topic -> !topic.getValue().equals(now.get(topic.getKey())));
            doubted = null;
        }
        known = now;
    }

    private Iterable<JsonNode> learnedOf(Topic wanted) {
        ArrayNode known = learned.get(wanted.name());
        return known == null ? List.of() : known;
    }

    /** Stages of deals that nobody has accepted yet: touching such a deal would pull it out. */
    private static Set<Long> unsortedStages(Iterable<JsonNode> pipelines) {
        Set<Long> unsorted = new TreeSet<>();
        for (JsonNode pipeline : pipelines) {
            for (JsonNode stage : pipeline.path("_embedded").path("statuses")) {
                if (stage.path("type").asInt() == AccountComparison.UNSORTED) {
                    unsorted.add(stage.path("id").asLong());
                }
            }
        }
        return unsorted;
    }

    /** The account's zone; the clinic's where nobody needs it or the account does not tell. */
    private ZoneId accountZone() {
        for (JsonNode name : learnedOf(Topic.ACCOUNT)) {
            ZoneId told = AccountZone.of(name.asText());
            return told == null ? zone : told;
        }
        return zone;
    }

    private static Map<Long, Long> firstStages(Iterable<JsonNode> pipelines) {
        Map<Long, Long> firstStages = new HashMap<>();
        for (JsonNode pipeline : pipelines) {
            int lowest = FIRST_STAGE_SORT;
            for (JsonNode stage : pipeline.path("_embedded").path("statuses")) {
                if (stage.path("type").asInt() != AccountComparison.UNSORTED
                        && stage.path("sort").asInt() < lowest) {
                    lowest = stage.path("sort").asInt();
                    firstStages.put(
                            pipeline.path("id").asLong(), stage.path("id").asLong());
                }
            }
        }
        return firstStages;
    }
}
