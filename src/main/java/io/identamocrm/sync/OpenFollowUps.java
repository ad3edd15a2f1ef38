package io.identamocrm.sync;

import io.identamocrm.delivery.FollowUpRound;
import io.identamocrm.ident.ReadRow;
import io.identamocrm.ident.ReceptionRows;
import io.identamocrm.model.FollowUpPolicy;
import io.identamocrm.model.Reception;
import io.identamocrm.state.Changes;
import io.identamocrm.state.FollowUps;
import io.identamocrm.state.WriteLock;
import java.time.Clock;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import org.apache.camel.Body;
import org.apache.camel.Header;

/**
 * Which follow-ups a run sends: all that are open on record, be they its own or left behind by another run, with what IDENT holds of their
 * receptions now. Where nothing is told, all of this costs one look at Redis: what is open from before is given up.
 */
public final class OpenFollowUps {

    /** As many as are read from IDENT together. */
    private static final int PIECE = 200;

    private final FollowUps followUps;
    private final FollowUpPolicy policy;
    private final int batchSize;
    private final Clock clinicClock;

    /**
     * Those of one account.
     *
     * @param policy      what managers are to hear of
     * @param batchSize   items of a writing request at most
     * @param clinicClock the clock of the clinic's zone
     */
    public OpenFollowUps(FollowUps followUps, FollowUpPolicy policy, int batchSize, Clock clinicClock) {
        this.followUps = followUps;
        this.policy = policy;
        this.batchSize = batchSize;
        this.clinicClock = clinicClock;
    }

    /**
     * Some of them: the body of route {@code read-follow-ups}.
     *
     * @param run  the run that sends them
     * @param open never empty
     */
    public record Piece(Run run, List<FollowUps.Open> open) {

        public Piece {
            open = List.copyOf(open);
        }

        /** Their receptions, each once. */
        public List<Long> receptions() {
            return open.stream().map(one -> one.what().reception()).distinct().toList();
        }

        @Override
        public String toString() {
            return "Piece[" + open.size() + "]";
        }
    }

    /** One piece after the other: what the loop of route {@code follow-ups} asks. */
    public static final class Pieces implements Iterator<Piece> {
        private final Run run;
        private final List<FollowUps.Open> all;
        private int next;

        Pieces(Run run, List<FollowUps.Open> all) {
            this.run = run;
            this.all = all;
        }

        @Override
        public boolean hasNext() {
            return next < all.size();
        }

        @Override
        public Piece next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            int from = next;
            next = Math.min(all.size(), from + PIECE);
            return new Piece(run, all.subList(from, next));
        }
    }

    /** Where Redis may have lost what was sent, this is on record until everything that was decided on it is told. */
    public void noteDoubt(@Body Run run) {
        if (!policy.isOff() && !run.request().dryRun() && run.locks().write().isDoubtful() && !followUps.isDoubtful()) {
            Changes changes = new Changes();
            followUps.doubt(changes);
            run.locks().write().commit(changes);
        }
    }

    /** True if the run has follow-ups to see to. */
    public boolean areDue(@Body Run run) {
        return run.isOfReceptions() && !run.request().dryRun() && followUps.areLeft();
    }

    /** All that are open now, piece by piece, in the order in which they were found out: the last that managers hear is how it stands. */
    public Pieces begin(@Body Run run) {
        return new Pieces(
                run,
                followUps.all().values().stream()
                        .sorted(Comparator.comparingLong(open -> open.what().found()))
                        .toList());
    }

    /** A piece with its receptions, as {@code receptions.sql} shows them. */
    public FollowUpRound join(@Body Piece piece, @Header("reception_rows") List<Map<String, Object>> rows) {
        Map<Long, Reception> receptions = new HashMap<>();
        new ReceptionRows().read(rows, List.of(), row -> List.of()).forEach(result -> {
            if (result instanceof ReadRow row
                    && row.item() instanceof Reception reception
                    && reception.planStart() != null) {
                receptions.put(reception.id(), reception);
            }
        });
        WriteLock lock = piece.run().locks().write();
        FollowUpRound round = new FollowUpRound(lock, lock.isDoubtful() || followUps.isDoubtful(), batchSize);
        // What is switched off meanwhile is not told, be it since amoCRM forbids it. The switch may have been off for
        // months, or amoCRM away for days.
        long oldest = LocalDateTime.now(clinicClock).minus(policy.notOlder()).toEpochSecond(ZoneOffset.UTC);
        for (FollowUps.Open open : piece.open()) {
            Reception reception = receptions.get(open.what().reception());
            if (reception == null || open.what().found() < oldest || !policy.tells(open.what())) {
                round.leaveOut(open);
            } else {
                round.add(open, reception);
            }
        }
        return round;
    }

    /** Everything open is told; if the run has seen every change, nothing is in doubt any more. */
    public void end(@Body Run run) {
        followUps.forgetOld(clinicClock.instant());
        boolean sawAll = run.request().mode() != RunRequest.Mode.SINCE && !run.isByIds();
        if (sawAll && run.held().isEmpty() && followUps.isDoubtful()) {
            Changes changes = new Changes();
            followUps.endDoubt(changes);
            run.locks().write().commit(changes);
        }
    }
}
