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
        WriteBatch answered = batch.answered(asFarAsItTells(batch, response));
        if (!answered.isConfirmed() && !answered.isRefused() && !answered.isUnclear() && !answered.isNotSent()) {
            throw new IllegalStateException("Not an answer to go on with: " + response);
        }
        if (!answered.isUnclear() && !answered.isNotSent()) {
            batch.buffer().countClear();
        }
        return answered;
    }

    /**
     * A success that does not name what was to be created tells as little as no answer: it may have been done. So does one that names none
     * of the changes, once; after a look, it is what met something that is gone. The end of a link is answered without a body.
     */
    private static Response.Usable asFarAsItTells(WriteBatch batch, Response.Usable response) {
        if (batch.kind() == Write.Kind.UNLINK
                || !(response instanceof Response.Success || response instanceof Response.NoContent)) {
            return response;
        }
        int named = WrittenItems.count(response, batch);
        int all = batch.writes().size();
        boolean tells = batch.isCreation()
                ? named == all
                : named > 0 || batch.writes().stream().anyMatch(Write::isUnclear);
        return tells ? response : new Response.Ambiguous("the answer names " + named + " of " + all + " items");
    }

    /** A page of a listing in which the batch's creations are looked for. */
    public WriteBatch listed(WriteBatch batch, Response.Usable response) {
        batch.search().aggregate(response);
        return batch;
    }
}
