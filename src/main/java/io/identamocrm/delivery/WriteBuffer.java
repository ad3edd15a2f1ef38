package io.identamocrm.delivery;

import io.identamocrm.delivery.Write.Kind;
import io.identamocrm.model.Decision.ContactWrite;
import io.identamocrm.model.Decision.DealWrite;
import io.identamocrm.model.Failure;
import io.identamocrm.state.WriteLock;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Collects the writes of a run and gives them out in full batches, so that a thousand receptions cost twenty requests. Writes that need a
 * contact still on its way wait until amoCRM has numbered it. Holds at most a few batches. Route {@code write} empties it.
 */
public final class WriteBuffer {

    private static final int LARGEST_COMPLEX_BATCH = 50;
    private static final int WAITING_BATCHES = 4;

    private final Overlay overlay;
    private final int batchSize;
    private final WriteLock lock;
    private final Consumer<Delivery> completed;

    private final Map<Kind, Map<Long, Write>> queues = new EnumMap<>(Kind.class);
    /** By the provisional id of the contact that they wait for. */
    private final Map<Long, List<Write>> waiting = new HashMap<>();
    /** Batches that were taken and have to go again, as they are. */
    private final Deque<List<Write>> returned = new ArrayDeque<>();

    private boolean flushing;
    private int unclearInARow;
    private int lateInARow;
    private long written;

    /**
     * The buffer of one run.
     *
     * @param overlay   where decisions count as carried out before they are
     * @param batchSize writes of a batch at most; amoCRM takes no more than 50 where deals are created with their contacts
     * @param lock      proves that the run may write
     * @param completed is told of each delivery when nothing of it is left to write
     */
    public WriteBuffer(Overlay overlay, int batchSize, WriteLock lock, Consumer<Delivery> completed) {
        this.overlay = overlay;
        this.batchSize = batchSize;
        this.lock = lock;
        this.completed = completed;
    }

    /** Puts the writes of a decision over the mirror as if they were done, and sends nothing: for a dry run. */
    public void overlay(Delivery delivery) {
        overlay.put(delivery);
    }

    /** Takes the writes of a decision, and puts them over the mirror for the decisions to come. */
    public void add(Delivery delivery) {
        flushing = false;
        DealWrite deal = delivery.decision.deal();
        ContactWrite contact = delivery.decision.contact();
        Overlay.Ids ids = overlay.put(delivery);
        if (deal != null && deal.isNew()) {
            boolean together = contact != null && contact.isNew();
            enqueue(new Write(
                    together ? Kind.CREATE_DEAL_WITH_CONTACT : Kind.CREATE_DEAL,
                    delivery,
                    ids.dealId(),
                    deal,
                    ids.contactId(),
                    together ? contact : null));
            if (contact != null && !together) {
                change(contact, delivery);
            }
            return;
        }
        if (contact != null && contact.isNew()) {
            enqueue(new Write(Kind.CREATE_CONTACT, delivery, 0, null, ids.contactId(), contact));
        } else if (contact != null) {
            change(contact, delivery);
        }
        if (deal != null) {
            if (deal.changesDeal()) {
                change(deal, delivery);
            }
            if (deal.linkContact() && ids.contactId() != 0) {
                enqueue(new Write(Kind.LINK, delivery, deal.knownId(), deal, ids.contactId(), null));
            }
        }
    }

    private void change(DealWrite deal, Delivery delivery) {
        Write open = openWrite(
                deal.knownId() < 0 ? null : Kind.CHANGE_DEAL,
                write -> write.dealId == deal.knownId() && write.kind != Kind.LINK);
        if (open == null) {
            enqueue(new Write(Kind.CHANGE_DEAL, delivery, deal.knownId(), deal, 0, null));
        } else {
            open.merge(deal);
            open.join(delivery);
        }
    }

    private void change(ContactWrite contact, Delivery delivery) {
        Write open = openWrite(
                contact.knownId() < 0 ? null : Kind.CHANGE_CONTACT,
                write -> write.contact != null && write.contactId == contact.knownId());
        if (open == null) {
            enqueue(new Write(Kind.CHANGE_CONTACT, delivery, 0, null, contact.knownId(), contact));
        } else {
            open.merge(contact);
            open.join(delivery);
        }
    }

    private @Nullable Write openWrite(@Nullable Kind kind, Predicate<Write> fits) {
        for (Map.Entry<Kind, Map<Long, Write>> queue : queues.entrySet()) {
            if (kind == null || kind == queue.getKey()) {
                for (Write write : queue.getValue().values()) {
                    if (fits.test(write)) {
                        return write;
                    }
                }
            }
        }
        return waiting.values().stream()
                .flatMap(List::stream)
                .filter(fits)
                .findFirst()
                .orElse(null);
    }

    private void enqueue(Write write) {
        boolean needsContact = write.kind == Kind.CREATE_DEAL || write.kind == Kind.LINK;
        if (needsContact && write.contactId < 0 || write.kind == Kind.LINK && write.dealId < 0) {
            waiting.computeIfAbsent(write.contactId, id -> new ArrayList<>()).add(write);
        } else {
            queueOf(write.kind).put(write.key(), write);
        }
    }

    private Map<Long, Write> queueOf(Kind kind) {
        return queues.computeIfAbsent(kind, any -> new LinkedHashMap<>());
    }

