package io.identamocrm.endtoend;

import static io.identamocrm.endtoend.Installation.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import io.identamocrm.clinic.ClinicGenerator;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** A user of Redis with no more rights than are needed, or with fewer. */
class RedisRightsTest {

    @TempDir
    private Path scratch;

    @RegisterExtension
    private final Installation installation =
            Installation.filled(ClinicGenerator.Options.deliverable(20, NOW)).with("REDIS_LOCK_SECONDS", "7");

    private RedisProcess redis;

    @BeforeEach
    void start() {
        redis = RedisProcess.server(scratch);
        installation.with("REDIS_URL", "redis://" + RedisProcess.LOGIN + "@127.0.0.1:" + redis.port());
    }

    @AfterEach
    void end() {
        redis.close();
    }

    @Test
    void those_that_the_readme_names_are_enough() {
        Terminal terminal = installation.terminal();
        assertThat(terminal.run("full-sync")).as(terminal.errors()).isZero();
        assertThat(terminal.run("deep-sync")).as(terminal.errors()).isZero();
        assertThat(terminal.run("full-sync", "--dry-run")).as(terminal.errors()).isZero();
        assertThat(terminal.run("doctor")).as(terminal.output()).isZero();
        assertThat(terminal.output()).doesNotContain("cannot be told");
    }

    @Test
    void without_info_in_scripts_nothing_starts_and_doctor_names_the_right() {
        redis.ask("ACL SETUSER clinic -info");
        Terminal terminal = installation.terminal();
        assertThat(terminal.run("reception-sync")).isEqualTo(2);
        assertThat(terminal.errors()).contains("INFO", "ACL SETUSER");
        assertThat(terminal.run("doctor")).isEqualTo(2);
        assertThat(terminal.output()).contains("INFO", "ACL SETUSER");
    }

    @Test
    void a_sentinel_taken_for_a_server_is_told_at_once() {
        try (RedisProcess sentinel = RedisProcess.sentinel(scratch)) {
            installation.with("REDIS_URL", "redis://:" + RedisProcess.PASSWORD + "@127.0.0.1:" + sentinel.port());
            Terminal terminal = installation.terminal();
            assertThat(terminal.run("stats")).isEqualTo(3);
            assertThat(terminal.errors()).contains("REDIS_URL calls Sentinels");
        }
    }
}
