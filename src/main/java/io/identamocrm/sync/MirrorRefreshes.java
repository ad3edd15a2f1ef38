package io.identamocrm.sync;

import io.identamocrm.account.AccountSetup;
import io.identamocrm.amocrm.RequestSequence;
import io.identamocrm.delivery.UnconfirmedCreations;
import io.identamocrm.mirror.Mirror;
import io.identamocrm.mirror.MirrorRefresh;
import io.identamocrm.state.Intents;
import java.time.Duration;
import org.apache.camel.Body;

/** Begins refreshes of the mirror, once the account's setup is known. */
public final class MirrorRefreshes {

    private final Mirror mirror;
    private final AccountSetup account;
    private final Intents intents;
    private final Duration window;

    /**
     * Refreshes of one account's mirror.
     *
     * @param intents creations whose outcome is not on record
     * @param window  how long to look for them
     */
    public MirrorRefreshes(Mirror mirror, AccountSetup account, Intents intents, Duration window) {
        this.mirror = mirror;
        this.account = account;
        this.intents = intents;
        this.window = window;
    }

    /**
     * A refresh to be carried out: of what has changed, or once in a deep run of everything. It starts from nothing if the mirror was made
     * with other settings. What an earlier process was about to create when it ended is looked for as long as it takes to know.
     */
    public RequestSequence begin(@Body Run run) {
        mirror.ensureMadeWith(account.fingerprint());
        if (run.takeListing()) {
            return MirrorRefresh.ofEverything(mirror, account.tools().reader());
        }
        Intents.Open open = intents.open();
        return open.isEmpty() ? look() : UnconfirmedCreations.overTime(this::look, mirror, intents, open, window);
    }

    private MirrorRefresh look() {
        return new MirrorRefresh(mirror, account.tools().reader());
    }
}
