package io.identamocrm.simulation;

import io.identamocrm.sandbox.Faults.Fault;
import io.identamocrm.sandbox.Journal;
import io.identamocrm.sandbox.Requests;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;

/** What happens between two steps of the processes: by chance at its step, the same for the same seed; or only at chosen steps of those. */
final class Events {

    private static final double PROBABILITY = 0.05;
    private static final List<Fault> OF_READS = List.of(
            Fault.SERVER_ERROR,
            Fault.HTML_502,
            Fault.TRUNCATED_JSON,
            Fault.LIST_204,
            Fault.LIST_EMPTY_OBJECT,
            Fault.LIST_MISSING,
            Fault.LIST_NULL,
            Fault.LIST_EMPTY_NEXT,
            Fault.LIST_CUT,
            Fault.ANSWER_CUT,
            Fault.TOO_MANY_REQUESTS_EMPTY);
    private static final List<Fault> OF_WRITES = List.of(
            Fault.WRITE_THEN_504,
            Fault.WRITE_THEN_RESET,
            Fault.RESET_BEFORE_WRITE,
            Fault.SERVER_ERROR,
            Fault.HTML_502,
            Fault.TRUNCATED_JSON,
            Fault.WRITE_THEN_CLOSED,
            Fault.CLOSED_BEFORE_WRITE,
            Fault.ANSWER_CUT,
            Fault.TOO_MANY_REQUESTS,
            Fault.TOO_MANY_REQUESTS_HEADER,
            Fault.TOO_MANY_REQUESTS_EMPTY);

    /** Who or what acts. */
    enum Kind {
        MANAGER,
        REGISTRAR,
        FAULT,
        FREEZE,
        KILL,
        CLOCK,
        REDIS
    }

    private final long seed;
    private final Map<Kind, Integer> counts = new EnumMap<>(Kind.class);
    private final Set<Integer> only;
    private final Set<Integer> happened = new TreeSet<>();
    private boolean kept;

    private Events(long seed, Set<Integer> only) {
        this.seed = seed;
        this.only = only;
    }

    static Events of(long seed) {
        return new Events(seed, null);
    }

    /** Only those of these steps. */
    static Events only(long seed, Set<Integer> steps) {
        return new Events(seed, steps);
    }

    /** The steps at which something happened. */
    Set<Integer> happened() {
        return happened;
    }

    /** How often each kind happened. */
    Map<Kind, Integer> counts() {
        return counts;
    }

    void maybe(int step, World world, PlayedProcess process, String what) {
        if (only != null && !only.contains(step)) {
            return;
        }
        Random chance = new Random(seed * 1_000_003 + step * 7919L);
        chance.nextInt();
        if (chance.nextDouble() >= PROBABILITY) {
            return;
        }
        int percent = chance.nextInt(100);
        Kind kind = percent < 35
                ? Kind.MANAGER
                : percent < 55
                        ? Kind.REGISTRAR
                        : percent < 72
                                ? Kind.FAULT
                                : percent < 78
                                        ? Kind.FREEZE
                                        : percent < 84 ? Kind.KILL : percent < 87 ? Kind.CLOCK : Kind.REDIS;
        String event = happen(world, process, what, chance, kind, percent);
        if (event != null) {
            happened.add(step);
            counts.merge(kind, 1, Integer::sum);
            world.story().event(step, event);
        }
    }

    private String happen(World world, PlayedProcess process, String what, Random chance, Kind kind, int percent) {
        return switch (kind) {
            case MANAGER -> world.account().act(chance);
            case REGISTRAR -> world.clinic().act(chance);
            case FAULT -> fault(world, chance);
            case FREEZE -> {
                PlayedProcess frozen = chance.nextBoolean() ? process : any(world, chance);
                Duration length = Duration.ofSeconds(40 + chance.nextInt(60));
                world.freeze(frozen, length);
                yield frozen.name() + " stands still for " + length.toSeconds() + " s"
                        + (frozen == process ? ", before a step of " + what : "");
            }
            case KILL -> {
                PlayedProcess killed = chance.nextBoolean() ? process : any(world, chance);
                if (killed.isKilled()) {
                    yield null;
                }
                killed.kill();
                yield killed.name() + " is killed" + (killed == process ? ", before a step of " + what : "");
            }
            case CLOCK -> {
                Duration distance = Duration.ofMinutes(chance.nextInt(120) - 60);
                PlayedProcess set = any(world, chance);
                set.setClock(distance);
                yield set.name() + "'s clock is set to " + distance.toMinutes() + " min from the true time";
            }
            case REDIS -> ofRedis(world, chance, percent);
        };
    }

    private static PlayedProcess any(World world, Random chance) {
        return world.processes().get(chance.nextInt(world.processes().size()));
    }

    private static String fault(World world, Random chance) {
        boolean reads = chance.nextBoolean();
        List<Fault> faults = reads ? OF_READS : OF_WRITES;
        Fault fault = faults.get(chance.nextInt(faults.size()));
        boolean list = reads && fault.name().startsWith("LIST_");
        world.sandbox()
                .faults()
                .on(
                        fault,
                        Requests.nth(
                                1,
                                list
                                        ? request -> request.kind() == Journal.Kind.LIST
                                        : reads ? request -> "GET".equals(request.method()) : Requests.writes()));
        return "amoCRM: " + fault.key() + " at the next " + (list ? "list" : reads ? "read" : "write");
    }

    private String ofRedis(World world, Random chance, int percent) {
        Playground playground = world.playground();
        if (percent < 90) {
            playground.emptyRedis();
            world.ledger().lost();
            boolean restarted = chance.nextBoolean();
            if (restarted) {
                world.anotherRedis();
            }
            return "Redis is emptied" + (restarted ? " by a restart" : "");
        }
        if (percent < 93) {
            List<String> keys = playground.keys();
            if (keys.isEmpty()) {
                return null;
            }
            String key = keys.get(chance.nextInt(keys.size()));
            playground.delete(key);
            world.ledger().lost();
            return "Redis loses the key " + key;
        }
        if (percent < 95) {
            List<String> locks = playground.keys().stream()
                    .filter(key -> key.contains("lock:"))
                    .toList();
            locks.forEach(playground::delete);
            return locks.isEmpty() ? null : "Redis loses the locks";
        }
        if (!kept) {
            kept = true;
            playground.keepRedis();
            return "(what Redis holds now may come back later)";
        }
        kept = false;
        playground.rewindRedis();
        world.ledger().lost();
        world.anotherRedis();
        return "Redis goes back to what it held then, on another server";
    }
}
