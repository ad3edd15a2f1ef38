package io.identamocrm.amocrm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.identamocrm.amocrm.Response.RefusedItem;
import io.identamocrm.model.Text;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.hc.client5.http.ConnectTimeoutException;
import org.jspecify.annotations.Nullable;

/** Turns an HTTP answer, or the failure to get one, into an {@link Response}. Bodies may be anything: gateways answer in HTML. */
final class ResponseClassifier {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Set<ConnectionTrouble> WITHOUT_A_WAY =
            EnumSet.of(ConnectionTrouble.NAME, ConnectionTrouble.REFUSED, ConnectionTrouble.SILENT);

    private static final Pattern WORDS = Pattern.compile("[A-Za-z][A-Za-z ,.:;'()/_-]{0,150}");
    /** Of digits no more in a row than tell two codes apart. */
    private static final Pattern CODE = Pattern.compile("[A-Za-z](?:[A-Za-z_]|\\d{1,2}(?!\\d)){0,60}");
    /** Members of what we send: a name that is none of them could be anything. */
    private static final String MEMBER =
            "(?:_embedded|access|catalog_elements|code|companies|complete_till|contacts|created_at|"
                    + "created_by|custom_fields_values|entity_id|entity_type|enum_code|enum_id|enums|"
                    + "field_code|field_id|first_name|group_id|id|is_api_only|is_main|last_name|leads|"
                    + "loss_reason_id|metadata|name|note_type|params|pipeline_id|price|request_id|"
                    + "responsible_user_id|service|sort|status_id|tags|task_type_id|text|to_entity_id|"
                    + "to_entity_type|type|updated_at|updated_by|value|values)";
    /** Members with places in lists between them. */
    private static final Pattern PLACE = Pattern.compile(
            "/?(?:\\d{1,3}[./])?" + MEMBER + "(?:[./](?:\\d{1,3}[./])?" + MEMBER + "){0,9}(?:[./]\\d{1,3})?");

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
        Body read = Body.of(body);
        JsonNode json = read.json();
        if (status == 204 || status == 404 && !read.isForeign() && request.isGoneIfNotFound()) {
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
            // What is too long for a gateway goes in parts.
            case 413 -> new Response.Refused(refusedItems(json), detail);
            // amoCRM refuses in JSON; anything else is a gateway's word, which knows of no deal.
            default ->
                status >= 500 || read.isForeign()
                        ? broken(request, Text.of(detail))
                        : new Response.Refused(refusedItems(json), detail);
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

    /**
     * A body as far as it can be read.
     *
     * @param json      its JSON, or null
     * @param isForeign true if something stands there that is no JSON
     */
    private record Body(@Nullable JsonNode json, boolean isForeign) {

        static Body of(@Nullable InputStream body) {
            if (body == null) {
                return new Body(null, false);
            }
            try {
                JsonNode json = JSON.readTree(body);
                return new Body(json.isMissingNode() ? null : json, false);
            } catch (IOException e) {
                return new Body(null, true);
            }
        }
    }

    /**
     * Only the fixed members of a problem document, and of them only what looks like amoCRM's own words: anything else could repeat a value.
     */
    private static String detail(@Nullable JsonNode json, int status, @Nullable String requestId) {
        String hint = json == null
                ? ""
                : own(WORDS, json.path("hint").asText(json.path("title").asText("")), "");
        return "status " + status + (hint.isBlank() ? "" : ", " + hint)
                + (requestId == null ? "" : ", request " + requestId.replaceAll("[^\\w-]", ""));
    }

    private static String own(Pattern form, String text, String otherwise) {
        return form.matcher(text).matches() ? text : otherwise;
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
                            own(CODE, error.path("code").asText(), "Refused"),
                            own(PLACE, error.path("path").asText(), "")));
                }
            }
        }
        return items;
    }
}
