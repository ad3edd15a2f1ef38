package io.identamocrm.delivery;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.identamocrm.account.AccountSetup.Tools;
import io.identamocrm.amocrm.AmocrmException;
import io.identamocrm.amocrm.AmocrmRequest;
import io.identamocrm.amocrm.AmocrmRequest.Entity;
import io.identamocrm.amocrm.RequestSequence;
import io.identamocrm.amocrm.Response;
import io.identamocrm.amocrm.Response.RefusedItem;
import io.identamocrm.delivery.Write.Kind;
import io.identamocrm.mirror.Mirror;
import io.identamocrm.mirror.MirrorRefresh;
import io.identamocrm.mirror.OptimisticRows;
import io.identamocrm.mirror.PendingWrites;
import io.identamocrm.model.Contact;
import io.identamocrm.model.Deal;
import io.identamocrm.model.DealField;
import io.identamocrm.model.Decision.ContactWrite;
import io.identamocrm.model.Decision.DealWrite;
import io.identamocrm.model.Failure;
import io.identamocrm.rules.PhoneNumbers;
import io.identamocrm.state.Intents;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Collects the writes of a run and sends them in full batches, so that a thousand receptions cost twenty requests. Writes that need a
 * contact still on its way wait until amoCRM has numbered it. Holds at most a few batches.
 */
public final class WriteBuffer implements RequestSequence {

    private static final Logger LOG = LoggerFactory.getLogger(WriteBuffer.class);
    private static final int LARGEST_COMPLEX_BATCH = 50;
    private static final int WAITING_BATCHES = 4;
    private static final Intents.Open NOTHING = new Intents.Open(Map.of(), Set.of());

    private static final int MOST_UNCLEAR_IN_A_ROW = 3;

    private final Tools tools;
    private final Mirror mirror;
    private final Intents intents;
    private final Duration unclearWindow;
    private final PendingWrites pending;
    private final OptimisticRows rows;
    private final int batchSize;
    private final Predicate<Deal> doubtful;
    private final Consumer<Delivery> settled;

    private final Map<Kind, Map<Long, Write>> queues = new EnumMap<>(Kind.class);
    private final Map<Long, List<Write>> waiting = new HashMap<>();
    private final Deque<List<Write>> returned = new ArrayDeque<>();
    private boolean flushing;
    private List<Write> batch = List.of();
    private boolean looking;
    private Intents.Open creations = NOTHING;
    private UnconfirmedCreations unclear;
    private Runnable whenClear;
    private int unclearInARow;

    /**
     * The outbox of one run.
     *
     * @param unclearWindow how long to look for creations that may have happened
     * @param settled       told of each delivery when nothing of it is open any more
     */
    public WriteBuffer(Tools tools, Mirror mirror, Intents intents, Duration unclearWindow, PendingWrites pending, OptimisticRows rows, int batchSize,
           Consumer<Delivery> settled) {
        this.tools = tools;
        this.mirror = mirror;
        this.intents = intents;
        this.unclearWindow = unclearWindow;
        this.pending = pending;
        this.rows = rows;
        this.batchSize = batchSize;
        this.doubtful = mirror.isDoubtful();
        this.settled = settled;
        for (Kind kind : Kind.values()) {
            queues.put(kind, new LinkedHashMap<>());
        }
    }

    /** From now on smaller batches go too, until everything is sent. */
    public void flush() {
        flushing = true;
    }

    public boolean isEmpty() {
        return returned.isEmpty() && waiting.isEmpty() && queues.values().stream().allMatch(Map::isEmpty);
    }

