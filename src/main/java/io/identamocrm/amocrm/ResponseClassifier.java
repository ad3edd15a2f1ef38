package io.identamocrm.amocrm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.identamocrm.amocrm.Response.RefusedItem;
import io.identamocrm.model.ForeignText;
import io.identamocrm.model.Text;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.apache.hc.client5.http.ConnectTimeoutException;
import org.jspecify.annotations.Nullable;

/** Turns an HTTP answer, or the failure to get one, into an {@link Response}. Bodies may be anything: gateways answer in HTML. */
final class ResponseClassifier {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Set<ConnectionTrouble> WITHOUT_A_WAY =
            EnumSet.of(ConnectionTrouble.NAME, ConnectionTrouble.REFUSED, ConnectionTrouble.SILENT);

    private ResponseClassifier() {}

    /**
     * Classifies an answer.
     *
     * @param request    what was asked
     * @param status     HTTP status
     * @param body       the body, or null; read to its end, unless it is no JSON
     * @param retryAfter header {@code Retry-After}, or null
     * @param requestId  header {@code X-Request-Id}, by which amoCRM's support finds the request, or null
     * @param serverTime amoCRM's clock
     */
    static Response classify(
            AmocrmRequest request,
            int status,
            @Nullable InputStream body,
            @Nullable String retryAfter,
            @Nullable String requestId,
            Instant serverTime) {
        JsonNode json = parse(body);
        if (status == 204 || status == 404 && request.isGoneIfNotFound()) {
            return new Response.NoContent(serverTime);
        }
        if (status >= 200 && status < 300) {
            if (json == null || !json.isContainerNode()) {
                return broken(request, AmocrmText.NO_JSON.with(status));
            }
            return new Response.Success(json, serverTime);
        }
        String detail = detail(json, status, requestId);
        if (status >= 300 && status < 400) {
            return new Response.Unavailable(AmocrmText.REDIRECTS.with(detail), AmocrmText.CHECK_ADDRESS);
        }
        return switch (status) {
            case 401 -> new Response.NotAuthorised(detail);
            case 402, 403 -> new Response.Blocked(status == 402, detail);
            case 429 -> new Response.RateLimited(pause(retryAfter, json));
            default ->
                status >= 500 ? broken(request, Text.of(detail)) : new Response.Refused(refusedItems(json), detail);
        };
    }

    /** Classifies a request that got no answer. */
    static Response classify(AmocrmRequest request, Throwable failure) {
        if (failure instanceof ProxyException proxy) {
            return proxy.isLasting()
                    ? new Response.Blocked(proxy.explanation())
                    : new Response.Unavailable(
                            proxy.explanation().complaint(), proxy.explanation().advice());
        }
        ConnectionTrouble trouble = ConnectionTrouble.of(failure);
        // Whoever was silent after a request was sent may have done it.
        if (trouble != null && (trouble != ConnectionTrouble.SILENT || failure instanceof ConnectTimeoutException)) {
            return new Response.Unavailable(
                    AmocrmText.UNREACHABLE.with(trouble.words()),
                    (WITHOUT_A_WAY.contains(trouble) ? AmocrmText.CHECK_ADDRESS_OR_PROXY : AmocrmText.CHECK_ADDRESS_AND)
                            .with(trouble.remedy()));
        }
        return broken(request, AmocrmText.NO_ANSWER.with(failure.getClass().getSimpleName()));
    }

    private static Response broken(AmocrmRequest request, Text what) {
        return request.isWrite() ? new Response.Ambiguous(what.english()) : new Response.Unavailable(what);
    }

    private static @Nullable JsonNode parse(@Nullable InputStream body) {
        if (body == null) {
            return null;
        }
        try {
            JsonNode json = JSON.readTree(body);
            return json.isMissingNode() ? null : json;
        } catch (IOException e) {
            return null;
        }
    }

    /** Only the fixed members of a problem document: a validation detail could repeat a value. */
    private static String detail(@Nullable JsonNode json, int status, @Nullable String requestId) {
        String hint =
                json == null ? "" : json.path("hint").asText(json.path("title").asText(""));
        return "status " + status + (hint.isBlank() ? "" : ", " + ForeignText.line(hint))
                + (requestId == null ? "" : ", request " + requestId.replaceAll("[^\\w-]", ""));
    }

    private static @Nullable Duration pause(@Nullable String retryAfter, @Nullable JsonNode json) {
        if (retryAfter != null && retryAfter.matches("\\d{1,6}")) {
            return Duration.ofSeconds(Long.parseLong(retryAfter));
        }
        return json != null
                        && json.path("retry_after").canConvertToInt()
                        && json.path("retry_after").isNumber()
                ? Duration.ofSeconds(json.path("retry_after").asInt())
                : null;
    }

    private static List<RefusedItem> refusedItems(@Nullable JsonNode json) {
        List<RefusedItem> items = new ArrayList<>();
        if (json != null) {
            for (JsonNode item : json.path("validation-errors")) {
                String id = item.path("request_id").asText();
                for (JsonNode error : item.path("errors").isEmpty() ? List.of(item) : item.path("errors")) {
                    items.add(new RefusedItem(
                            id,
                            ForeignText.line(error.path("code").asText("Refused")),
                            ForeignText.line(error.path("path").asText(""))));
                }
            }
        }
        return items;
    }
}
