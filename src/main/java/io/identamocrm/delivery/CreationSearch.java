package io.identamocrm.delivery;

import io.identamocrm.account.AccountSetup;
import io.identamocrm.mirror.Mirror;
import io.identamocrm.mirror.MirrorRefresh;
import io.identamocrm.state.Intents;
import io.identamocrm.state.Memory;
import io.identamocrm.state.WriteLock;
import java.time.Duration;

/** Begins to look for a batch's creations in what amoCRM holds. */
public final class CreationSearch {

    private final AccountSetup account;
    private final Mirror mirror;
    private final Intents intents;
    private final Memory memory;
    private final Duration window;

    /**
     * Searches in one account.
     *
     * @param account reads its entities, once a run is under way
     * @param mirror  takes what is listed
     * @param intents where the creations are on record
     * @param memory  takes what turned out to be ours
     * @param window  how long to look before absence is sure
     */
    public CreationSearch(AccountSetup account, Mirror mirror, Intents intents, Memory memory, Duration window) {
        this.account = account;
        this.mirror = mirror;
        this.intents = intents;
        this.memory = memory;
        this.window = window;
    }

    /** After an answer that tells nothing: several listings over the window. */
    public WriteBatch overTime(WriteBatch batch) {
        return batch.searched(
                UnconfirmedCreations.overTime(accountOf(batch.buffer().lock()), batch.intents(), window));
    }

    /** After a refusal, which says that nothing was written: one listing. */
    public WriteBatch once(WriteBatch batch) {
        return batch.searched(
                UnconfirmedCreations.atOnce(accountOf(batch.buffer().lock()), batch.intents()));
    }

    /** What runs left behind, to be looked for before anything is decided. */
    public OpenIntents leftBehind(WriteLock lock) {
        return new OpenIntents(
                intents,
                memory,
                mirror,
                account.tools().reader(),
                lock,
                creations -> UnconfirmedCreations.overTime(accountOf(lock), creations, window));
    }

    private UnconfirmedCreations.Account accountOf(WriteLock lock) {
        return new UnconfirmedCreations.Account(
                () -> MirrorRefresh.ofChanges(mirror, account.tools().reader(), memory, lock),
                mirror,
                intents,
                memory,
                lock);
    }
}