    /** Takes the writes of a decision and lays them over the mirror for the decisions to come. */
    public void add(Delivery delivery) {
        flushing = false;
        DealWrite deal = delivery.decision.deal();
        ContactWrite contact = delivery.decision.contact();
        long contactId = layContact(contact, deal);
        long dealId = layDeal(deal, contactId, delivery);
        if (deal != null && deal.isNew()) {
            boolean together = contact != null && contact.isNew();
            enqueue(new Write(together ? Kind.CREATE_DEAL_WITH_CONTACT : Kind.CREATE_DEAL, delivery, dealId, deal, contactId,
                    together ? contact : null));
            if (contact != null && !together) {
                change(contact, delivery);
            }
            return;
        }
        if (contact != null && contact.isNew()) {
            enqueue(new Write(Kind.CREATE_CONTACT, delivery, 0, null, contactId, contact));
        } else if (contact != null) {
            change(contact, delivery);
        }
        if (deal != null) {
            if (deal.changesDeal()) {
                change(deal, delivery);
            }
            if (deal.linkContact() && contactId != 0) {
                enqueue(new Write(Kind.LINK, delivery, deal.id(), deal, contactId, null));
            }
        }
    }

    /** Lays the writes of a decision over the mirror as if they were taken, for a dry run. */
    public void foresee(Delivery delivery) {
        layDeal(delivery.decision.deal(), layContact(delivery.decision.contact(), delivery.decision.deal()), delivery);
    }

    /** The contact written, or else that of the deal; 0 if there is none. */
    private long layContact(ContactWrite contact, DealWrite deal) {
        if (contact == null) {
            return deal == null || deal.contactId() == null ? 0 : deal.contactId();
        }
        long id = contact.isNew() ? pending.provisionalId() : contact.id();
        pending.put(rows.contact(contact, id, Instant.MAX.getEpochSecond()));
        return id;
    }

    /** The deal written; 0 if there is none. */
    private long layDeal(DealWrite deal, long contactId, Delivery delivery) {
        if (deal == null) {
            return 0;
        }
        long id = deal.isNew() ? pending.provisionalId() : deal.id();
        boolean linked = contactId != 0 && (deal.isNew() || deal.linkContact());
        pending.claim(rows.deal(deal, id, linked ? contactId : null, Instant.MAX.getEpochSecond()), delivery.item.id());
        return id;
    }

    private void change(DealWrite deal, Delivery delivery) {
        Write open = openWrite(deal.id() < 0 ? null : Kind.CHANGE_DEAL, write -> write.dealId == deal.id() && write.kind != Kind.LINK);
        if (open == null) {
            enqueue(new Write(Kind.CHANGE_DEAL, delivery, deal.id(), deal, 0, null));
        } else {
            open.merge(deal);
            open.join(delivery);
        }
    }

    private void change(ContactWrite contact, Delivery delivery) {
        Write open = openWrite(contact.id() < 0 ? null : Kind.CHANGE_CONTACT,
                write -> write.contact != null && write.contactId == contact.id());
        if (open == null) {
            enqueue(new Write(Kind.CHANGE_CONTACT, delivery, 0, null, contact.id(), contact));
        } else {
            open.merge(contact);
            open.join(delivery);
        }
    }

    private Write openWrite(Kind kind, Predicate<Write> fits) {
        for (Map.Entry<Kind, Map<Long, Write>> queue : queues.entrySet()) {
            if (kind == null || kind == queue.getKey()) {
                for (Write write : queue.getValue().values()) {
                    if (fits.test(write)) {
                        return write;
                    }
                }
            }
        }
        return waiting.values().stream().flatMap(List::stream).filter(fits).findFirst().orElse(null);
    }

    private void enqueue(Write write) {
        boolean needsContact = write.kind == Kind.CREATE_DEAL || write.kind == Kind.LINK;
        if (needsContact && write.contactId < 0 || write.kind == Kind.LINK && write.dealId < 0) {
            waiting.computeIfAbsent(write.contactId, id -> new ArrayList<>()).add(write);
        } else {
            queues.get(write.kind).put(write.key(), write);
        }
    }

    @Override
    public boolean hasNext() {
        return unclear != null || !batch.isEmpty() || !returned.isEmpty() || nextKind() != null;
    }

    private Kind nextKind() {
        boolean muchWaiting = waiting.values().stream().mapToInt(List::size).sum() >= WAITING_BATCHES * batchSize;
        for (Kind kind : Kind.values()) {
            int ready = queues.get(kind).size();
            if (ready > 0 && (flushing || ready >= largestBatch(kind) || muchWaiting)) {
                return kind;
            }
        }
        return null;
    }

