package io.identamocrm.amocrm;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each kind of response is taken by its own case, and by no other. */
class ResponseTest {

    static Stream<Response> all() {
        return Stream.of(
                new Response.Success(JsonNodeFactory.instance.objectNode(), Instant.EPOCH),
                new Response.NoContent(Instant.EPOCH),
                new Response.Refused(List.of(), "status 400"),
                new Response.Ambiguous("status 502"),
                new Response.NotSent(),
                new Response.NotAuthorised("status 401"),
                new Response.Blocked(false, "status 403"),
                new Response.RateLimited(null),
                new Response.Unavailable("status 502"));
    }

    @ParameterizedTest
    @MethodSource("all")
    void a_response_is_matched_by_its_own_case(Response response) {
        String taken = response.match(
                usable -> usable.match(
                        success -> "Success",
                        noContent -> "NoContent",
                        refused -> "Refused",
                        ambiguous -> "Ambiguous",
                        notSent -> "NotSent"),
                failed -> failed.match(
                        notAuthorised -> "NotAuthorised",
                        blocked -> "Blocked",
                        rateLimited -> "RateLimited",
                        unavailable -> "Unavailable"));
        assertThat(taken).isEqualTo(response.getClass().getSimpleName());
    }

    @ParameterizedTest
    @MethodSource("all")
    void a_usable_response_is_handled_once_and_has_a_body_only_if_it_is_a_success(Response response) {
        if (!(response instanceof Response.Usable usable)) {
            assertThat(response).isInstanceOf(Response.Failed.class);
            return;
        }
        List<Response> handled = new ArrayList<>();
        usable.handle(handled::add, handled::add, handled::add, handled::add, handled::add);
        assertThat(handled).containsExactly(response);
        assertThat(usable.body().isMissingNode()).isEqualTo(!(response instanceof Response.Success));
    }

    @Test
    void every_kind_is_tried_here() {
        List<Class<?>> kinds = Stream.of(Response.Usable.class, Response.Failed.class)
                .<Class<?>>flatMap(family -> Stream.of(family.getPermittedSubclasses()))
                .toList();
        assertThat(all().map(Object::getClass)).containsExactlyInAnyOrderElementsOf(kinds);
    }
}
