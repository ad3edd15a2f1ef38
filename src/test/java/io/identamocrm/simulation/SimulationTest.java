package io.identamocrm.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * A reception has one deal and a patient one contact, whatever is lost, late, killed or repeated: seeds are played. One is played again by
 * {@code -Dsimulation.seed=N} beside {@code -Dsimulation.seeds=N}, which says how many. A few seeds still find something, so that the gate
 * does not play them yet.
 */
@EnabledIfSystemProperty(named = "simulation.seeds", matches = "[1-9]\\d*")
class SimulationTest {

    private static final int SEEDS = Integer.getInteger("simulation.seeds", 200);
    private static final Long SEED = Long.getLong("simulation.seed");
    private static final boolean SHRINK = !Boolean.getBoolean("simulation.whole");
    private static final int PLAYED_TWICE = 20;
    private static final int MOST_REPLAYS = 60;

    private static final Playground PLAYGROUND = new Playground();

    @AfterAll
    static void close() {
        PLAYGROUND.close();
    }

    /** What became of a world. */
    private record Played(List<String> broken, List<String> story, Set<Integer> steps) {
    }

    private static Played play(long seed, Events events) {
        World world = new World(seed, PLAYGROUND, events);
        List<String> broken;
        try {
            broken = world.play();
        } catch (RuntimeException e) {
            broken = List.of("the world came to no end: " + e);
        }
        return new Played(broken, world.story().lines(), events.happened());
    }

    @Test
    void nothing_is_doubled_undone_or_lost_in_any_world() {
        List<String> failures = new ArrayList<>();
        long first = SEED == null ? 1 : SEED;
        long last = SEED == null ? SEEDS : SEED;
        for (long seed = first; seed <= last; seed++) {
            Played played = play(seed, Events.of(seed));
            if (!played.broken().isEmpty()) {
                failures.add(tell(seed, SHRINK ? shortest(seed, played) : played));
            }
        }
        assertThat(failures).as("worlds in which something was doubled, undone or lost").isEmpty();
    }

    /** Leaves out one event after the other for as long as the world still fails. */
    private static Played shortest(long seed, Played failed) {
        Played shortest = failed;
        int replays = 0;
        for (Integer step : List.copyOf(failed.steps()).stream().sorted((one, other) -> other - one).toList()) {
            if (++replays > MOST_REPLAYS) {
                break;
            }
            Set<Integer> fewer = new TreeSet<>(shortest.steps());
            fewer.remove(step);
            Played again = play(seed, Events.only(seed, fewer));
            if (!again.broken().isEmpty()) {
                shortest = again;
            }
        }
        return shortest;
    }

    private static String tell(long seed, Played played) {
        return "\nSeed " + seed + " (play it again with -Dsimulation.seed=" + seed + "):\n  " + String.join("\n  ", played.broken())
                + "\nThe shortest story:\n  " + String.join("\n  ", played.story()) + "\n";
    }

    @Test
    void a_seed_tells_the_same_story_each_time() {
        for (long seed = 1; seed <= PLAYED_TWICE; seed++) {
            List<String> story = play(seed, Events.of(seed)).story();
            assertThat(play(seed, Events.of(seed)).story()).as("story of seed " + seed).isEqualTo(story);
        }
    }
}
