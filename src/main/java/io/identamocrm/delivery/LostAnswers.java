package io.identamocrm.delivery;

import io.identamocrm.amocrm.AmocrmException;
import io.identamocrm.amocrm.Response;
import io.identamocrm.model.Explanation;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What becomes of a batch of which amoCRM's answer, or its absence, does not tell whether it was written. */
public final class LostAnswers {

    private static final Logger LOG = LoggerFactory.getLogger(LostAnswers.class);
    private static final int MOST_IN_A_ROW = 3;
    private static final int MOST_LATE_IN_A_ROW = 10;

    /**
     * Lets the run go on, unless this has happened three times in a row.
     *
     * @throws AmocrmException.Ambiguous then; creations stay on record, and the next run looks for them first
     */
    public void requireFewInARow(WriteBatch batch) {
        if (!(batch.response() instanceof Response.Ambiguous told)) {
            throw new IllegalStateException(batch + " was answered clearly: " + batch.response());
        }
        if (batch.buffer().countUnclear() >= MOST_IN_A_ROW) {
            throw new AmocrmException.Ambiguous(
                    DeliveryText.UNTELLABLE.with(told.detail()), DeliveryText.FINDS_OUT, told);
        }
        LOG.warn(
                "A write of {} items may or may not have happened: {}",
                batch.writes().size(),
                told.detail());
    }

    /**
     * Changes and links go again, after a look at what amoCRM holds: a deal that was moved by somebody else meanwhile is not moved back.
     */
    public void sendAgainRechecked(WriteBatch batch) {
        batch.writes().forEach(Write::mayHaveHappened);
        batch.buffer().sendNext(batch.writes());
    }

    /**
     * What could not go in time goes again, after another look at what amoCRM holds, unless that has happened ten times in a row.
     *
     * @throws AmocrmException.Transient then: amoCRM's pauses or refusals last longer than a look is good for
     */
    public void sendAgain(WriteBatch batch) {
        if (batch.buffer().countLate() >= MOST_LATE_IN_A_ROW) {
            throw new AmocrmException.Transient(
                    Explanation.of(DeliveryText.NO_WRITE_THROUGH, DeliveryText.NO_WRITE_THROUGH_REMEDY), null);
        }
        batch.buffer().sendNext(batch.writes());
    }

    /** Creations that amoCRM surely does not hold are decided again, and so sent again if they are still due. */
    public void decideAbsentAgain(WriteBatch batch) {
        batch.absent().forEach(batch.buffer()::notDone);
    }
}