    private int largestBatch(Kind kind) {
        return kind == Kind.CREATE_DEAL_WITH_CONTACT ? Math.min(batchSize, LARGEST_COMPLEX_BATCH) : batchSize;
    }

    @Override
    public long pause() {
        return unclear == null ? 0 : unclear.pause();
    }

    @Override
    public AmocrmRequest next() {
        if (unclear != null) {
            return unclear.next();
        }
        if (batch.isEmpty()) {
            batch = takeBatch();
        }
        List<Long> doubted = batch.stream().filter(write -> write.needsLook(doubtful)).map(Write::key).toList();
        looking = !doubted.isEmpty();
        Kind kind = batch.get(0).kind;
        if (looking) {
            return AmocrmRequest.byIds(kind.ofContact() ? Entity.CONTACTS : Entity.LEADS, doubted);
        }
        if (kind.isCreation()) {
            creations = creationsOf(batch);
            intents.record(creations);
        }
        ArrayNode items = JsonNodeFactory.instance.arrayNode();
        for (int i = 0; i < batch.size(); i++) {
            items.add(batch.get(i).body(tools.bodies()).put("request_id", Integer.toString(i)));
        }
        return switch (kind) {
            case CREATE_DEAL_WITH_CONTACT -> AmocrmRequest.createDealsWithContacts(items);
            case CREATE_CONTACT -> AmocrmRequest.create(Entity.CONTACTS, items);
            case CREATE_DEAL -> AmocrmRequest.create(Entity.LEADS, items);
            case LINK -> AmocrmRequest.link(items);
            case CHANGE_DEAL -> AmocrmRequest.change(Entity.LEADS, items);
            case CHANGE_CONTACT -> AmocrmRequest.change(Entity.CONTACTS, items);
        };
    }

    private Intents.Open creationsOf(List<Write> writes) {
        Map<Long, Long> deals = new HashMap<>();
        Set<Long> patients = new HashSet<>();
        for (Write write : writes) {
            if (write.kind.createsDeal()) {
                deals.put(write.receptionId(), 0L);
            }
            if (write.kind.createsContact()) {
                patients.add(write.patientId());
            }
        }
        deals.putAll(mirror.newestDealsOf(deals.keySet()));
        return new Intents.Open(deals, patients);
    }

    private List<Write> takeBatch() {
        if (!returned.isEmpty()) {
            return returned.removeFirst();
        }
        Kind kind = nextKind();
        List<Write> taken = new ArrayList<>();
        Iterator<Write> queue = queues.get(kind).values().iterator();
        while (queue.hasNext() && taken.size() < largestBatch(kind)) {
            taken.add(queue.next());
            queue.remove();
        }
        return taken;
    }

    @Override
    public void aggregate(Response.Usable answer) {
        if (unclear != null) {
            unclear.aggregate(answer);
            if (!unclear.hasNext()) {
                whenClear.run();
                unclear = null;
                creations = NOTHING;
            }
            return;
        }
        List<Write> asked = batch;
        if (looking) {
            batch = afterLook(asked, answer);
            return;
        }
        batch = List.of();
        if (answer instanceof Response.Ambiguous told) {
            mayHaveHappened(asked, told);
            return;
        }
        unclearInARow = 0;
        if (answer instanceof Response.Refused refused) {
            refuse(asked, refused);
            return;
        }
        if (answer instanceof Response.Success done) {
            confirm(asked, done);
        } else if (answer instanceof Response.NoContent) {
            asked.forEach(write -> missing(write));
        } else {
            throw new IllegalStateException("Not an answer to go on with: " + answer);
        }
        creationsOnRecord();
    }

    private void creationsOnRecord() {
        intents.clear(creations);
        creations = NOTHING;
    }

    private MirrorRefresh look() {
        return new MirrorRefresh(mirror, tools.reader());
    }

