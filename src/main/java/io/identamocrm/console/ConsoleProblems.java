package io.identamocrm.console;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.identamocrm.model.Explanation;
import io.identamocrm.model.Language;
import io.identamocrm.problems.Problem;
import java.util.NoSuchElementException;
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
        if (failure instanceof IllegalArgumentException) {
            status = 400;
            json.put("title", "The request cannot be understood").put("detail", failure.getMessage());
        } else if (failure instanceof NoSuchElementException) {
            status = 404;
            json.put("title", "Not found").put("detail", failure.getMessage());
        } else {
            Problem problem = Problem.of(failure);
            status = problem.exitCode() == Problem.UNDER_WAY
                    ? 409
                    : problem.exitCode() == Problem.WRONG_SETUP ? 500 : 503;
            Explanation first = problem.explanations().get(0);
            json.put("title", status == 409 ? "Something else is under way" : "It cannot be done at present")
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
