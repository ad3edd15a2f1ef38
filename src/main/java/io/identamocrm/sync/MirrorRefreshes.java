package io.identamocrm.sync;

import io.identamocrm.amocrm.Conversation;
import io.identamocrm.mirror.Mirror;
import io.identamocrm.mirror.MirrorRefresh;

/** Begins refreshes of the mirror, once the account's setup is known. */
public final class MirrorRefreshes {

    private final Mirror mirror;
    private final AccountSetup account;

    /** Refreshes of one account's mirror. */
    public MirrorRefreshes(Mirror mirror, AccountSetup account) {
        this.mirror = mirror;
        this.account = account;
    }

    /** A refresh to be carried out; it starts from nothing if the mirror was made with other settings. */
    public Conversation begin() {
        mirror.ensureMadeWith(account.print());
        return new MirrorRefresh(mirror, account.tools().reader());
    }
}
