package io.identamocrm.endtoend;

import static io.identamocrm.endtoend.Installation.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.identamocrm.app.CamelRuntime;
import io.identamocrm.clinic.ClinicGenerator;
import io.identamocrm.sandbox.EntityView;
import io.identamocrm.sandbox.Faults.Fault;
import io.identamocrm.sandbox.Faults.Scope;
import io.identamocrm.sandbox.TokenDesk;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Two services and commands on one account at the same time, with fresh changes and a token that ends. */
class ProcessesTogetherTest {

    private static final Duration GOING_ON = Duration.ofSeconds(Integer.getInteger("together.seconds", 8));
    private static final Duration LONG_ENOUGH = Duration.ofSeconds(60);

    @RegisterExtension
    private final Installation installation = Installation.filled(ClinicGenerator.Options.deliverable(300, NOW))
            .atRealPace()
            .withOAuth()
            .asService();

    @Test
    void they_keep_the_rate_renew_tokens_once_and_double_nothing() {
        installation.runtime().authorise(TokenDesk.CODE);
        installation.sandbox().faults().plan(Fault.TOKEN_EXPIRED, Scope.ANY, call -> call == 12);
        try (CamelRuntime other = installation.anotherProcess()) {
            CompletableFuture<Integer> command = CompletableFuture.supplyAsync(this::commandsUntilTheEnd);
            Instant end = Instant.now().plus(GOING_ON);
            int booked = 0;
            while (Instant.now().isBefore(end)) {
                booked++;
                long reception = installation
                        .staff()
                        .book(
                                installation.patient("8 900 7" + (1_000_000 - booked % 500_000)),
                                NOW.plusDays(2).plusMinutes(booked),
                                LocalDateTime.now());
                await().atMost(LONG_ENOUGH)
                        .until(() -> installation.dealsOf(reception).size() == 1);
            }
            assertThat(command.join())
                    .as("exit code of the last command that was not turned away")
                    .isZero();
            assertThat(other.camel().getStatus().isStarted()).isTrue();
        }
        assertThat(installation.sandbox().journal().maxInAnyWindow(Duration.ofSeconds(1)))
                .isLessThanOrEqualTo(7);
        assertThat(installation.sandbox().journal().entries()).noneMatch(entry -> entry.status() == 429);
        assertThat(installation.sandbox().tokens().issuedPairs())
                .as("the first pair and one renewal")
                .isEqualTo(2);
        assertOnePer(Installation.RECEPTION_ID, installation.account().leads());
        assertOnePer(Installation.PATIENT_ID, installation.account().contacts());
    }

    /** A person who starts a full run again and again; exit 5 when a service's run is under way. */
    private int commandsUntilTheEnd() {
        Terminal terminal = installation.terminal();
        Instant end = Instant.now().plus(GOING_ON);
        int last = 0;
        while (Instant.now().isBefore(end)) {
            int exit = terminal.run("reception-sync", "--full");
            last = exit == 5 ? last : exit;
        }
        return last;
    }

    private static void assertOnePer(long field, List<EntityView> entities) {
        Map<String, Long> counts = entities.stream()
                .collect(Collectors.groupingBy(entity -> entity.fields().get(field), Collectors.counting()));
        assertThat(counts)
                .isNotEmpty()
                .allSatisfy((value, count) -> assertThat(count).as(value).isEqualTo(1L));
    }
}
