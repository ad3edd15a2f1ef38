package io.identamocrm.endtoend;

import static io.identamocrm.endtoend.Installation.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.identamocrm.clinic.SampleClinic;
import io.identamocrm.sandbox.Faults.Fault;
import io.identamocrm.sandbox.Note;
import io.identamocrm.sandbox.Requests;
import io.identamocrm.sandbox.Task;
import io.identamocrm.sync.RunUnderWayException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** {@code kill -9} around the moment at which managers are told: the next run tells what is left, and nothing twice. */
class FollowUpsKilledIT {

    private static final int CANCELLED = 30;
    private static final int COMPLETED = 30;
    private static final Duration LONG_ENOUGH = Duration.ofSeconds(90);
    /** What a run sends for these: listings, looks at deals and changes of them, looks before tasks, tasks and notes. */
    private static final int MOST_REQUESTS = 18;

    private static final Random RANDOM = new Random(20261126);

    @TempDir
    private Path scratch;

    @RegisterExtension
    private final Installation installation = Installation.beside(() -> SampleClinic.inFile(scratch.resolve("ident")))
            .with("SYNC_BATCH_SIZE", "10")
            .with("REDIS_LOCK_SECONDS", "7")
            .with("FOLLOW_UP_PRIMARY_CANCELLED", "task")
            .with("FOLLOW_UP_PRIMARY_COMPLETED", "note")
            .withFaults(faults -> faults.slowBy(Duration.ofMillis(25)).always(Fault.SLOW));

    static IntStream kills() {
        return IntStream.rangeClosed(1, Integer.getInteger("kills", 5));
    }

    @ParameterizedTest
    @MethodSource("kills")
    void killed_at_a_random_moment(int kill) throws Exception {
        List<Long> receptions = IntStream.range(0, CANCELLED + COMPLETED)
                .mapToObj(i -> installation
                        .staff()
                        .book(
                                installation.patient("8 900 7" + (100_000 + i)),
                                NOW.plusDays(1).plusMinutes(i),
                                LocalDateTime.now()))
                .toList();
        installation.full();
        receptions
                .subList(0, CANCELLED)
                .forEach(reception -> installation.staff().cancel(reception, LocalDateTime.now()));
        receptions
                .subList(CANCELLED, receptions.size())
                .forEach(reception -> installation.staff().complete(reception, LocalDateTime.now()));
        installation.restart();

        AtomicInteger seen = new AtomicInteger();
        installation.sandbox().hooks().before(Requests.any(), request -> seen.incrementAndGet());
        int afterRequest = 2 + RANDOM.nextInt(MOST_REQUESTS);
        long thenNanos = Duration.ofMillis(RANDOM.nextInt(40)).toNanos();
        Process process = installation.process(scratch, "reception-sync");
        await().atMost(LONG_ENOUGH)
                .pollInterval(Duration.ofMillis(2))
                .until(() -> seen.get() >= afterRequest || !process.isAlive());
        LockSupport.parkNanos(thenNanos);
        process.destroyForcibly().waitFor();
        int atTheKill = installation.account().tasks().size();

        await().atMost(LONG_ENOUGH)
                .ignoreException(RunUnderWayException.class)
                .until(() -> installation.incremental() != null);
        List<String> told = Stream.concat(
                        installation.account().tasks().stream().map(Task::text),
                        installation.account().notes().stream().map(Note::text))
                .toList();
        assertThat(told)
                .as(
                        "kill %d, %d ms after request %d, at %d tasks",
                        kill, thenNanos / 1_000_000, afterRequest, atTheKill)
                .doesNotHaveDuplicates()
                .hasSize(CANCELLED + COMPLETED);
    }
}