    /** From now on smaller batches go too, until a decision is added. */
    public void flush() {
        flushing = true;
    }

    /** True if nothing is left to be given out. */
    public boolean isEmpty() {
        return returned.isEmpty()
                && waiting.isEmpty()
                && queues.values().stream().allMatch(Map::isEmpty);
    }

    /** True while a batch is ready to be sent. */
    public boolean hasBatch() {
        return !returned.isEmpty() || nextKind() != null;
    }

    /** Gives out the next batch; only while {@link #hasBatch()} is true. */
    public WriteBatch takeBatch() {
        if (!returned.isEmpty()) {
            return WriteBatch.of(this, returned.removeFirst());
        }
        Kind kind = nextKind();
        if (kind == null) {
            throw new IllegalStateException("There is no batch to give out");
        }
        List<Write> taken = new ArrayList<>();
        Iterator<Write> queue = queueOf(kind).values().iterator();
        while (queue.hasNext() && taken.size() < largestBatch(kind)) {
            taken.add(queue.next());
            queue.remove();
        }
        return WriteBatch.of(this, taken);
    }

    private @Nullable Kind nextKind() {
        boolean muchWaiting = waiting.values().stream().mapToInt(List::size).sum() >= WAITING_BATCHES * batchSize;
        for (Kind kind : Kind.values()) {
            int ready = queueOf(kind).size();
            if (ready > 0 && (flushing || ready >= largestBatch(kind) || muchWaiting)) {
                return kind;
            }
        }
        return null;
    }

    private int largestBatch(Kind kind) {
        return kind == Kind.CREATE_DEAL_WITH_CONTACT ? Math.min(batchSize, LARGEST_COMPLEX_BATCH) : batchSize;
    }

    /** Proves that the run may write. */
    WriteLock lock() {
        return lock;
    }

    /** Deals and contacts were written. */
    void countWritten(int rows) {
        written += rows;
    }

    /** Deals and contacts that the run has written so far. */
    public long written() {
        return written;
    }

    /** The new patient's contact is linked: the former one's, which we had linked, is taken off. */
    void takeFormerOff(Write link) {
        Long former = link.knownDeal().unlinked();
        if (former != null) {
            enqueueAfter(link, Kind.UNLINK, former);
        }
    }

    /** A contact that is linked, but not as the main one, is taken off and linked again. */
    void linkAsMain(Write link) {
        enqueueAfter(link, Kind.UNLINK, link.contactId);
        close(link);
    }

    /** A contact is off: one that was to become the main one is linked again. */
    void takenOff(Write off) {
        if (off.isBeforeLink()) {
            enqueueAfter(off, Kind.LINK, off.contactId);
        }
    }

    private void enqueueAfter(Write done, Kind kind, long contactId) {
        Write next = new Write(kind, done.deliveries.get(0), done.dealId, done.deal, contactId, null);
        done.deliveries.forEach(next::join);
        enqueue(next);
    }

    /** These go next, in one batch. */
    void sendNext(List<Write> writes) {
        returned.addFirst(writes);
    }

    /** This one goes in a batch of its own, after those that already have to go again. */
    void sendAlone(Write write) {
        returned.add(List.of(write));
    }

    /** amoCRM has numbered a contact: what waited for it is ready to be sent. */
    void numberContact(long provisional, long id) {
        List<Write> ready = waiting.remove(provisional);
        if (ready != null) {
            ready.forEach(write -> {
                write.contactId = id;
                enqueue(write);
            });
        }
    }

    /** The write is done, or will never be: those who waited for it wait for one less. */
    void close(Write write) {
        if (write.dealId != 0 && openWrite(null, other -> other.dealId == write.dealId) == null) {
            overlay.removeDeal(write.dealId);
        }
        if (write.contact != null) {
            overlay.removeContact(write.contactId);
        }
        for (Delivery delivery : write.deliveries) {
            delivery.writeClosed(write);
            if (delivery.isComplete()) {
                completed.accept(delivery);
            }
        }
    }

    /** amoCRM holds something else than was decided on: all who wait for the write are decided again. */
    void decideAgain(Write write) {
        write.deliveries.forEach(Delivery::outdate);
        close(write);
    }

    /** After an answer that told nothing, the creation turned out not to have happened: all who wait for it are decided again. */
    void notDone(Write write) {
        write.deliveries.forEach(Delivery::notDone);
        closeInVain(write);
    }

    /** The write failed, and with it all who wait for it. */
    void fail(Write write, Failure failure) {
        write.deliveries.forEach(delivery -> delivery.fail(failure));
        closeInVain(write);
    }

    private void closeInVain(Write write) {
        List<Write> orphans = write.kind.createsContact() ? waiting.remove(write.contactId) : null;
        close(write);
        if (orphans != null) {
            // The contact they waited for was not created: they are decided again, now without it.
            orphans.forEach(this::decideAgain);
        }
    }

    /** A batch was answered so that nobody can tell whether it was written; returns how many in a row by now. */
    int countUnclear() {
        return ++unclearInARow;
    }

    /** A batch could not go in time; returns how many in a row by now. */
    int countLate() {
        return ++lateInARow;
    }

    /** A batch was answered clearly. */
    void countClear() {
        unclearInARow = 0;
        lateInARow = 0;
    }
}