    private void mayHaveHappened(List<Write> asked, Response.Ambiguous told) {
        if (++unclearInARow >= MOST_UNCLEAR_IN_A_ROW) {
            // Creations stay on record: the next run looks for them first.
            throw new AmocrmException.Ambiguous("amoCRM answers writes so that nobody can tell whether they happened (" + told.detail()
                    + ")", "the next run finds out and goes on", told);
        }
        LOG.warn("A write of {} items may or may not have happened: {}", asked.size(), told.detail());
        if (creations.isEmpty()) {
            asked.forEach(Write::mayHaveHappened);
            returned.addFirst(asked);
        } else {
            unclear = UnconfirmedCreations.overTime(this::look, mirror, intents, creations, unclearWindow);
            whenClear = () -> confirmSeen(asked).forEach(this::notDone);
        }
    }

    /** Settles the creations that amoCRM turned out to hold; returns the others. */
    private List<Write> confirmSeen(List<Write> asked) {
        List<Write> absent = new ArrayList<>();
        for (Write write : asked) {
            Long deal = write.kind.createsDeal() ? unclear.dealOf(write.receptionId()) : null;
            Long contact = write.kind.createsContact() ? unclear.contactOf(write.patientId()) : null;
            if (write.kind.createsDeal() && deal == null || write.kind.createsContact() && contact == null) {
                absent.add(write);
                continue;
            }
            write.deliveries.forEach(delivery -> delivery.note(write.done(deal == null ? contact : deal)));
            if (contact != null) {
                contactNumbered(write.contactId, contact);
            }
            settle(write);
        }
        return absent;
    }

    private void notDone(Write write) {
        write.deliveries.forEach(Delivery::notDone);
        settleWithOrphans(write);
    }

    /** What amoCRM holds now decides which writes of the batch may still go; returns those. */
    private List<Write> afterLook(List<Write> asked, Response answer) {
        Map<Long, JsonNode> held = new HashMap<>();
        Kind kind = asked.get(0).kind;
        if (answer instanceof Response.Success done) {
            JsonNode list = done.body().path("_embedded").path((kind.ofContact() ? Entity.CONTACTS : Entity.LEADS).embedded());
            list.forEach(entity -> held.put(entity.path("id").asLong(), entity));
            if (list.isMissingNode()) {
                held.put(done.body().path("id").asLong(), done.body());
            }
        }
        Set<Long> keys = new HashSet<>(asked.stream().map(Write::key).toList());
        if (asked.size() > 1 && !keys.containsAll(held.keySet())) {
            LOG.warn("amoCRM ignores the filter by id; looking at {} entities one by one", asked.size());
            asked.forEach(write -> returned.add(List.of(write)));
            return List.of();
        }
        return switch (kind) {
            case CHANGE_DEAL -> stillAsDecided(asked, held);
            case LINK -> stillUnlinked(asked, held);
            default -> withHeldPhones(asked, held);
        };
    }

    private List<Write> stillUnlinked(List<Write> asked, Map<Long, JsonNode> held) {
        Map<Long, Deal> read = mirror.reread(held.values().stream().map(tools.reader()::deal).toList());
        List<Write> kept = new ArrayList<>();
        for (Write write : asked) {
            Deal now = read.get(write.dealId);
            if (now == null) {
                missing(write);
            } else if (now.contactIds().contains(write.contactId)) {
                write.deliveries.forEach(delivery -> delivery.note(write.done(0)));
                settle(write);
            } else {
                write.looked(List.of());
                kept.add(write);
            }
        }
        return kept;
    }

    private List<Write> stillAsDecided(List<Write> asked, Map<Long, JsonNode> held) {
        Map<Long, Deal> read = mirror.reread(held.values().stream().map(tools.reader()::deal).toList());
        List<Write> kept = new ArrayList<>();
        for (Write write : asked) {
            Deal now = read.get(write.dealId);
            if (!write.needsLook(doubtful) || now != null && sameForUs(write.deal.base(), now)) {
                write.looked(List.of());
                kept.add(write);
            } else if (now == null) {
                missing(write);
            } else {
                outdated(write);
            }
        }
        return kept;
    }

