package io.identamocrm.routes;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.apache.camel.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** {@code deliver.camel.yaml} alone: each of a chunk is decided before the next one, then what is ready is sent. */
class DeliverRoutesTest {

    /** As much of a run as the file looks at. */
    public static final class PlayedRun {
        private int unfinished;

        PlayedRun(int unfinished) {
            this.unfinished = unfinished;
        }

        /** True as often as it was told, then false. */
        public boolean isUnfinished() {
            return unfinished-- > 0;
        }

        /** What is sent. */
        public String writeBuffer() {
            return "the write buffer";
        }
    }

    /** As much of a chunk as the file looks at. */
    public record PlayedChunk(PlayedRun run, List<PlayedCase> cases) {}

    /** As much of a case as the file looks at. */
    public record PlayedCase(int number, boolean isReception) {}

    private final PlayedRun run = new PlayedRun(0);
    private final PlayedCase reception = new PlayedCase(1, true);
    private final PlayedCase patient = new PlayedCase(2, false);

    @RegisterExtension
    private final RouteFile file = RouteFile.named("deliver.camel.yaml").bind("ofReception", (Predicate)
            step -> step.getMessage().getBody(PlayedCase.class).isReception());

    @Test
    void each_case_is_decided_by_its_own_route_and_delivered_before_the_next_one() throws Exception {
        PlayedChunk chunk = new PlayedChunk(run, List.of(reception, patient));
        file.on("syncCases.open", step -> chunk).on("direct:decide", steps -> "the decided reception");
        assertThat(file.ask("deliver", "the chunk as read"))
                .as("what takes a chunk gives it back")
                .isSameAs(chunk);
        assertThat(file.calls())
                .containsExactly(
                        "syncCases.open",
                        "direct:decide",
                        "deliveries.deliver",
                        "direct:decide-patient",
                        "deliveries.deliver",
                        "direct:write",
                        "direct:record-outcomes");
        assertThat(file.bodies("direct:decide")).containsExactly(reception);
        assertThat(file.bodies("deliveries.deliver")).containsExactly("the decided reception", patient);
        assertThat(file.bodies("direct:write")).containsExactly("the write buffer");
        assertThat(file.bodies("direct:record-outcomes")).containsExactly(run);
    }

    @Test
    void a_delivery_knows_its_run() throws Exception {
        file.on("syncCases.open", step -> new PlayedChunk(run, List.of(reception)));
        file.on("deliveries.deliver", step -> {
            assertThat(step.getVariable("run")).isSameAs(run);
            return null;
        });
        file.ask("deliver", "the chunk as read");
        assertThat(file.bodies("deliveries.deliver")).hasSize(1);
    }

    @Test
    void a_decision_that_cannot_be_taken_ends_the_chunk() {
        file.on("syncCases.open", step -> new PlayedChunk(run, List.of(reception, reception)));
        file.failing("direct:decide", new IllegalStateException("Redis is away"));
        assertThat(file.send("deliver", "the chunk as read").getException()).hasStackTraceContaining("Redis is away");
        assertThat(file.bodies("direct:decide")).hasSize(1);
        assertThat(file.calls()).doesNotContain("direct:write");
    }

    @Test
    void at_the_end_what_came_back_is_decided_again_and_the_rest_sent_until_nothing_is_left() throws Exception {
        PlayedRun twice = new PlayedRun(2);
        PlayedChunk returned = new PlayedChunk(twice, List.of());
        file.on("chunks.returned", ask -> returned).on("syncCases.open", step -> returned);
        assertThat(file.ask("deliver-rest", twice)).isSameAs(twice);
        assertThat(file.calls())
                .containsExactly(
                        "chunks.returned",
                        "syncCases.open",
                        "direct:write",
                        "direct:record-outcomes",
                        "writeBuffers.flush",
                        "direct:write",
                        "direct:record-outcomes",
                        "chunks.returned",
                        "syncCases.open",
                        "direct:write",
                        "direct:record-outcomes",
                        "writeBuffers.flush",
                        "direct:write",
                        "direct:record-outcomes");
        assertThat(file.bodies("writeBuffers.flush")).containsOnly(twice);
    }

    @Test
    void a_run_with_nothing_left_sends_nothing() throws Exception {
        assertThat(file.ask("deliver-rest", run)).isSameAs(run);
        assertThat(file.calls()).isEmpty();
    }
}
