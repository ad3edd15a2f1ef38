package io.identamocrm.endtoend;

import static io.identamocrm.endtoend.Installation.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.identamocrm.clinic.ClinicGenerator;
import io.identamocrm.model.Outcome;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The product on a Redis Cluster of three masters: an account's keys share a slot, so every script and batch finds its node. */
class RedisClusterTest {

    private static final int MASTERS = 3;
    private static final int SLOTS = 16_384;
    private static final int RECEPTIONS = 60;
    private static final List<RedisProcess> NODES = new ArrayList<>();

    @TempDir
    private static Path scratch;

    @RegisterExtension
    private static final Installation INSTALLATION = Installation.filled(
                    ClinicGenerator.Options.deliverable(RECEPTIONS, NOW))
            .with("SYNC_BATCH_SIZE", "10")
            .with("REDIS_LOCK_SECONDS", "7");

    @BeforeAll
    static void startCluster() {
        for (int i = 0; i < MASTERS; i++) {
            NODES.add(RedisProcess.server(scratch, "cluster-enabled yes", "cluster-node-timeout 2000"));
        }
        for (int i = 0; i < MASTERS; i++) {
            ask(
                    i,
                    "CLUSTER ADDSLOTS "
                            + IntStream.range(i * SLOTS / MASTERS, (i + 1) * SLOTS / MASTERS)
                                    .mapToObj(String::valueOf)
                                    .collect(Collectors.joining(" ")));
            ask(i, "CLUSTER MEET 127.0.0.1 " + NODES.get(0).port());
        }
        await().atMost(Duration.ofSeconds(60))
                .until(() -> IntStream.range(0, MASTERS)
                        .allMatch(i -> ask(i, "CLUSTER INFO").contains("cluster_state:ok")));
        INSTALLATION.with(
                "REDIS_URL",
                "redis-cluster://" + RedisProcess.LOGIN + "@127.0.0.1:"
                        + NODES.get(0).port() + ",127.0.0.1:" + NODES.get(1).port());
    }

    @AfterAll
    static void endCluster() {
        NODES.forEach(RedisProcess::close);
    }

    private static String ask(int node, String command) {
        return NODES.get(node).ask(command);
    }

    @Test
    void runs_of_every_kind_deliver_everything_once_and_keep_it_on_one_node() {
        assertThat(INSTALLATION.full().count(Outcome.FAILED)).isZero();
        long fresh = INSTALLATION
                .staff()
                .book(INSTALLATION.patient("8 900 111-22-33"), NOW.plusDays(1), LocalDateTime.now());
        assertThat(INSTALLATION.incremental().count(Outcome.CREATED)).isEqualTo(1);
        assertThat(INSTALLATION.dealsOf(fresh)).hasSize(1);
        int deals = INSTALLATION.account().leads().size();
        assertThat(INSTALLATION.deep().count(Outcome.CREATED)).isZero();
        assertThat(INSTALLATION.account().leads()).hasSize(deals).hasSizeGreaterThan(RECEPTIONS / 2);
        assertThat(IntStream.range(0, MASTERS)
                        .filter(i -> !ask(i, "DBSIZE").equals("0"))
                        .count())
                .isEqualTo(1);
    }

    @Test
    void commands_work() {
        long fresh = INSTALLATION.booked(INSTALLATION.patient("8 900 222-33-44"));
        Terminal terminal = INSTALLATION.terminal();
        assertThat(terminal.run("full-sync", "--dry-run")).as(terminal.errors()).isZero();
        assertThat(terminal.run("full-sync")).as(terminal.errors()).isZero();
        assertThat(terminal.run("explain", "reception", Long.toString(fresh)))
                .as(terminal.errors())
                .isZero();
        assertThat(terminal.output())
                .contains(Long.toString(INSTALLATION.dealOf(fresh).id()));
        assertThat(terminal.run("dead-letters", "retry", "--all"))
                .as(terminal.errors())
                .isZero();
        assertThat(terminal.run("stats")).as(terminal.errors()).isZero();
        assertThat(terminal.run("doctor")).as(terminal.output()).isZero();
        assertThat(terminal.output()).contains("a cluster");
    }
}