    private static boolean sameForUs(Deal decided, Deal now) {
        return decided.pipelineId() == now.pipelineId() && decided.stageId() == now.stageId()
                && Objects.equals(decided.fingerprints().get(DealField.RECEPTION_ID), now.fingerprints().get(DealField.RECEPTION_ID))
                && Objects.equals(decided.fingerprints().get(DealField.PATIENT_NUMBER), now.fingerprints().get(DealField.PATIENT_NUMBER));
    }

    private List<Write> withHeldPhones(List<Write> asked, Map<Long, JsonNode> held) {
        List<Write> kept = new ArrayList<>();
        for (Write write : asked) {
            JsonNode contact = held.get(write.contactId);
            if (!write.needsLook(doubtful)) {
                kept.add(write);
            } else if (contact != null) {
                write.looked(tools.reader().phoneValues(contact).stream()
                        .filter(value -> !isAmong(write.contact.phones(), value)).toList());
                kept.add(write);
            } else {
                missing(write);
            }
        }
        return kept;
    }

    private boolean isAmong(List<String> phones, JsonNode value) {
        List<String> numbers = PhoneNumbers.inText(value.path("value").asText(), tools.policy().phoneRegion());
        return !numbers.isEmpty() && phones.containsAll(numbers);
    }

    private void confirm(List<Write> asked, Response.Success done) {
        Map<Integer, JsonNode> byRequest = new HashMap<>();
        Map<Long, JsonNode> byId = new HashMap<>();
        JsonNode embedded = done.body().path("_embedded");
        JsonNode list = done.body().isArray() ? done.body() : embedded.elements().hasNext() ? embedded.elements().next() : embedded;
        for (JsonNode item : list) {
            JsonNode requestId = item.path("request_id").isArray() ? item.path("request_id").path(0) : item.path("request_id");
            byRequest.put(requestId.asInt(-1), item);
            byId.put(item.path("id").asLong(), item);
        }
        long now = done.serverTime().getEpochSecond();
        // On the mirror's row of this moment, not on the decided one: a link and a change of the same deal are two writes.
        Map<Long, Deal> current = mirror.deals(asked.stream().map(write -> write.dealId).filter(id -> id > 0).toList());
        List<Deal> deals = new ArrayList<>();
        List<Contact> contacts = new ArrayList<>();
        List<Write> missing = new ArrayList<>();
        for (int i = 0; i < asked.size(); i++) {
            Write write = asked.get(i);
            JsonNode item = write.kind.isCreation() ? byRequest.get(i) : write.kind.isChange() ? byId.get(write.key()) : list;
            if (item == null) {
                missing.add(write);
                continue;
            }
            long id = item.path("id").asLong();
            write.deliveries.forEach(delivery -> delivery.note(write.done(id)));
            long changed = item.path("updated_at").asLong(now);
            switch (write.kind) {
                case CREATE_DEAL_WITH_CONTACT -> {
                    long contactId = item.path("contact_id").asLong();
                    deals.add(rows.deal(write.deal, id, contactId, now));
                    contacts.add(rows.contact(write.contact, contactId, now));
                    contactNumbered(write.contactId, contactId);
                }
                case CREATE_CONTACT -> {
                    contacts.add(rows.contact(write.contact, id, now));
                    contactNumbered(write.contactId, id);
                }
                case CREATE_DEAL -> deals.add(rows.deal(write.deal, id, write.contactId, now));
                case CHANGE_DEAL -> deals.add(rows.deal(write.deal.on(current.get(write.dealId)), write.dealId, null, changed));
                case CHANGE_CONTACT -> contacts.add(rows.contact(write.contact, write.contactId, changed));
                case LINK -> deals.add(rows.linked(write.deal.on(current.get(write.dealId)).base(), write.contactId));
            }
        }
        mirror.store(deals, contacts);
        missing.forEach(this::missing);
        asked.stream().filter(write -> !missing.contains(write)).forEach(this::settle);
    }

    private void contactNumbered(long provisional, long id) {
        List<Write> ready = waiting.remove(provisional);
        if (ready != null) {
            ready.forEach(write -> {
                write.contactId = id;
                enqueue(write);
            });
        }
    }

