package io.identamocrm.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.identamocrm.app.CamelRuntime;
import io.identamocrm.clinic.ClinicGenerator;
import io.identamocrm.state.StateFormat;
import io.identamocrm.sync.Run;
import io.identamocrm.sync.RunRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.redisson.Redisson;
import org.redisson.api.RBucket;
import org.redisson.api.RedissonClient;
import org.redisson.client.codec.StringCodec;
import org.redisson.config.Config;

/**
 * The form of the state in Redis has a number: older state is read, newer state is left alone. When the form changes so that an older
 * program would misread it, {@link StateFormat#OURS} is to be raised, and the state of the form before to be kept in a file of its own.
 */
class StateFormatTest {

    /** Written by a build before 0.1.0, which put down no number, in the test below, where the file was missing. */
    private static final Path FIRST = Path.of("src/test/resources/state/format-1.json");

    private static final String PREFIX = "ident-amocrm:{sandbox}:";

    @RegisterExtension
    private final Installation installation = Installation.filled(ClinicGenerator.Options.of(40, Installation.NOW));

    private final Terminal terminal = installation.terminal();
    private RedissonClient redis;
    private RBucket<String> format;

    @BeforeEach
    void connect() {
        Config config = new Config();
        config.useSingleServer().setAddress("redis://127.0.0.1:" + installation.redisPort());
        redis = Redisson.create(config);
        format = redis.getBucket(PREFIX + "format", StringCodec.INSTANCE);
    }

    @AfterEach
    void disconnect() {
        redis.shutdown();
    }

    private static JsonNode first() throws IOException {
        return new ObjectMapper().readTree(FIRST.toFile());
    }

    @Test
    void the_first_use_writes_the_number_and_checks_write_nothing() {
        assertThat(terminal.run("stats")).isZero();
        assertThat(terminal.run("doctor")).isZero();
        assertThat(terminal.output()).contains("none with a format yet");
        assertThat(format.get()).isNull();
        assertThat(terminal.run("patient-sync")).isZero();
        assertThat(format.get()).isEqualTo(Integer.toString(StateFormat.OURS));
        assertThat(terminal.run("doctor")).isZero();
        assertThat(terminal.output()).containsPattern("Redis state +format " + StateFormat.OURS);
    }

    @ParameterizedTest
    @ValueSource(strings = {"patient-sync", "stats", "dead-letters list", "explain reception 1", "fields", "service"})
    void an_older_program_leaves_newer_state_alone(String command) {
        String newer = Integer.toString(StateFormat.OURS + 1);
        format.set(newer);
        assertThat(terminal.run(command.split(" "))).isEqualTo(2);
        assertThat(terminal.errors().lines())
                .singleElement()
                .asString()
                .contains(
                        "written by a newer version (format " + newer + ", this program knows " + StateFormat.OURS
                                + ")",
                        "start the newer version",
                        PREFIX + "*");
        assertThat(redis.getKeys().getKeys()).containsExactly(PREFIX + "format");
        assertThat(format.get()).isEqualTo(newer);
    }

    @Test
    void the_doctor_says_so_too() {
        format.set("what nobody knows");
        assertThat(terminal.run("doctor")).isEqualTo(2);
        assertThat(terminal.output()).contains("PROBLEM", "written by a newer version (format what nobody knows");
    }

    @Test
    void state_of_the_first_form_is_read() throws IOException {
        StateDump.load(first(), redis);
        CamelRuntime runtime = installation.runtime();
        assertThat(format.get()).isEqualTo(Integer.toString(StateFormat.OURS));
        assertThat(StateDump.ids(first(), PREFIX + "memory:receptions"))
                .hasSizeGreaterThan(20)
                .allSatisfy(id -> assertThat(runtime.lastSentStatus(id)).isNotNull());
        assertThat(runtime.mirror().deals(StateDump.ids(first(), PREFIX + "mirror:deals")))
                .hasSizeGreaterThan(20)
                .allSatisfy((id, deal) -> assertThat(deal.receptionId()).isNotNull());
        assertThat(runtime.deadLetters(Run.Kind.RECEPTIONS).all().keySet())
                .isNotEmpty()
                .isEqualTo(StateDump.ids(first(), PREFIX + "dead-letters:receptions"));
        assertThat(runtime.history().lastRuns())
                .hasSize(first().path(PREFIX + "statistics:runs").path("list").size());
        assertThat(runtime.cursors().readUpTo("receptions")).isNotNull();
        assertThat(terminal.run("stats")).as(terminal.errors()).isZero();
        assertThat(terminal.run("dead-letters", "list")).as(terminal.errors()).isZero();
    }

    @Test
    void this_program_still_writes_the_form_that_its_number_tells() throws IOException {
        installation.staff().book(null, Installation.NOW.plusDays(1), Installation.NOW);
        installation.full();
        installation.runtime().patients(RunRequest.full());
        installation.incremental();
        ObjectNode dump = StateDump.of(redis, PREFIX + "*");
        dump.remove(PREFIX + "format");
        if (Files.notExists(FIRST)) {
            Files.createDirectories(FIRST.getParent());
            new ObjectMapper().writerWithDefaultPrettyPrinter().writeValue(FIRST.toFile(), dump);
        }
        assertThat(StateDump.shape(dump)).isEqualTo(StateDump.shape(first()));
    }
}
