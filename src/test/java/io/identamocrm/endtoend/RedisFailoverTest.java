package io.identamocrm.endtoend;

import static io.identamocrm.endtoend.Installation.NOW;
import static io.identamocrm.sandbox.Requests.nth;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.identamocrm.app.CamelRuntime;
import io.identamocrm.clinic.ClinicGenerator;
import io.identamocrm.model.Outcome;
import io.identamocrm.sandbox.EntityView;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * Sentinel makes an asynchronous replica the master, which lacks the last that was written: locks, intents, rows of the mirror. All in real
 * time, on real servers.
 */
class RedisFailoverTest {

    private static final Duration LONG_ENOUGH = Duration.ofSeconds(60);
    private static final int RECEPTIONS = 120;
    private static final String COMPLEX = "/api/v4/leads/complex";

    @TempDir
    private Path scratch;

    @RegisterExtension
    private final Installation installation = Installation.filled(ClinicGenerator.Options.deliverable(RECEPTIONS, NOW))
            .with("SYNC_BATCH_SIZE", "10")
            .with("REDIS_LOCK_SECONDS", "7");

    private RedisProcess master;
    private RedisProcess replica;
    private RedisProcess sentinel;

    @BeforeEach
    void start() {
        master = RedisProcess.server(scratch);
        replica = RedisProcess.server(scratch, "replicaof 127.0.0.1 " + master.port());
        await().atMost(LONG_ENOUGH).until(() -> replica.ask("INFO replication").contains("master_link_status:up"));
        sentinel = RedisProcess.sentinel(
                scratch,
                "sentinel monitor clinic 127.0.0.1 " + master.port() + " 1",
                "sentinel auth-pass clinic " + RedisProcess.PASSWORD,
                "sentinel down-after-milliseconds clinic 2000",
                "sentinel failover-timeout clinic 5000");
        await().atMost(LONG_ENOUGH)
                .until(() -> sentinel.ask("SENTINEL replicas clinic").contains("127.0.0.1:" + replica.port()));
        installation
                .with("REDIS_SENTINEL_PASSWORD", RedisProcess.PASSWORD)
                .with(
                        "REDIS_URL",
                        "redis-sentinel://" + RedisProcess.LOGIN + "@127.0.0.1:" + sentinel.port() + "/clinic");
    }

    @AfterEach
    void end() {
        List.of(sentinel, replica, master).forEach(RedisProcess::close);
    }

    @Test
    void in_mid_run_it_doubles_nothing_and_the_next_run_works_without_a_restart() {
        failOverInMidRun();
        assertThatThrownBy(installation::full).isInstanceOf(Exception.class);
        awaitNewMaster();
        await().atMost(LONG_ENOUGH)
                .ignoreExceptions()
                .until(() -> installation.full().count(Outcome.FAILED) == 0);
        everythingIsDeliveredOnce();
    }

    @Test
    void under_two_services_it_doubles_nothing_and_both_go_on() throws Exception {
        installation.asService();
        failOverInMidRun();
        installation.runtime();
        try (CamelRuntime other = installation.anotherProcess()) {
            awaitNewMaster();
            await().atMost(LONG_ENOUGH).untilAsserted(this::everythingIsDeliveredOnce);
            installation.restart();
            long fresh = installation
                    .staff()
                    .book(installation.patient("8 900 111-22-33"), NOW.plusDays(2), LocalDateTime.now());
            await().atMost(LONG_ENOUGH).until(() -> installation.dealsOf(fresh).size() == 1);
            everythingIsDeliveredOnce();
            assertThat(other.camel().isStarted()).as("the other one goes on").isTrue();
        }
    }

    /** Of the writes since the second creation the replica hears nothing, and at the fourth the master dies. */
    private void failOverInMidRun() {
        installation.sandbox().hooks().before(nth(2, "POST", COMPLEX), request -> {
            master.ask("WAIT 1 10000");
            replica.ask("REPLICAOF 127.0.0.1 1");
        });
        installation.sandbox().hooks().before(nth(4, "POST", COMPLEX), request -> master.kill());
    }

    private void awaitNewMaster() {
        await().atMost(LONG_ENOUGH).until(() -> replica.ask("INFO replication").contains("role:master"));
    }

    private void everythingIsDeliveredOnce() {
        assertThat(installation.account().leads().stream()
                        .map(lead -> lead.fields().get(Installation.RECEPTION_ID))
                        .filter(Objects::nonNull))
                .hasSizeGreaterThanOrEqualTo(RECEPTIONS)
                .doesNotHaveDuplicates();
        assertThat(installation.account().contacts().stream()
                        .map(EntityView::fields)
                        .map(fields -> fields.get(Installation.PATIENT_ID))
                        .filter(Objects::nonNull))
                .doesNotHaveDuplicates();
    }
}
