package io.identamocrm.sync;

import io.identamocrm.account.AccountSetup;
import io.identamocrm.delivery.WriteBuffer;
import io.identamocrm.mirror.Mirror;
import io.identamocrm.mirror.OptimisticRows;
import io.identamocrm.model.Fingerprint;
import io.identamocrm.state.Intents;
import java.time.Clock;
import java.time.Duration;
import org.apache.camel.Body;

/** Opens the write buffer of a run, once the account's setup is known and the mirror is up to date. */
public final class WriteBuffers {

    private final AccountSetup account;
    private final Mirror mirror;
    private final Intents intents;
    private final Duration unclearWindow;
    private final Fingerprint fingerprint;
    private final int batchSize;
    private final Clock clock;

    /**
     * Buffers of one account.
     *
     * @param intents       creations whose outcome is not on record
     * @param unclearWindow how long to look for creations that may have happened
     * @param batchSize     items of a writing request at most
     */
    public WriteBuffers(AccountSetup account, Mirror mirror, Intents intents, Duration unclearWindow, Fingerprint fingerprint,
                        int batchSize, Clock clock) {
        this.account = account;
        this.mirror = mirror;
        this.intents = intents;
        this.unclearWindow = unclearWindow;
        this.fingerprint = fingerprint;
        this.batchSize = batchSize;
        this.clock = clock;
    }

    /** Opens it. */
    public void open(@Body Run run) {
        mirror.noteRefreshed(clock.instant());
        run.open(new WriteBuffer(account.tools(), mirror, intents, unclearWindow, run.pending(), new OptimisticRows(fingerprint),
                batchSize, run.tally()::completed));
    }

    /** From now on batches go that are not full. */
    public void flush(@Body Run run) {
        run.writeBuffer().flush();
    }
}