    /** amoCRM did not name the item: a created one is an error of its own, a changed one is gone. */
    private void missing(Write write) {
        if (write.kind.isChange()) {
            if (write.kind == Kind.CHANGE_DEAL) {
                mirror.forgetDeals(List.of(write.dealId));
            } else {
                mirror.forgetContacts(List.of(write.contactId));
            }
            outdated(write);
        } else {
            fail(write, new Failure(write.failureAt(""), "amoCRM's answer does not mention it"));
        }
    }

    /** A refusal of a batch says that nothing was written; before creations are sent again, a look makes sure of it. */
    private void refuse(List<Write> asked, Response.Refused refused) {
        if (creations.isEmpty() || asked.size() == 1) {
            creationsOnRecord();
            refuseAbsent(asked, asked, refused);
        } else {
            unclear = UnconfirmedCreations.atOnce(this::look, mirror, intents, creations);
            whenClear = () -> refuseAbsent(asked, confirmSeen(asked), refused);
        }
    }

    private void refuseAbsent(List<Write> asked, List<Write> absent, Response.Refused refused) {
        Map<Integer, RefusedItem> named = new HashMap<>();
        for (RefusedItem item : refused.items()) {
            if (item.requestId().matches("\\d{1,4}") && Integer.parseInt(item.requestId()) < asked.size()) {
                named.putIfAbsent(Integer.parseInt(item.requestId()), item);
            }
        }
        if (named.isEmpty() && asked.size() > 1) {
            List<Write> second = absent.subList(absent.size() / 2, absent.size());
            List<Write> first = absent.subList(0, absent.size() / 2);
            Stream.of(second, first).filter(half -> !half.isEmpty()).forEach(returned::addFirst);
            return;
        }
        List<Write> rest = new ArrayList<>();
        for (int i = 0; i < asked.size(); i++) {
            RefusedItem item = named.get(i);
            if (!absent.contains(asked.get(i))) {
                continue;
            }
            if (item != null) {
                fail(asked.get(i), new Failure(asked.get(i).failureAt(item.path()),
                        item.code() + " at " + fieldAt(asked.get(i), item.path())));
            } else if (named.isEmpty()) {
                fail(asked.get(i), new Failure(asked.get(i).failureAt(""), refused.detail()));
            } else {
                rest.add(asked.get(i));
            }
        }
        if (!rest.isEmpty()) {
            returned.addFirst(rest);
        }
    }

    /** amoCRM names a position in what we sent; people need the field's name. */
    private String fieldAt(Write write, String path) {
        JsonNode at = write.body(tools.bodies());
        for (String step : path.split("\\.")) {
            at = step.matches("\\d{1,4}") ? at.path(Integer.parseInt(step)) : at.path(step);
            if (at.has("field_id")) {
                boolean ofContact = path.startsWith("_embedded") || write.kind.ofContact();
                return tools.formats().nameOf(at.path("field_id").asLong(), ofContact);
            }
        }
        return path.isEmpty() ? "an unnamed member" : path;
    }

    private void fail(Write write, Failure failure) {
        write.deliveries.forEach(delivery -> delivery.fail(failure));
        settleWithOrphans(write);
    }

    private void settleWithOrphans(Write write) {
        List<Write> orphans = write.kind.createsContact() ? waiting.remove(write.contactId) : null;
        settle(write);
        if (orphans != null) {
            // The contact they waited for was not created: they are decided again, now without it.
            orphans.forEach(this::outdated);
        }
    }

    private void outdated(Write write) {
        write.deliveries.forEach(Delivery::outdate);
        settle(write);
    }

    private void settle(Write write) {
        if (write.dealId != 0 && openWrite(null, other -> other.dealId == write.dealId) == null) {
            pending.dealSettled(write.dealId);
        }
        if (write.contact != null) {
            pending.contactSettled(write.contactId);
        }
        for (Delivery delivery : write.deliveries) {
            delivery.writeSettled();
            if (delivery.isSettled()) {
                settled.accept(delivery);
            }
        }
    }
}
