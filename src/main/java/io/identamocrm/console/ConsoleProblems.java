package io.identamocrm.console;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.identamocrm.model.Explanation;
import io.identamocrm.model.Language;
import io.identamocrm.problems.Problem;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What went wrong with a request, as {@code application/problem+json} (RFC 9457): never a patient's data. */
public final class ConsoleProblems {

    private static final Logger LOG = LoggerFactory.getLogger(ConsoleProblems.class);

    /** Sets the status of the answer; returns its body. */
    public JsonNode describe(Exchange exchange) {
        Throwable failure = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class);
        ObjectNode json = JsonNodeFactory.instance.objectNode().put("type", "about:blank");
        Language language = Json.language(exchange.getMessage().getHeader("Accept-Language", String.class));
        int status;
        if (failure instanceof RequestException wrong) {
            status = wrong.status();
            json.put("title", (status == 404 ? ConsoleText.NOT_FOUND : ConsoleText.NOT_UNDERSTOOD).in(language))
                    .put("detail", wrong.what().in(language));
        } else {
            Problem problem = Problem.of(failure);
            status = problem.exitCode() == Problem.UNDER_WAY
                    ? 409
                    : problem.exitCode() == Problem.WRONG_SETUP ? 500 : 503;
            Explanation first = problem.explanations().get(0);
            json.put("title", (status == 409 ? ConsoleText.UNDER_WAY : ConsoleText.NOT_AT_PRESENT).in(language))
                    .put("detail", first.complaint().in(language))
                    .put(
                            "remedy",
                            first.advice() == null ? null : first.advice().in(language));
            LOG.warn("The console could not do what it was asked for: {}", problem.message());
            LOG.debug("{}", Problem.placesOf(failure));
        }
        Message answer = exchange.getMessage();
        answer.setHeader(Exchange.HTTP_RESPONSE_CODE, status);
        return json.put("status", status);
    }
}
