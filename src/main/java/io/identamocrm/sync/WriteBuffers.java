package io.identamocrm.sync;

import io.identamocrm.delivery.Overlay;
import io.identamocrm.delivery.WriteBuffer;
import io.identamocrm.mirror.Mirror;
import io.identamocrm.mirror.OptimisticRows;
import java.time.Clock;
import org.apache.camel.Body;

/** Opens the write buffer of a run, once the mirror is up to date. */
public final class WriteBuffers {

    private final Mirror mirror;
    private final OptimisticRows rows;
    private final int batchSize;
    private final Clock clock;

    /**
     * Buffers of one account.
     *
     * @param rows      how rows stand after a write
     * @param batchSize items of a writing request at most
     */
    public WriteBuffers(Mirror mirror, OptimisticRows rows, int batchSize, Clock clock) {
        this.mirror = mirror;
        this.rows = rows;
        this.batchSize = batchSize;
        this.clock = clock;
    }

    /** Opens it. */
    public void open(@Body Run run) {
        mirror.noteRefreshed(clock.instant());
        run.open(new WriteBuffer(new Overlay(run.pending(), rows), batchSize, mirror.isStale(), run.tally()::completed));
    }

    /** Opens that of a dry run that counts beside another run. */
    public void openBeside(@Body Run counting) {
        counting.open(new WriteBuffer(new Overlay(counting.pending(), rows), batchSize, deal -> false, counting.tally()::completed));
    }

    /** From now on batches go that are not full. */
    public void flush(@Body Run run) {
        run.writeBuffer().flush();
    }
}
