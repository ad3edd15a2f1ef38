package io.identamocrm.sync;

import io.identamocrm.delivery.Overlay;
import io.identamocrm.delivery.WriteBuffer;
import io.identamocrm.mirror.OptimisticRows;
import org.apache.camel.Body;

/** The write buffers of runs. */
public final class WriteBuffers {

    private final OptimisticRows rows;
    private final int batchSize;

    /**
     * Buffers of one account.
     *
     * @param rows      how rows stand after a write
     * @param batchSize items of a writing request at most
     */
    public WriteBuffers(OptimisticRows rows, int batchSize) {
        this.rows = rows;
        this.batchSize = batchSize;
    }

    /** Opens it. */
    public void open(@Body Run run) {
        run.open(new WriteBuffer(
                new Overlay(run.pending(), rows), batchSize, run.locks().write(), run.tally()::completed));
    }

    /** From now on batches go that are not full. */
    public void flush(@Body Run run) {
        run.writeBuffer().flush();
    }
}
