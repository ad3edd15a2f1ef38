package io.identamocrm.routes;

import static org.assertj.core.api.Assertions.assertThat;

import io.identamocrm.amocrm.AmocrmRequest;
import io.identamocrm.amocrm.RequestSequence;
import io.identamocrm.amocrm.Response;
import io.identamocrm.amocrm.ResponseAggregation;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** {@code crm-mirror.camel.yaml} alone: one request after the other, each response given to the sequence before the next is asked. */
class CrmMirrorRoutesTest {

    private static final Response.Usable RESPONSE = new Response.NoContent(Instant.EPOCH);

    private final List<String> story = new ArrayList<>();
    private final Requests setup = new Requests("setup", 1);

    @RegisterExtension
    private final RouteFile file = RouteFile.named("crm-mirror.camel.yaml")
            .bind("responseAggregation", new ResponseAggregation())
            .bind("accountSetup", setup)
            .on("direct:amocrm-repeated", request -> RESPONSE);

    /** A sequence of some requests. */
    public final class Requests implements RequestSequence {
        private final String name;
        private int left;
        private boolean givesWay;

        Requests(String name, int count) {
            this.name = name;
            left = count;
        }

        @Override
        public boolean hasNext() {
            return left > 0 && !givesWay;
        }

        /** As the route asks of a refresh. */
        public boolean isUnderWay() {
            return left > 0;
        }

        @Override
        public AmocrmRequest next() {
            story.add(name + " asks");
            return AmocrmRequest.pipelines();
        }

        @Override
        public void aggregate(Response.Usable response) {
            assertThat(response).isSameAs(RESPONSE);
            story.add(name + " hears");
            left--;
        }
    }

    @Test
    void a_sequence_is_asked_until_it_has_no_more_and_comes_back() throws Exception {
        Requests three = new Requests("it", 3);
        assertThat(file.ask("ask-amocrm", three)).isSameAs(three);
        assertThat(story).containsExactly("it asks", "it hears", "it asks", "it hears", "it asks", "it hears");
        assertThat(file.bodies("direct:amocrm-repeated")).hasSize(3).allMatch(AmocrmRequest.class::isInstance);
    }

    @Test
    void a_sequence_without_requests_costs_none() throws Exception {
        file.ask("ask-amocrm", new Requests("it", 0));
        assertThat(file.calls()).isEmpty();
    }

    @Test
    void the_reason_of_a_failure_is_not_hidden_by_what_the_failed_request_left_behind() {
        IllegalStateException blocked = new IllegalStateException("blocked");
        file.on("direct:amocrm-repeated", request -> {
            request.getMessage().setBody("half an answer");
            throw blocked;
        });
        assertThat(file.send("account-setup", "the run").getException()).isSameAs(blocked);
    }

    @Test
    void a_request_that_fails_ends_the_sequence_and_is_the_callers_business() {
        IllegalStateException blocked = new IllegalStateException("blocked");
        file.failing("direct:amocrm-repeated", blocked);
        assertThat(file.send("ask-amocrm", new Requests("it", 3)).getException())
                .isSameAs(blocked);
        assertThat(story).containsExactly("it asks");
    }

    @Test
    void the_accounts_setup_is_learned_if_it_is_not_known() throws Exception {
        file.ask("account-setup", "the run");
        file.ask("account-setup", "the run");
        assertThat(story).containsExactly("setup asks", "setup hears");
    }

    private void follows() {
        file.on("mirrorRefreshes.begin", ask -> new Requests("refresh", 2))
                .on("mirrorRefreshes.openIntents", ask -> new Requests("search", 1));
    }

    @Test
    void amocrm_is_listed_and_then_what_runs_left_behind_is_looked_for() throws Exception {
        follows();
        assertThat(file.ask("crm-mirror", "the run")).isEqualTo("the run");
        assertThat(story)
                .containsExactly(
                        "refresh asks",
                        "refresh hears",
                        "refresh asks",
                        "refresh hears",
                        "search asks",
                        "search hears");
        assertThat(file.calls())
                .filteredOn(call -> call.startsWith("mirrorRefreshes"))
                .containsExactly(
                        "mirrorRefreshes.begin",
                        "mirrorRefreshes.end",
                        "mirrorRefreshes.mustWaitOut",
                        "mirrorRefreshes.openIntents",
                        "mirrorRefreshes.settled",
                        "mirrorRefreshes.areNamed");
        assertThat(file.bodies("mirrorRefreshes.settled")).containsExactly("the run");
    }

    @Test
    void a_short_run_that_waits_goes_first_in_the_middle_of_a_listing() throws Exception {
        follows();
        Requests refresh = new Requests("refresh", 2);
        file.on("mirrorRefreshes.begin", ask -> refresh)
                .on("direct:amocrm-repeated", request -> {
                    refresh.givesWay = true;
                    return RESPONSE;
                })
                .on("runLocks.yieldWriteLock", ask -> {
                    story.add("another goes first");
                    return "the run";
                })
                .on("mirrorRefreshes.goOn", ask -> {
                    refresh.givesWay = false;
                    return refresh;
                });
        assertThat(file.ask("follow-amocrm", "the run")).isEqualTo("the run");
        assertThat(story)
                .containsExactly(
                        "refresh asks", "refresh hears", "another goes first", "refresh asks", "refresh hears");
        assertThat(file.bodies("runLocks.yieldWriteLock")).containsExactly("the run");
        assertThat(file.bodies("mirrorRefreshes.goOn")).containsExactly("the run");
    }

    @Test
    void where_a_write_may_still_arrive_it_is_waited_out_and_amocrm_is_listed_once_more_before_anything_is_looked_for()
            throws Exception {
        follows();
        file.on("mirrorRefreshes.mustWaitOut", ask -> true);
        assertThat(file.ask("crm-mirror", "the run")).isEqualTo("the run");
        assertThat(file.calls())
                .filteredOn(call -> call.startsWith("mirrorRefreshes"))
                .containsExactly(
                        "mirrorRefreshes.begin",
                        "mirrorRefreshes.end",
                        "mirrorRefreshes.mustWaitOut",
                        "mirrorRefreshes.waitOut",
                        "mirrorRefreshes.begin",
                        "mirrorRefreshes.end",
                        "mirrorRefreshes.openIntents",
                        "mirrorRefreshes.settled",
                        "mirrorRefreshes.areNamed");
    }

    @Test
    void whoever_names_a_reception_hears_of_what_amocrm_itself_says() throws Exception {
        follows();
        file.on("mirrorRefreshes.areNamed", ask -> true).on("mirrorRefreshes.named", ask -> new Requests("named", 1));
        assertThat(file.ask("crm-mirror", "the run")).isEqualTo("the run");
        assertThat(story).endsWith("named asks", "named hears");
    }

    @Test
    void what_could_not_be_looked_for_is_not_settled() {
        follows();
        file.on("mirrorRefreshes.openIntents", ask -> {
            file.failing("direct:amocrm-repeated", new IllegalStateException("away"));
            return new Requests("search", 1);
        });
        assertThat(file.send("crm-mirror", "the run").getException()).hasMessage("away");
        assertThat(file.calls()).doesNotContain("mirrorRefreshes.settled");
    }
}
