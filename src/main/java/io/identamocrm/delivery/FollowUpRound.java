package io.identamocrm.delivery;

import io.identamocrm.model.FollowUp.Kind;
import io.identamocrm.model.Reception;
import io.identamocrm.state.FollowUps;
import io.identamocrm.state.WriteLock;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Some of the open follow-ups, as many as are read from IDENT together, until amoCRM has them: the body of route {@code send-follow-ups}. */
public final class FollowUpRound {

    private final WriteLock lock;
    private final boolean doubtful;
    private final int batchSize;
    private final List<FollowUpItem> items = new ArrayList<>();
    private final List<FollowUps.Open> leftOut = new ArrayList<>();
    private final Map<Kind, Deque<FollowUpItem>> queues = new EnumMap<>(Kind.class);

    /** Batches that go again as they are. */
    private final Deque<List<FollowUpItem>> returned = new ArrayDeque<>();

    private @Nullable FollowUpLook look;
    private int unclearInARow;
    private int lateInARow;

    /**
     * A round without follow-ups as yet.
     *
     * @param lock      proves that the run may write
     * @param doubtful  amoCRM may have each of them, whatever Redis says
     * @param batchSize items of a request at most
     */
    public FollowUpRound(WriteLock lock, boolean doubtful, int batchSize) {
        this.lock = lock;
        this.doubtful = doubtful;
        this.batchSize = batchSize;
    }

    /** With one more, and its reception as IDENT holds it now. */
    public void add(FollowUps.Open open, Reception reception) {
        items.add(new FollowUpItem(this, open, reception));
    }

    /** Of this one nothing is told any more: its reception cannot be read, it is too old, or switched off. */
    public void leaveOut(FollowUps.Open open) {
        leftOut.add(open);
    }

    /** Those still to be sent; as they are now, which does not change with what happens to them. */
    public List<FollowUpItem> items() {
        return List.copyOf(items);
    }

    /** Those of which nothing can be told any more. */
    List<FollowUps.Open> leftOut() {
        return leftOut;
    }

    WriteLock lock() {
        return lock;
    }

    /** True if amoCRM may have each of them. */
    boolean isDoubtful() {
        return doubtful;
    }

    /** amoCRM is looked at. */
    FollowUpLook looking(FollowUpLook begun) {
        look = begun;
        return begun;
    }

    /**
     * The last look.
     *
     * @throws IllegalStateException before the first
     */
    FollowUpLook look() {
        if (look == null) {
            throw new IllegalStateException("amoCRM has not been looked at yet");
        }
        return look;
    }

    /** Is none of those any more. */
    void drop(FollowUpItem item) {
        items.remove(item);
    }

    /** It is ready to be sent. */
    void collect(FollowUpItem item) {
        queues.computeIfAbsent(item.what().kind(), kind -> new ArrayDeque<>()).add(item);
    }

    /** These go next, in one batch. */
    void sendNext(List<FollowUpItem> batch) {
        if (!batch.isEmpty()) {
            returned.addFirst(batch);
        }
    }

    /** True while something is to be sent. */
    public boolean hasBatch() {
        return !returned.isEmpty() || queues.values().stream().anyMatch(queue -> !queue.isEmpty());
    }

    /** The next batch, all of one kind; only while {@link #hasBatch()} is true. */
    public FollowUpBatch takeBatch() {
        if (!returned.isEmpty()) {
            return FollowUpBatch.of(this, returned.removeFirst());
        }
        Deque<FollowUpItem> queue = queues.values().stream()
                .filter(one -> !one.isEmpty())
                .findFirst()
                .orElseThrow();
        List<FollowUpItem> taken = new ArrayList<>();
        while (!queue.isEmpty() && taken.size() < batchSize) {
            taken.add(queue.remove());
        }
        return FollowUpBatch.of(this, taken);
    }

    int countUnclear() {
        return ++unclearInARow;
    }

    int countLate() {
        return ++lateInARow;
    }

    void countClear() {
        unclearInARow = 0;
        lateInARow = 0;
    }

    @Override
    public String toString() {
        return "FollowUpRound[" + items.size() + "]";
    }
}
