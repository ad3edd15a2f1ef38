package io.identamocrm.amocrm;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Collection;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A request to amoCRM's API. {@link #toString()} leaves out the body: it holds patients' data.
 *
 * @param method HTTP method
 * @param path   path below the base URL, starting with a slash
 * @param query  query string without question mark, or null; never holds personal data, since URLs end in logs
 * @param body   JSON to send, or null
 * @param notAfter moment on {@link io.identamocrm.state.Timing#nanos()} after which it must not go any more, nor a second time before;
 *                 null = any time, as often as it takes
 */
public record AmocrmRequest(
        String method,
        String path,
        @Nullable String query,
        @Nullable JsonNode body,
        @Nullable Long notAfter) {

    /** Rows per page; amoCRM allows no more. */
    public static final int PAGE_LIMIT = 250;

    private static final String TOKENS = "/oauth2/access_token";
    private static final String TASKS = "/api/v4/tasks";
    private static final String NOTES = "/notes";

    /** A request that may go at any time. */
    public AmocrmRequest(String method, String path, @Nullable String query, @Nullable JsonNode body) {
        this(method, path, query, body, null);
    }

    /** The two kinds of entities we keep a mirror of. */
    public enum Entity {
        LEADS("/api/v4/leads", "&with=contacts"),
        CONTACTS("/api/v4/contacts", "");

        private final String path;
        private final String with;

        Entity(String path, String with) {
            this.path = path;
            this.with = with;
        }

        /** The list's name in {@code _embedded}. */
        public String embedded() {
            return path.substring(path.lastIndexOf('/') + 1);
        }
    }

    /** A page of all rows by ascending id, for a first scan: updates do not move rows between its pages. */
    public static AmocrmRequest pageById(Entity entity, int page) {
        return pageById(entity, page, true);
    }

    /** A page of all rows by id. */
    public static AmocrmRequest pageById(Entity entity, int page, boolean ascending) {
        return page(entity, page, PAGE_LIMIT, "&order[id]=" + direction(ascending));
    }

    /** A page of rows by descending time of change. */
    public static AmocrmRequest pageByChange(Entity entity, int page) {
        return pageByChange(entity, page, PAGE_LIMIT);
    }

    /** A page of another size, which reaches over where those of the usual size end. */
    public static AmocrmRequest pageByChange(Entity entity, int page, int limit) {
        return page(entity, page, limit, "&order[updated_at]=desc");
    }

    /**
     * The first rows that were changed in this second or later, by ascending time of change. The account may ignore the filter.
     *
     * @param second Unix seconds
     */
    public static AmocrmRequest pageByChangeFrom(Entity entity, long second) {
        return page(entity, 1, PAGE_LIMIT, "&filter[updated_at][from]=" + second + "&order[updated_at]=asc");
    }

    /**
     * A page of the rows that were changed last in this second, by id. The account may ignore the filter.
     *
     * @param second Unix seconds
     */
    public static AmocrmRequest pageOfSecond(Entity entity, long second, int page, boolean ascending) {
        return page(
                entity,
                page,
                PAGE_LIMIT,
                "&filter[updated_at][from]=" + second + "&filter[updated_at][to]=" + second + "&order[id]="
                        + direction(ascending));
    }

    /** Rows by id: one by its own address, several by a filter, which the account may ignore, so the caller re-checks every row. */
    public static AmocrmRequest byIds(Entity entity, Collection<Long> ids) {
        if (ids.size() == 1) {
            return get(
                    entity.path + "/" + ids.iterator().next(), entity.with.isEmpty() ? null : entity.with.substring(1));
        }
        return get(
                entity.path,
                "limit=" + PAGE_LIMIT + entity.with
                        + ids.stream().map(id -> "&filter[id][]=" + id).collect(Collectors.joining()));
    }

    /** The definitions of an entity's custom fields. */
    public static AmocrmRequest customFields(Entity entity, int page) {
        return get(entity.path + "/custom_fields", "limit=" + PAGE_LIMIT + "&page=" + page);
    }

    /** The pipelines with their stages. */
    public static AmocrmRequest pipelines() {
        return get("/api/v4/leads/pipelines", null);
    }

    /** The account, with its time zone. */
    public static AmocrmRequest account() {
        return get("/api/v4/account", "with=datetime_settings");
    }

    /** One of its users, with rights; for administrators only. */
    public static AmocrmRequest user(long id) {
        return get("/api/v4/users/" + id, null);
    }

    /** A page of its users; for administrators only. */
    public static AmocrmRequest users(int page) {
        return get("/api/v4/users", "limit=" + PAGE_LIMIT + "&page=" + page);
    }

    /** Creates definitions of custom fields; for administrators only. */
    public static AmocrmRequest createFields(Entity entity, JsonNode items) {
        return new AmocrmRequest("POST", entity.path + "/custom_fields", null, items);
    }

    /** Creates deals, each with its new contact; the answer is a bare array. */
    public static AmocrmRequest createDealsWithContacts(JsonNode items) {
        return new AmocrmRequest("POST", Entity.LEADS.path + "/complex", null, items);
    }

    /** Creates entities. */
    public static AmocrmRequest create(Entity entity, JsonNode items) {
        return new AmocrmRequest("POST", entity.path, null, items);
    }

    /** Changes entities. */
    public static AmocrmRequest change(Entity entity, JsonNode items) {
        return new AmocrmRequest("PATCH", entity.path, null, items);
    }

    /** Links deals to contacts. */
    public static AmocrmRequest link(JsonNode items) {
        return new AmocrmRequest("POST", Entity.LEADS.path + "/link", null, items);
    }

    /** Takes contacts off deals; answered without a body. */
    public static AmocrmRequest unlink(JsonNode items) {
        return new AmocrmRequest("POST", Entity.LEADS.path + "/unlink", null, items);
    }

    /** Creates tasks. */
    public static AmocrmRequest createTasks(JsonNode items) {
        return new AmocrmRequest("POST", TASKS, null, items);
    }

    /** Creates notes in deals. */
    public static AmocrmRequest createNotes(JsonNode items) {
        return new AmocrmRequest("POST", Entity.LEADS.path + NOTES, null, items);
    }

    /** A page of the tasks of these deals, the newest first; the account may ignore the filter. */
    public static AmocrmRequest tasksOf(Collection<Long> deals, int page) {
        return ofDeals(TASKS, "&filter[entity_type]=leads", deals, page);
    }

    /** A page of the notes in these deals, the newest first; the account may ignore the filter. */
    public static AmocrmRequest notesOf(Collection<Long> deals, int page) {
        return ofDeals(Entity.LEADS.path + NOTES, "", deals, page);
    }

    private static AmocrmRequest ofDeals(String path, String which, Collection<Long> deals, int page) {
        return get(
                path,
                "limit=" + PAGE_LIMIT + "&page=" + page + "&order[id]=desc" + which
                        + deals.stream().map(id -> "&filter[entity_id][]=" + id).collect(Collectors.joining()));
    }

    /** Asks for a pair of tokens; the body holds secrets. */
    static AmocrmRequest tokens(JsonNode grant) {
        return new AmocrmRequest("POST", TOKENS, null, grant);
    }

    private static AmocrmRequest page(Entity entity, int page, int limit, String which) {
        return get(entity.path, "limit=" + limit + "&page=" + page + entity.with + which);
    }

    private static String direction(boolean ascending) {
        return ascending ? "asc" : "desc";
    }

    private static AmocrmRequest get(String path, @Nullable String query) {
        return new AmocrmRequest("GET", path, query, null);
    }

    /**
     * The same, to go once and not after a moment: what it rests on was seen just before, or is held for so long only. If it may go no
     * more, the answer is {@link Response.NotSent}.
     *
     * @param nanos on {@link io.identamocrm.state.Timing#nanos()}
     */
    public AmocrmRequest notAfter(long nanos) {
        return new AmocrmRequest(method, path, query, body, nanos);
    }

    /** True if amoCRM's data may change, so that a repetition could write twice. */
    public boolean isWrite() {
        return !"GET".equals(method) && !isForTokens();
    }

    /**
     * True if "not found" says that what it names is gone, and nothing else: not where it changes several, of which one is gone; then
     * amoCRM may have done nothing for all of them.
     */
    boolean isGoneIfNotFound() {
        return !isWrite() || "PATCH".equals(method) && body != null && body.size() == 1;
    }

    /** True if tokens are asked for, which is done without one; asking again does no harm, the old refresh token stays good. */
    boolean isForTokens() {
        return TOKENS.equals(path);
    }

    /** Method and path without ids, such as {@code GET leads}: few enough to count by. */
    String kind() {
        return method + " " + path.replaceFirst("^/(api/v4/)?", "").replaceAll("/\\d+", "");
    }

    @Override
    public String toString() {
        return method + " " + path + (body == null || !body.isArray() ? "" : " (" + body.size() + " items)");
    }
}
