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
    private final RouteFile file = RouteFile.named("crm-mirror.camel.yaml").bind("responseAggregation", new ResponseAggregation())
            .bind("accountSetup", setup).on("direct:amocrm-repeated", request -> RESPONSE);

    /** A sequence of some requests. */
    public final class Requests implements RequestSequence {
        private final String name;
        private int left;

        Requests(String name, int count) {
            this.name = name;
            left = count;
        }

        @Override
        public boolean hasNext() {
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
        assertThat(file.send("crm-mirror", "the run").getException()).isSameAs(blocked);
    }

    @Test
    void a_request_that_fails_ends_the_sequence_and_is_the_callers_business() {
        IllegalStateException blocked = new IllegalStateException("blocked");
        file.failing("direct:amocrm-repeated", blocked);
        assertThat(file.send("ask-amocrm", new Requests("it", 3)).getException()).isSameAs(blocked);
        assertThat(story).containsExactly("it asks");
    }

    @Test
    void the_account_is_known_before_the_mirror_is_refreshed_and_the_run_goes_on() throws Exception {
        file.on("mirrorRefreshes.begin", ask -> new Requests("refresh", 2));
        assertThat(file.ask("crm-mirror", "the run")).isEqualTo("the run");
        assertThat(story).containsExactly("setup asks", "setup hears", "refresh asks", "refresh hears", "refresh asks", "refresh hears");
        assertThat(file.bodies("mirrorRefreshes.begin")).containsExactly("the run");
    }
}
