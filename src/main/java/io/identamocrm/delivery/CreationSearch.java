package io.identamocrm.delivery;

import io.identamocrm.account.AccountSetup;
import io.identamocrm.mirror.Mirror;
import io.identamocrm.mirror.MirrorRefresh;
import io.identamocrm.state.Intents;
import java.time.Duration;

/** Begins to look for a batch's creations in what amoCRM holds. */
public final class CreationSearch {

    private final AccountSetup account;
    private final Mirror mirror;
    private final Intents intents;
    private final Duration window;

    /**
     * Searches in one account.
     *
     * @param account reads its entities, once a run is under way
     * @param mirror  takes what is listed
     * @param intents where the creations are on record
     * @param window  how long to look before absence is sure
     */
    public CreationSearch(AccountSetup account, Mirror mirror, Intents intents, Duration window) {
        this.account = account;
        this.mirror = mirror;
        this.intents = intents;
        this.window = window;
    }

    /** After an answer that tells nothing: several listings over the window. */
    public WriteBatch overTime(WriteBatch batch) {
        return batch.searched(UnconfirmedCreations.overTime(this::listing, mirror, intents, batch.creations(), window));
    }

    /** After a refusal, which says that nothing was written: one listing. */
    public WriteBatch once(WriteBatch batch) {
        return batch.searched(UnconfirmedCreations.atOnce(this::listing, mirror, intents, batch.creations()));
    }

    private MirrorRefresh listing() {
        return new MirrorRefresh(mirror, account.tools().reader());
    }
}
