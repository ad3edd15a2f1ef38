package io.identamocrm.delivery;

import io.identamocrm.amocrm.Response;

/** Joins what amoCRM answered into the batch that it was asked about: what the content enrichers of the write routes call. */
public final class BatchResponses {

    /** The answer to reading what the batch is about to change. */
    public WriteBatch reread(WriteBatch batch, Response.Usable response) {
        return batch.answered(response);
    }

    /**
     * The answer to the batch itself.
     *
     * @throws IllegalStateException if it is none that the routes know what to do with
     */
    public WriteBatch sent(WriteBatch batch, Response.Usable response) {
        WriteBatch answered = batch.answered(response);
        if (!answered.isConfirmed() && !answered.isRefused() && !answered.isUnclear() && !answered.isNotSent()) {
            throw new IllegalStateException("Not an answer to go on with: " + response);
        }
        if (!answered.isUnclear() && !answered.isNotSent()) {
            batch.buffer().countClear();
        }
        return answered;
    }

    /** A page of a listing in which the batch's creations are looked for. */
    public WriteBatch listed(WriteBatch batch, Response.Usable response) {
        batch.search().aggregate(response);
        return batch;
    }
}
