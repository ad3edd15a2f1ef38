package io.identamocrm.sync;

import io.identamocrm.ident.FoundRow;
import io.identamocrm.state.Cursors.Position;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Which rows of IDENT a run looks at, in its order, and how far it has come. */
final class SelectedRows {

    private static final int FIRST_STARTS = 1024;

    private final List<Long> ids = new ArrayList<>();
    /**
     * Planned starts of the first of the ids as they were found, as {@link Position} counts them; numbers, because there may be very
     * many.
     */
    private long[] plannedStarts = {};
    /** Their patients; 0 where none is known. */
    private long[] patients = {};
    /** Those that have another patient than the one they were last delivered for, as far as anybody has looked. */
    private final Set<Long> ofOtherPatients = new HashSet<>();

    private int found;
    private int done;
    private int chunksSinceCheckpoint;
    private @Nullable LocalDateTime latestChange;
    /** When those under way were changed, by the clinic's clock, as far as IDENT tells. */
    private final Map<Long, LocalDateTime> changes = new HashMap<>();
    /** Dead letters that this run tries again. */
    private final Set<Long> due = new HashSet<>();
    /** Dead letters that are not due yet: what IDENT held of them when they failed. */
    private final Map<Long, String> waiting = new HashMap<>();
    /** What IDENT holds of those under way. */
    private final Map<Long, Supplier<String>> contents = new HashMap<>();

    /** These are looked at. */
    void select(List<Long> selected) {
        ids.clear();
        ids.addAll(selected);
        found = ids.size();
        plannedStarts = new long[found];
        Arrays.fill(plannedStarts, Position.startOf(null));
        patients = new long[found];
        ofOtherPatients.retainAll(new HashSet<>(selected));
    }

    /** This one is looked at too, after those before. */
    void add(FoundRow row) {
        if (found == plannedStarts.length) {
            plannedStarts = Arrays.copyOf(plannedStarts, Math.max(FIRST_STARTS, found * 2));
            patients = Arrays.copyOf(patients, plannedStarts.length);
        }
        patients[found] = row.patient() == null ? 0 : row.patient();
        plannedStarts[found] = Position.startOf(row.planStart());
        ids.add(row.id());
        found++;
    }

    /** One more is looked at with those of a chunk. */
    void follow() {
        found++;
    }

    /** Leaves out those that come up to and with a position, whether the row that stood there is still there or not. */
    void goOnAfter(Position last) {
        int from = 0;
        while (from < ids.size() && positionOf(from).compareTo(last) <= 0) {
            from++;
        }
        ids.subList(0, from).clear();
        plannedStarts = Arrays.copyOfRange(plannedStarts, from, plannedStarts.length);
        patients = Arrays.copyOfRange(patients, from, patients.length);
        found = ids.size();
    }

    private Position positionOf(int index) {
        return new Position(plannedStarts[index], ids.get(index));
    }

    /** Whose the row at an index of the ids is, as it was found; 0 if that is not known. */
    long patientAt(int index) {
        return patients[index];
    }

    /** Of those that are looked at, these have another patient than the one they were last delivered for. */
    void noteOtherPatients(Collection<Long> ids) {
        ofOtherPatients.addAll(ids);
    }

    /** Those with another patient. */
    Set<Long> ofOtherPatients() {
        return ofOtherPatients;
    }

    /** The ids to look at, in the run's order. */
    List<Long> ids() {
        return Collections.unmodifiableList(ids);
    }

    /** How many the run looks at; without dead letters that it left alone. */
    int found() {
        return found;
    }

    /** How many are decided. */
    int done() {
        return done;
    }

    /** Everything up to there, in the run's order, has been decided; null before the first chunk has been. */
    @Nullable
    Position lastDone() {
        return done == 0 ? null : positionOf(done - 1);
    }

    /**
     * The same of a run that has decided a chunk.
     *
     * @throws IllegalStateException if it has not
     */
    Position knownLastDone() {
        Position last = lastDone();
        if (last == null) {
            throw new IllegalStateException("No chunk has been decided yet");
        }
        return last;
    }

    /** True while chunks are left. */
    boolean areLeft() {
        return done < ids.size();
    }

    /** A chunk has been decided. */
    void chunkDone(List<Long> chunk) {
        done += chunk.size();
        chunksSinceCheckpoint++;
    }

    /** Chunks decided since the last checkpoint. */
    int chunksSinceCheckpoint() {
        return chunksSinceCheckpoint;
    }

    /** How far the run has come is on record. */
    void checkpointNoted() {
        chunksSinceCheckpoint = 0;
    }

    /** A row of the run was changed then, by the clinic's clock; null if IDENT does not tell. */
    void changed(long id, @Nullable LocalDateTime at) {
        if (at == null) {
            return;
        }
        changes.merge(id, at, (one, other) -> one.isAfter(other) ? one : other);
        if (latestChange == null || at.isAfter(latestChange)) {
            latestChange = at;
        }
    }

    /** When a row that is done with was changed, or null. */
    @Nullable
    LocalDateTime takeChange(long id) {
        return changes.remove(id);
    }

    /** The latest change among the rows read, or null. */
    @Nullable
    LocalDateTime latestChange() {
        return latestChange;
    }

    /** A dead letter is tried again. */
    void retry(long id) {
        due.add(id);
    }

    /** Dead letters that are tried again. */
    Set<Long> due() {
        return due;
    }

    /** A dead letter is not due: its row counts only if IDENT holds something else by now. */
    void wait(long id, String contentWhenItFailed) {
        waiting.put(id, contentWhenItFailed);
    }

    /** Dead letters among those asked for whose rows IDENT did not return: they would stay for ever without a word. */
    List<Long> missing(Collection<Long> asked, Collection<Long> returned) {
        return asked.stream()
                .filter(id -> due.contains(id) && !returned.contains(id))
                .toList();
    }

    /** Takes fingerprints of what IDENT holds of a chunk. */
    void read(Map<Long, Supplier<String>> fingerprints) {
        contents.putAll(fingerprints);
    }

    /** Makes the fingerprint of what IDENT holds of a row that is done with; null if it was not read. */
    @Nullable
    Supplier<String> takeContent(long id) {
        return contents.remove(id);
    }

    /**
     * True for a dead letter that is not due and whose row is what it was when it failed: it was read only because the cursor overlaps, and
     * is none of this run's business.
     */
    boolean leavesAlone(long id) {
        String failed = waiting.get(id);
        Supplier<String> content = contents.get(id);
        if (failed == null || content == null || !failed.equals(content.get())) {
            return false;
        }
        contents.remove(id);
        found--;
        return true;
    }
}
