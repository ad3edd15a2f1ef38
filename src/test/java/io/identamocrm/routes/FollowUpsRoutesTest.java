package io.identamocrm.routes;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.apache.camel.support.processor.idempotent.MemoryIdempotentRepository;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code follow-ups.camel.yaml} alone: what is open is read, looked for, filled in and sent, each once. */
class FollowUpsRoutesTest {

    /** As much of a piece as the file looks at. */
    public record PlayedPiece(List<Long> receptions) {}

    /** One after the other. */
    public static final class PlayedPieces {
        private final Iterator<PlayedPiece> pieces;

        PlayedPieces(PlayedPiece... pieces) {
            this.pieces = List.of(pieces).iterator();
        }

        /** Called by the route. */
        public boolean hasNext() {
            return pieces.hasNext();
        }

        /** Called by the route. */
        public PlayedPiece next() {
            return pieces.next();
        }
    }

    /** As much of an item as the file looks at. */
    public record PlayedItem(String key) {}

    /** As much of a round as the file looks at: so many batches. */
    public static final class PlayedRound {
        private final List<PlayedItem> items;
        private int batches;

        PlayedRound(List<PlayedItem> items, int batches) {
            this.items = items;
            this.batches = batches;
        }

        /** Called by the route. */
        public List<PlayedItem> items() {
            return items;
        }

        /** Called by the route. */
        public boolean hasBatch() {
            return batches > 0;
        }

        /** Called by the route. */
        public String takeBatch() {
            return "batch " + batches--;
        }
    }

    /** As much of a batch as the file looks at. */
    public record PlayedBatch(String answer) {

        /** Called by the route. */
        public boolean isConfirmed() {
            return answer.equals("confirmed");
        }

        /** Called by the route. */
        public boolean isRefused() {
            return answer.equals("refused");
        }

        /** Called by the route. */
        public boolean isUnclear() {
            return answer.equals("unclear");
        }

        /** Called by the route. */
        public boolean isNotSent() {
            return answer.equals("not sent");
        }
    }

    /** The enricher's strategy. */
    public static final class Joining {
        /** Called by the route. */
        public Object sent(Object batch, Object response) {
            return new PlayedBatch(String.valueOf(response));
        }
    }

    private final MemoryIdempotentRepository once = new MemoryIdempotentRepository();

    @RegisterExtension
    private final RouteFile file =
            RouteFile.named("follow-ups.camel.yaml").bind("followUpsOnce", once).bind("followUpBatches", new Joining());

    @Test
    void each_piece_is_read_and_sent_before_the_next_one_and_the_run_comes_out_again() throws Exception {
        PlayedPieces pieces = new PlayedPieces(new PlayedPiece(List.of(7L, 8L)), new PlayedPiece(List.of(9L)));
        file.without("send-follow-ups");
        file.on("openFollowUps.begin", ask -> pieces).on("openFollowUps.join", step -> "a round");
        assertThat(file.ask("follow-ups", "the run")).isEqualTo("the run");
        assertThat(file.calls())
                .containsExactly(
                        "openFollowUps.begin",
                        "sql:receptions.sql",
                        "openFollowUps.join",
                        "direct:send-follow-ups",
                        "sql:receptions.sql",
                        "openFollowUps.join",
                        "direct:send-follow-ups",
                        "openFollowUps.end");
        assertThat(file.bodies("direct:send-follow-ups")).containsOnly("a round");
        assertThat(file.bodies("openFollowUps.end")).containsExactly("the run");
    }

    @Test
    void when_one_cannot_be_sent_the_run_hears_of_it_and_the_doubt_does_not_end() {
        file.without("send-follow-ups");
        file.on("openFollowUps.begin", ask -> new PlayedPieces(new PlayedPiece(List.of(7L))));
        file.failing("direct:send-follow-ups", new IllegalStateException("amoCRM is away"));
        assertThat(file.send("follow-ups", "the run").getException()).hasStackTraceContaining("amoCRM is away");
        assertThat(file.calls()).doesNotContain("openFollowUps.end");
    }

    @Test
    void amocrm_is_looked_at_first_and_what_is_done_by_now_passes_no_second_time() throws Exception {
        once.start();
        once.add("7:booked:x");
        Set<PlayedItem> items = new LinkedHashSet<>(List.of(new PlayedItem("7:booked:x"), new PlayedItem("8:moved:y")));
        PlayedRound round = new PlayedRound(List.copyOf(items), 2);
        file.without("follow-up-batch");
        file.on("followUpLooks.begin", ask -> "the look").on("followUpBatches.keepNew", step -> round);
        file.ask("send-follow-ups", round);
        assertThat(file.calls())
                .containsExactly(
                        "followUpLooks.begin",
                        "direct:ask-amocrm",
                        "followUpBatches.keepNew",
                        "followUpTemplates.fill",
                        "followUpBatches.collect",
                        "direct:follow-up-batch",
                        "direct:follow-up-batch");
        assertThat(file.bodies("direct:ask-amocrm")).containsExactly("the look");
        assertThat(file.bodies("followUpTemplates.fill")).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({"confirmed, confirm", "refused, refuse", "not sent, sendAgain"})
    void what_follows_from_an_answer(String answer, String step) throws Exception {
        file.on("direct:amocrm-repeated", request -> answer);
        file.ask("follow-up-batch", "a batch");
        assertThat(file.calls())
                .containsExactly(
                        "followUpBatches.note",
                        "followUpBatches.request",
                        "direct:amocrm-repeated",
                        "followUpBatches." + step);
    }

    @Test
    void after_a_lost_answer_amocrm_is_looked_at_before_anything_goes_again() throws Exception {
        file.on("direct:amocrm-repeated", request -> "unclear").on("followUpLooks.overTime", ask -> "the look");
        file.ask("follow-up-batch", "a batch");
        assertThat(file.calls())
                .containsExactly(
                        "followUpBatches.note",
                        "followUpBatches.request",
                        "direct:amocrm-repeated",
                        "followUpLooks.overTime",
                        "direct:ask-amocrm",
                        "followUpBatches.settle");
    }

    @Test
    void nothing_is_sent_that_is_not_on_record() {
        file.failing("followUpBatches.note", new IllegalStateException("the lock is lost"));
        assertThat(file.send("follow-up-batch", "a batch").getException()).hasStackTraceContaining("the lock is lost");
        assertThat(file.calls()).doesNotContain("direct:amocrm-repeated");
    }
}
