package io.identamocrm.amocrm;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.UnknownHostException;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** What a person is told when a request ends. */
class AmocrmExceptionTest {

    private static final AmocrmRequest REQUEST = AmocrmRequest.pipelines();

    private static AmocrmException ended(Response response) {
        return AmocrmException.of(
                REQUEST,
                (Response.Failed) response,
                answer -> new AmocrmException.NotAuthorised("refused", "ask for another", answer));
    }

    private static AmocrmException answered(int status, String body) {
        return ended(ResponseClassifier.classify(
                REQUEST, status, ResponseClassifierTest.bytes(body), null, null, Instant.EPOCH));
    }

    @Test
    void an_account_that_is_not_paid_for_is_told_apart_from_a_block_by_the_status_not_by_words() {
        assertThat(answered(402, "{}"))
                .isInstanceOf(AmocrmException.Blocked.class)
                .hasMessage(
                        "amoCRM says that the account is not paid for (status 402); pay for it, or let its trial be extended");
        assertThat(answered(403, "{\"hint\":\"status 402\"}"))
                .isInstanceOf(AmocrmException.Blocked.class)
                .hasMessageStartingWith("amoCRM has blocked the account");
    }

    @Test
    void a_remedy_that_is_known_stands_in_place_of_waiting() {
        assertThat(ended(ResponseClassifier.classify(REQUEST, new UnknownHostException()))
                        .explanations())
                .singleElement()
                .satisfies(told -> {
                    assertThat(told.where()).hasToString(REQUEST.toString());
                    assertThat(told.what()).hasToString("amoCRM cannot be reached: no host of its name is known");
                    assertThat(told.remedy()).startsWith("check AMOCRM_SUBDOMAIN");
                });
        assertThat(answered(502, "; a gateway's page").explanations().get(0).remedy())
                .startsWith("wait and try again");
    }

    @Test
    void a_pause_says_when_it_ends() {
        assertThat(new AmocrmException.Paused(Duration.ofSeconds(61)))
                .hasMessage("amoCRM says there were too many requests and asks for a pause; it ends in 61 s");
    }
}
