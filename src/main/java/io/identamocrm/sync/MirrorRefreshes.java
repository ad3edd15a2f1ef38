package io.identamocrm.sync;

import io.identamocrm.account.AccountSetup;
import io.identamocrm.amocrm.EntityReader;
import io.identamocrm.amocrm.RequestSequence;
import io.identamocrm.delivery.CreationSearch;
import io.identamocrm.mirror.Mirror;
import io.identamocrm.mirror.MirrorRefresh;
import io.identamocrm.mirror.NamedEntities;
import io.identamocrm.mirror.RemovedEntities;
import io.identamocrm.state.Intents;
import io.identamocrm.state.Memory;
import io.identamocrm.state.WriteLock;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.apache.camel.Body;
import org.apache.camel.Variable;

/** When and how the mirror follows the account, once the account's setup is known. */
public final class MirrorRefreshes {

    /** More than ten pages show: then a run lists what it wrote itself, as else the next one would have to. */
    private static final int MUCH_WRITTEN = 2500;
    /** Longer than lists may lag behind writes, so that what was written last is listed for good. */
    private static final Duration CATCH_UP_PAUSE = Duration.ofSeconds(6);

    private final Mirror mirror;
    private final Memory memory;
    private final AccountSetup account;
    private final Intents intents;
    private final CreationSearch creations;
    private final Clock clock;

    /**
     * Refreshes of one account's mirror.
     *
     * @param memory    what is ours
     * @param intents   what was begun and is not on record
     * @param creations looks for it
     */
    public MirrorRefreshes(
            Mirror mirror,
            Memory memory,
            AccountSetup account,
            Intents intents,
            CreationSearch creations,
            Clock clock) {
        this.mirror = mirror;
        this.memory = memory;
        this.account = account;
        this.intents = intents;
        this.creations = creations;
        this.clock = clock;
    }

    /**
     * True if the mirror must follow the account before anything is decided; else it is enough to do so when something is to be written.
     */
    public boolean isDueAtOnce(@Body Run run) {
        WriteLock lock = run.locks().write();
        mirror.ensureMadeWith(account.fingerprint(), lock);
        boolean shown = run.request().dryRun()
                || run.isByIds()
                || run.request().mode() == RunRequest.Mode.DEEP && !run.followsMirror();
        return shown
                || !lock.isMirrorWhole()
                || lock.isQuiet()
                || !intents.open().isEmpty();
    }

    /** True if the run has written so much that it lists this before the next one has to: in between, and at its end what is left. */
    public boolean isCatchUpDue(@Body Run run) {
        boolean atTheEnd = !run.rows().areLeft() && run.written() > MUCH_WRITTEN && run.writtenSinceListing() > 0;
        return !run.request().dryRun() && (atTheEnd || run.writtenSinceListing() > MUCH_WRITTEN);
    }

    /** Before the last listing of a run: milliseconds until the lists surely show what it wrote. */
    public long catchUpPause() {
        return CATCH_UP_PAUSE.toMillis();
    }

    /** A refresh to be carried out: of what has changed, or of everything, where a deep run asks for it or the mirror is not whole. */
    public MirrorRefresh begin(@Body Run run) {
        WriteLock lock = run.locks().write();
        boolean everything = run.takeListing() || !lock.isMirrorWhole();
        run.lists(everything);
        EntityReader reader = account.tools().reader();
        return everything
                ? MirrorRefresh.ofEverything(mirror, reader, memory, lock, run.isFull())
                : MirrorRefresh.ofChanges(mirror, reader, memory, lock);
    }

    /** A short run has gone first: the refresh that goes on, or another one if what was listed before is no longer there. */
    public MirrorRefresh goOn(@Body Run run, @Variable("requests") MirrorRefresh underWay) {
        if (!run.locks().write().isMirrorWhole()) {
            return begin(run);
        }
        underWay.goOn();
        return underWay;
    }

    /** The refresh has come to its end: the mirror is up to date. */
    public void end(@Body Run run) {
        WriteLock lock = run.locks().write();
        if (run.isListingEverything() && !lock.isMirrorWhole()) {
            lock.setMirrorWhole(true);
        }
        mirror.noteRefreshed(clock.instant(), lock);
        run.mirrorFollowed();
    }

    /**
     * True if a write of somebody who did not give the lock back may still be on its way. In an account that holds nothing of ours, for the
     * first run that Redis has ever seen, there can be none.
     */
    public boolean mustWaitOut(@Body Run run) {
        WriteLock lock = run.locks().write();
        if (lock.isQuiet() && !lock.isQuietForOwner() && !mirror.holdsReceptions()) {
            lock.endQuiet();
        }
        return lock.isQuiet();
    }

    /** Waits until it must have arrived. */
    public void waitOut(@Body Run run) throws InterruptedException {
        run.locks().write().waitOut();
    }

    /** What was begun before and is not on record, to be looked for; then creations may go again. */
    public RequestSequence openIntents(@Body Run run) {
        return creations.leftBehind(run.locks().write());
    }

    /** Whether somebody has named what the run looks at: then amoCRM itself is asked for it. */
    public boolean areNamed(@Body Run run) {
        return run.isByIds() && !run.request().ids().isEmpty();
    }

    /** A look at the deals and contacts of the receptions or patients that somebody has named, as far as they are known. */
    public RequestSequence named(@Body Run run) {
        Set<Long> deals = new TreeSet<>();
        Set<Long> patients = new TreeSet<>();
        List<Long> ids = run.request().ids();
        if (run.isOfReceptions()) {
            memory.receptions(ids).values().forEach(delivered -> {
                deals.add(delivered.deal());
                if (delivered.patient() != null) {
                    patients.add(delivered.patient());
                }
            });
            mirror.dealsOf(ids).values().forEach(deals::addAll);
        } else {
            patients.addAll(ids);
        }
        Set<Long> contacts = new TreeSet<>();
        memory.patients(patients).values().forEach(own -> contacts.add(own.contact()));
        contacts.addAll(mirror.newestContactsOf(patients).values());
        // 0 stands for none.
        deals.remove(0L);
        contacts.remove(0L);
        return new NamedEntities(
                mirror,
                account.tools().reader(),
                new RemovedEntities(mirror, memory),
                run.locks().write(),
                deals,
                contacts);
    }

    /** Everything that was begun before is on record. */
    public void settled(@Body Run run) {
        run.locks().write().endQuiet();
    }
}
