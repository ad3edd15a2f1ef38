package io.identamocrm.console;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.identamocrm.model.Explanation;
import io.identamocrm.model.Language;
import io.identamocrm.model.Text;
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
        Language language = Json.language(exchange.getMessage().getHeader("Accept-Language", String.class));
        int status;
        JsonNode json;
        if (failure instanceof RequestException wrong) {
            status = wrong.status();
            Text title = status == 404 ? ConsoleText.NOT_FOUND : ConsoleText.NOT_UNDERSTOOD;
            json = document(status, title, Explanation.of(wrong.what(), null), language);
        } else {
            Problem problem = Problem.of(failure);
            status = problem.exitCode() == Problem.UNDER_WAY
                    ? 409
                    : problem.exitCode() == Problem.WRONG_SETUP ? 500 : 503;
            Text title = status == 409 ? ConsoleText.UNDER_WAY : ConsoleText.NOT_AT_PRESENT;
            json = document(status, title, problem.explanations().get(0), language);
            LOG.warn("The console could not do what it was asked for: {}", problem.message());
            LOG.debug("{}", Problem.placesOf(failure));
        }
        Message answer = exchange.getMessage();
        answer.setHeader(Exchange.HTTP_RESPONSE_CODE, status);
        return json;
    }

    /** A problem document. */
    static JsonNode document(int status, Text title, Explanation why, Language language) {
        ObjectNode json = JsonNodeFactory.instance
                .objectNode()
                .put("type", "about:blank")
                .put("title", title.in(language))
                .put("status", status)
                .put("detail", why.complaint().in(language));
        if (why.advice() != null) {
            json.put("remedy", why.advice().in(language));
        }
        return json;
    }
}
