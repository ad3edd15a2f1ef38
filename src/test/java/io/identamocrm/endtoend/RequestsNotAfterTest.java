package io.identamocrm.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.identamocrm.amocrm.AmocrmRequest;
import io.identamocrm.amocrm.AmocrmRequest.Entity;
import io.identamocrm.amocrm.Response;
import io.identamocrm.sandbox.Faults.Fault;
import io.identamocrm.sandbox.Faults.Scope;
import io.identamocrm.sandbox.SandboxAccount;
import io.identamocrm.sandbox.TokenDesk;
import io.identamocrm.state.Timing;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A write that rests on what was seen just before goes once, and not late; whatever else happens to it, it is looked at anew. */
class RequestsNotAfterTest {

    @RegisterExtension
    private final Installation installation = Installation.empty().withOAuth();

    private Response repeated(AmocrmRequest request) {
        installation.runtime().authorise(TokenDesk.CODE);
        return installation
                .runtime()
                .camel()
                .createProducerTemplate()
                .requestBody("direct:amocrm-repeated", request, Response.class);
    }

    private AmocrmRequest change() {
        long deal = installation
                .account()
                .addLead("Заявка", SandboxAccount.PRIMARY, SandboxAccount.stage(SandboxAccount.PRIMARY, 1), Map.of());
        JsonNode items = JsonNodeFactory.instance
                .arrayNode()
                .add(JsonNodeFactory.instance.objectNode().put("id", deal).put("price", 5));
        return AmocrmRequest.change(Entity.LEADS, items);
    }

    private long changesSent() {
        return installation.sandbox().journal().entries().stream()
                .filter(entry -> "PATCH".equals(entry.method()))
                .count();
    }

    private static long in(Duration length) {
        return Timing.REAL.nanos() + length.toNanos();
    }

    @Test
    void in_time_it_goes() {
        assertThat(repeated(change().notAfter(in(Duration.ofHours(1))))).isInstanceOf(Response.Success.class);
    }

    @Test
    void late_it_does_not_go() {
        assertThat(repeated(change().notAfter(in(Duration.ofNanos(-1))))).isInstanceOf(Response.NotSent.class);
        assertThat(changesSent()).isZero();
    }

    @ParameterizedTest
    @EnumSource(names = {"TOO_MANY_REQUESTS_EMPTY", "TOKEN_EXPIRED", "UNAUTHORISED"})
    void refused_for_the_moment_it_does_not_go_again_and_nothing_was_done(Fault fault) {
        installation.sandbox().faults().next(1, fault, Scope.WRITES);
        assertThat(repeated(change().notAfter(in(Duration.ofHours(1))))).isInstanceOf(Response.NotSent.class);
        assertThat(changesSent()).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource(names = {"TOO_MANY_REQUESTS_EMPTY", "TOKEN_EXPIRED"})
    void a_request_that_may_go_at_any_time_goes_again(Fault fault) {
        installation.sandbox().faults().next(1, fault, Scope.WRITES);
        assertThat(repeated(change())).isInstanceOf(Response.Success.class);
        assertThat(changesSent()).isEqualTo(2);
    }
}
