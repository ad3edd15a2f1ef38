package io.identamocrm.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.core.appender.AppenderLoggingException;
import org.apache.logging.log4j.message.SimpleMessage;
import org.apache.logging.log4j.status.StatusData;
import org.junit.jupiter.api.Test;

/** What is said when the log cannot be written. */
class LogTroubleTest {

    private static final Instant START = Instant.parse("2026-11-26T09:00:00Z");

    private final ByteArrayOutputStream said = new ByteArrayOutputStream();

    private LogTrouble at(Instant now) {
        return new LogTrouble(new PrintStream(said, true, StandardCharsets.UTF_8), Clock.fixed(now, ZoneOffset.UTC));
    }

    private static StatusData fullDisk() {
        return new StatusData(
                null,
                Level.ERROR,
                new SimpleMessage("An exception occurred processing Appender text-file"),
                new AppenderLoggingException(
                        "Error writing to stream /x/app.log", new IOException("No space left on device")),
                "main");
    }

    @Test
    void a_full_disk_is_one_plain_line_however_often_it_is_met() {
        LogTrouble trouble = at(START);
        for (int line = 0; line < 100; line++) {
            trouble.log(fullDisk());
        }
        assertThat(said.toString(StandardCharsets.UTF_8).lines())
                .singleElement()
                .asString()
                .contains("No space left on device", "the work goes on", "LOG_FILE");
    }

    @Test
    void it_is_told_again_after_a_while() {
        Clock[] now = {Clock.fixed(START, ZoneOffset.UTC)};
        LogTrouble trouble = new LogTrouble(new PrintStream(said, true, StandardCharsets.UTF_8), new Clock() {
            @Override
            public ZoneOffset getZone() {
                return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(java.time.ZoneId zone) {
                return this;
            }

            @Override
            public Instant instant() {
                return now[0].instant();
            }
        });
        trouble.log(fullDisk());
        now[0] = Clock.fixed(START.plus(Duration.ofMinutes(16)), ZoneOffset.UTC);
        trouble.log(fullDisk());
        assertThat(said.toString(StandardCharsets.UTF_8).lines()).hasSize(2);
    }
}
