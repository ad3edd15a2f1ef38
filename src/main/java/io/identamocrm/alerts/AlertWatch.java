package io.identamocrm.alerts;

import io.identamocrm.model.AlertKind;
import io.identamocrm.ops.HealthMonitor.Health;
import io.identamocrm.state.AlertMemory;
import io.identamocrm.state.AlertStates;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.redisson.client.RedisException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sees which states have changed, and notes what is to be told of it. All processes of the account do so together, by what they remember in
 * Redis: each change is told once, whichever of them sees it first, and a restart tells nothing again. That Redis itself is away each
 * process tells for itself, once, from its own memory; everything else waits until it is back. If Redis was emptied, what is not well is
 * told again, once, and no recovery of what was told before.
 */
public final class AlertWatch {

    private static final Logger LOG = LoggerFactory.getLogger(AlertWatch.class);
    /** So many looks that a process does not take are enough to no longer count its word. */
    private static final int LOOKS = 4;

    private final Supplier<Health> health;
    private final Troubles troubles;
    private final AlertStates shared;
    private final AlertMemory own = new ProcessMemory();
    private final AlertQueue queue;
    private final String process;
    private final Duration hold;
    private final Duration counts;
    private final Clock clock;

    /**
     * The watch of one process.
     *
     * @param health   what was shown last; null before the first look
     * @param process  as no other is called
     * @param hold     for how long a state must last until it is told
     * @param interval between two looks
     */
    public AlertWatch(
            Supplier<Health> health,
            Troubles troubles,
            AlertStates shared,
            AlertQueue queue,
            String process,
            Duration hold,
            Duration interval,
            Clock clock) {
        this.health = health;
        this.troubles = troubles;
        this.shared = shared;
        this.queue = queue;
        this.process = process;
        this.hold = hold;
        this.counts = interval.multipliedBy(LOOKS);
        this.clock = clock;
    }

    /** Looks at what health has shown last; returns what is to be told by now. */
    public List<DueAlert> look() {
        Health now = health.get();
        if (now == null) {
            return List.of();
        }
        boolean redis = now.redis() == null;
        Map<String, Trouble> ofRedis = redis ? Map.of() : byId(List.of(Trouble.of(AlertKind.REDIS_AWAY)));
        note(own, ofRedis, ofRedis.keySet());
        List<DueAlert> due = new ArrayList<>(queue.due(own));
        if (redis) {
            try {
                Map<String, Trouble> mine =
                        byId(troubles.of(now, shared.growthOfDeadLetters(now.deadLetterCount(), now.at())));
                Set<String> seen = shared.report(process, counts, mine.keySet());
                mine.values().removeIf(Trouble::caused);
                note(shared, mine, seen);
                due.addAll(queue.due(shared));
            } catch (RedisException e) {
                LOG.debug(
                        "Redis went while alerts were looked at: {}",
                        e.getClass().getSimpleName());
            }
        }
        return due;
    }

    private static Map<String, Trouble> byId(List<Trouble> troubles) {
        Map<String, Trouble> byId = new LinkedHashMap<>();
        troubles.forEach(trouble -> byId.put(trouble.id(), trouble));
        return byId;
    }

    private void note(AlertMemory memory, Map<String, Trouble> mine, Set<String> seen) {
        Map<String, String> states = memory.states();
        Set<String> ids = new TreeSet<>(states.keySet());
        ids.addAll(mine.keySet());
        for (String id : ids) {
            String stored = states.get(id);
            AlertRule.Step step = AlertRule.next(
                    id, AlertRule.State.of(stored), mine.get(id), seen.contains(id), clock.instant(), hold);
            String after = step.after().stored();
            boolean changed = after == null ? stored != null : !after.equals(stored);
            if (changed) {
                memory.change(id, stored, after, step.alert() == null ? Map.of() : queue.toTell(id, step.alert()));
            }
        }
    }
}
