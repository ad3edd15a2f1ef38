package io.identamocrm.account;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.identamocrm.amocrm.AmocrmRequest;
import io.identamocrm.amocrm.RequestSequence;
import io.identamocrm.amocrm.Response;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Reads the account's own description, its pipelines and the definitions of its custom fields; changes nothing. */
// Topics are read in the order in which they stand.
@SuppressWarnings("EnumOrdinal")
public final class AccountReading implements RequestSequence {

    private enum Topic {
        ACCOUNT,
        PIPELINES,
        DEAL_FIELDS,
        CONTACT_FIELDS
    }

    private final Map<Topic, List<JsonNode>> read = new EnumMap<>(Topic.class);
    private final OddLists odd = new OddLists();
    private @Nullable Topic topic = Topic.ACCOUNT;
    private int page = 1;
    private JsonNode account = MissingNode.getInstance();
    private Instant serverTime = Instant.EPOCH;

    @Override
    public boolean hasNext() {
        return topic != null;
    }

    private Topic asked() {
        return Objects.requireNonNull(topic, "everything is read");
    }

    @Override
    public AmocrmRequest next() {
        return switch (asked()) {
            case ACCOUNT -> AmocrmRequest.account();
            case PIPELINES -> AmocrmRequest.pipelines();
            case DEAL_FIELDS -> AmocrmRequest.customFields(AmocrmRequest.Entity.LEADS, page);
            case CONTACT_FIELDS -> AmocrmRequest.customFields(AmocrmRequest.Entity.CONTACTS, page);
        };
    }

    @Override
    public void aggregate(Response.Usable answer) {
        Topic asked = asked();
        boolean mayBeOdd =
                asked != Topic.ACCOUNT && (answer instanceof Response.Success || answer instanceof Response.NoContent);
        if (mayBeOdd && odd.mustAskAgain(answer.body(), answer instanceof Response.NoContent, list(), answer)) {
            return;
        }
        boolean more = answer.match(
                this::take, noContent -> false, refused -> false, ambiguous -> false, Response.NotSent::unexpected);
        page = more ? page + 1 : 1;
        topic = more ? asked : asked.ordinal() + 1 < Topic.values().length ? Topic.values()[asked.ordinal() + 1] : null;
    }

    /** Returns true if there is another page. */
    private boolean take(Response.Success done) {
        serverTime = done.serverTime();
        if (topic == Topic.ACCOUNT) {
            account = done.body();
        }
        done.body()
                .path("_embedded")
                .path(list())
                .forEach(read.computeIfAbsent(asked(), any -> new ArrayList<>())::add);
        return asked().ordinal() >= Topic.DEAL_FIELDS.ordinal()
                && done.body().path("_links").has("next");
    }

    private String list() {
        return topic == Topic.PIPELINES ? "pipelines" : "custom_fields";
    }

    /** {@code GET /account}; a missing node if amoCRM did not tell. */
    public JsonNode account() {
        return account;
    }

    /** amoCRM's clock when it last answered. */
    public Instant serverTime() {
        return serverTime;
    }

    /** The pipelines with their stages. */
    public List<JsonNode> pipelines() {
        return read.getOrDefault(Topic.PIPELINES, List.of());
    }

    /** The custom fields of deals. */
    public List<JsonNode> dealFields() {
        return read.getOrDefault(Topic.DEAL_FIELDS, List.of());
    }

    /** The custom fields of contacts. */
    public List<JsonNode> contactFields() {
        return read.getOrDefault(Topic.CONTACT_FIELDS, List.of());
    }
}
