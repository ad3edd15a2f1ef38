package io.identamocrm.state;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The account's write lock and the manifest of its mirror, as one process sees them.
 *
 * @param scripts  run in the account's Redis
 * @param keys     names its keys
 * @param mirror   the keys whose sizes the manifest holds
 * @param owners   the runs of this process
 * @param lease    how long locks are believed
 * @param settings fingerprint of the settings that all processes of an account must have in common
 * @param alive    for how long after a run no process with other such settings may write: longer than a service is idle; zero for commands
 */
public record WriteLocks(
        Scripts scripts,
        RedisKeys keys,
        List<String> mirror,
        Owners owners,
        Lease lease,
        String settings,
        Duration alive) {

    public WriteLocks {
        mirror = List.copyOf(mirror);
    }

    /**
     * The lock as a run sees it.
     *
     * @param owner the run's name
     * @param kind  the lock of its kind, which lasts as long as it works; null for a dry run
     */
    public WriteLock of(String owner, @Nullable RunLock kind) {
        return new WriteLock(this, owner, kind == null ? null : kind.key());
    }

    String key() {
        return keys.of("lock:writer");
    }

    String wish() {
        return keys.of("lock:writer:wish");
    }

    /** Small facts about the mirror, and who may write it. */
    public String manifest() {
        return keys.of("mirror:manifest");
    }
}
