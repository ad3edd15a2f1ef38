package io.identamocrm.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** How far a run has come, for somebody at a terminal and for a file. */
class ProgressTest {

    private final StringWriter written = new StringWriter();

    private String progress(boolean terminal, Duration every) {
        try (Progress progress =
                new Progress(new PrintWriter(written), "receptions", 40, terminal, every, () -> "7 requests")) {
            for (int i = 0; i < 30; i++) {
                progress.step();
            }
        }
        return written.toString();
    }

    @Test
    void on_a_terminal_it_is_one_line_that_is_drawn_again() {
        assertThat(progress(true, Duration.ofHours(1)))
                .startsWith("\r")
                .contains("receptions", "30/40", "7 requests")
                .endsWith("\n")
                .containsOnlyOnce("\n");
        assertThat(written.toString().split("[\r\n]+")).allMatch(line -> line.length() < 80);
    }

    @Test
    void what_is_logged_meanwhile_stands_on_a_line_of_its_own_and_the_bar_below_it() {
        PrintStream before = System.err;
        ByteArrayOutputStream screen = new ByteArrayOutputStream();
        PrintStream terminal = new PrintStream(screen, true, StandardCharsets.UTF_8);
        System.setErr(terminal);
        try (Progress progress =
                new Progress(new PrintWriter(terminal, true), "receptions", 40, true, Duration.ofHours(1), () -> "")) {
            await().until(() -> screen.toString(StandardCharsets.UTF_8).contains("receptions"));
            System.err.println("WARN amoCRM is slow");
            progress.step();
        } finally {
            assertThat(System.err).as("afterwards it is as it was").isSameAs(terminal);
            System.setErr(before);
        }
        assertThat(screen.toString(StandardCharsets.UTF_8))
                .containsPattern("\r +\rWARN amoCRM is slow\n")
                .endsWith("\n");
    }

    @Test
    void a_rate_is_told_when_it_can_be() {
        assertThat(progress(true, Duration.ofHours(1))).doesNotContain("?");
    }

    @Test
    void nothing_is_told_of_the_pace_before_the_first_one_is_done() {
        for (boolean terminal : new boolean[] {true, false}) {
            new Progress(new PrintWriter(written), "receptions", 40, terminal, Duration.ZERO, () -> "7 requests")
                    .close();
        }
        assertThat(written.toString())
                .contains("0/40", "0 of 40 receptions, 7 requests")
                .doesNotContain("?", "/s", "a second", "to go", "left");
    }

    @Test
    void elsewhere_it_is_lines_without_control_characters() {
        assertThat(progress(false, Duration.ZERO))
                .doesNotContain("\r")
                .containsPattern("30 of 40 receptions, \\d+ a second, about \\d+ s to go, 7 requests\n$");
    }

    @Test
    void a_short_run_says_nothing_where_there_is_no_terminal() {
        assertThat(progress(false, Duration.ofHours(1))).isEmpty();
    }
}
