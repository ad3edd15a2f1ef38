package io.identamocrm.alerts;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.identamocrm.model.AlertKind;
import io.identamocrm.model.BrakeKind;
import io.identamocrm.model.Language;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What an alert says. */
class AlertWordsTest {

    private static final Instant SINCE = Instant.parse("2026-11-26T11:03:10Z");
    private static final Instant AT = Instant.parse("2026-11-26T11:33:10Z");

    private static AlertMessage message(Language language, Alert alert) {
        String state = alert.kind().key();
        return new AlertWords("myclinic", ZoneId.of("Europe/Moscow"), language, "docs", Set.of(AlertKind.BRAKE))
                .message(new DueAlert(Channel.MAIL, state, alert, 0, AT, null));
    }

    private static Alert of(AlertKind kind, boolean over) {
        String subject = kind == AlertKind.BRAKE ? BrakeKind.CREATIONS.key() : null;
        return new Alert(kind, subject, over, SINCE, AT, 40, 120);
    }

    @Test
    void it_says_what_since_when_what_to_do_and_where_to_read_more() {
        AlertMessage message = message(Language.ENGLISH, of(AlertKind.IDENT_AWAY, false));
        assertThat(message.title()).isEqualTo("ident-amocrm myclinic: IDENT cannot be read");
        assertThat(message.text().lines())
                .containsExactly(
                        "ident-amocrm myclinic: IDENT cannot be read",
                        "Nothing is copied to amoCRM meanwhile, and nothing is lost.",
                        "Since 2026-11-26 14:03:10 (Europe/Moscow)",
                        "What to do: " + AlertText.IDENT_AWAY_DO.english(),
                        "More: docs/runbook.md#alert-identamocrmunreachable");
    }

    @Test
    void an_end_is_told_with_both_times() {
        assertThat(message(Language.RUSSIAN, of(AlertKind.IDENT_AWAY, true))
                        .text()
                        .lines())
                .containsExactly(
                        "ident-amocrm myclinic: IDENT снова читается",
                        "Так было с 2026-11-26 14:03:10 до 2026-11-26 14:33:10 (Europe/Moscow)");
    }

    @Test
    void figures_stand_where_they_belong() {
        assertThat(message(Language.ENGLISH, of(AlertKind.STALE, false)).title())
                .contains("for 40 minutes");
        assertThat(message(Language.RUSSIAN, of(AlertKind.DEAD_LETTERS_GROWING, false))
                        .title())
                .contains("больше на 40, всего 120");
        assertThat(message(Language.ENGLISH, of(AlertKind.BRAKE, false)).text())
                .contains("the brake creations is pulled: 40 of 120 receptions", "brakes release creations");
        Alert token = new Alert(AlertKind.TOKEN_ENDING, null, false, SINCE, AT, AT.getEpochSecond(), 0);
        assertThat(message(Language.ENGLISH, token).title()).endsWith("amoCRM's token ends on 2026-11-26 14:33:10");
    }

    @ParameterizedTest
    @EnumSource(AlertKind.class)
    void every_kind_has_its_words_and_its_heading_in_both_runbooks(AlertKind kind) throws IOException {
        for (Language language : Language.values()) {
            for (boolean over : new boolean[] {false, true}) {
                AlertMessage message = message(language, of(kind, over));
                assertThat(message.text()).doesNotContain("%").startsWith(message.title());
                assertThat(message.text().length()).isLessThan(1000);
            }
        }
        for (String runbook : new String[] {"runbook.md", "runbook.ru.md"}) {
            assertThat(Files.readAllLines(Path.of("docs", runbook)).stream()
                            .filter(line -> line.startsWith("### "))
                            .map(line -> line.substring(4)
                                    .toLowerCase(Locale.ROOT)
                                    .replace(":", "")
                                    .replace(' ', '-')))
                    .contains(kind.anchor());
        }
    }

    @Test
    void programs_get_the_same_as_json() throws IOException {
        JsonNode json = new ObjectMapper()
                .readTree(message(Language.ENGLISH, of(AlertKind.BRAKE, false)).json());
        assertThat(json.path("kind").asText()).isEqualTo("brake");
        assertThat(json.path("subject").asText()).isEqualTo("creations");
        assertThat(json.path("state").asText()).isEqualTo("begun");
        assertThat(json.path("urgent").asBoolean()).isTrue();
        assertThat(json.path("since").asText()).isEqualTo("2026-11-26T11:03:10Z");
        assertThat(json.path("until").isNull()).isTrue();
        assertThat(json.path("count").asInt()).isEqualTo(40);
        assertThat(json.path("text").asText()).contains("What to do");
        assertThat(json.path("runbook").asText()).isEqualTo("docs/runbook.md#alert-identamocrmbrake");
    }
}
