package io.identamocrm.routes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.identamocrm.amocrm.AmocrmException;
import io.identamocrm.amocrm.SampleFailures;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** {@code errors.camel.yaml} alone, with a route that uses it as those do that begin a conversation with amoCRM. */
class ErrorsRoutesTest {

    private static final String CALLER = "caller";
    private static final String MIDDLE = "direct:middle";
    private static final String AMOCRM = "direct:amocrm";
    private static final String TOLD = "failedAttempts";
    private static final int ATTEMPTS = 7;

    /** As many calls away as there are in {@code routes/}: a caller that repeats, a middle that does not, amoCRM. */
    @RegisterExtension
    private final RouteFile file = RouteFile.named("errors.camel.yaml").beside(new RouteBuilder() {
        @Override
        public void configure() {
            from("direct:caller")
                    .routeId(CALLER)
                    .routeConfigurationId("amocrm-errors")
                    .to("direct:before")
                    .to(MIDDLE)
                    .to("direct:after");
            from(MIDDLE)
                    .routeId("middle")
                    .routeConfigurationId("failures-to-caller")
                    .to("direct:pace")
                    .to(AMOCRM);
        }
    });

    static Stream<AmocrmException> passing() {
        return Stream.of(SampleFailures.away(), SampleFailures.overRate());
    }

    static Stream<Exception> lasting() {
        return Stream.of(
                SampleFailures.blocked(),
                SampleFailures.notAuthorised(),
                SampleFailures.paused(),
                SampleFailures.unclear(),
                new SQLException("IDENT is away"),
                new IllegalStateException("ours"));
    }

    private long calls(String neighbour) {
        return file.calls().stream().filter(neighbour::equals).count();
    }

    @ParameterizedTest
    @MethodSource("passing")
    void a_failure_that_may_pass_is_tried_seven_times_through_the_whole_door_and_then_ends_the_run(
            AmocrmException failure) {
        file.failing(AMOCRM, failure);
        assertThat(file.send(CALLER, "the request").getException()).isSameAs(failure);
        assertThat(file.bodies(AMOCRM)).hasSize(ATTEMPTS).containsOnly("the request");
        assertThat(calls("direct:pace")).as("the pace holds for each attempt").isEqualTo(ATTEMPTS);
        assertThat(calls(TOLD)).as("each failed attempt is told").isEqualTo(ATTEMPTS);
        assertThat(calls("direct:before"))
                .as("only the step that failed is tried again")
                .isEqualTo(1);
        assertThat(calls("direct:after")).isZero();
    }

    @Test
    void it_goes_on_where_it_was_when_the_failure_has_passed() {
        file.on(AMOCRM, call -> {
            if (calls(AMOCRM) < 3) {
                throw SampleFailures.away();
            }
            return "the answer";
        });
        Exchange answered = file.send(CALLER, "the request");
        assertThat(answered.getException()).isNull();
        assertThat(answered.getMessage().getBody()).isEqualTo("the answer");
        assertThat(file.calls()).endsWith(AMOCRM, "direct:after");
        assertThat(calls(TOLD)).isEqualTo(2);
    }

    @ParameterizedTest
    @MethodSource("lasting")
    void every_other_failure_ends_the_run_at_once(Exception failure) {
        file.failing(AMOCRM, failure);
        assertThat(file.send(CALLER, "the request").getException()).isSameAs(failure);
        assertThat(file.calls()).containsExactly("direct:before", "direct:pace", AMOCRM);
    }

    @Test
    void the_first_pause_is_the_settings_and_a_stop_does_not_wait_for_its_end() {
        file.with("amocrm.retry-delay", Long.toString(Duration.ofHours(1).toMillis()))
                .failing(AMOCRM, SampleFailures.away());
        file.camel();
        CompletableFuture<Exchange> run = CompletableFuture.supplyAsync(() -> file.send(CALLER, "the request"));
        await().until(() -> calls(TOLD) == 1);
        file.camel().stop();
        assertThat(run.join().getException()).isInstanceOf(RejectedExecutionException.class);
        assertThat(calls(AMOCRM)).isEqualTo(1);
    }
}
