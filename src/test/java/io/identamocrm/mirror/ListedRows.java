package io.identamocrm.mirror;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.identamocrm.amocrm.AmocrmRequest;
import io.identamocrm.amocrm.AmocrmRequest.Entity;
import io.identamocrm.amocrm.Response;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The deals of an account as rows that a test changes at amoCRM's clock, and the lists of them, with their filters, orders and pages. */
final class ListedRows {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final Comparator<Row> BY_ID = Comparator.comparingLong(Row::id);
    private static final Comparator<Row> BY_CHANGE =
            Comparator.comparingLong(Row::updatedAt).thenComparing(BY_ID);

    /**
     * A row; each change gives it another version.
     *
     * @param updatedAt Unix seconds
     */
    record Row(long id, long updatedAt, int version) {

        static Row of(JsonNode json) {
            return new Row(
                    json.path("id").asLong(),
                    json.path("updated_at").asLong(),
                    json.path("version").asInt());
        }
    }

    private final TreeMap<Long, Row> rows = new TreeMap<>();
    private long now;
    private long lastId;
    private int largestPage = AmocrmRequest.PAGE_LIMIT;
    private boolean limitIgnored;
    private boolean filtersIgnored;
    private boolean secondsUnbounded;
    private boolean orderIgnored;
    private long lag;
    private boolean goneIsDeleted;

    /** An empty account at this second of amoCRM's clock. */
    ListedRows(long now) {
        this.now = now;
    }

    ListedRows ignoringFilters() {
        filtersIgnored = true;
        return this;
    }

    /** Filters by time know no end. */
    ListedRows ignoringEndsOfFilters() {
        secondsUnbounded = true;
        return this;
    }

    ListedRows ignoringOrder() {
        orderIgnored = true;
        return this;
    }

    ListedRows withPagesOf(int size) {
        largestPage = size;
        return this;
    }

    /** Pages have the size above, however few rows are asked for. */
    ListedRows ignoringLimit() {
        limitIgnored = true;
        return this;
    }

    /** Lists do not show what was changed in some of these last seconds: as many as the rest of the row's id by one more. */
    ListedRows laggingBehind(long seconds) {
        lag = seconds;
        return this;
    }

    ListedRows answeringGoneAsDeleted() {
        goneIsDeleted = true;
        return this;
    }

    long now() {
        return now;
    }

    void pass(long seconds) {
        now += seconds;
    }

    Map<Long, Row> rows() {
        return rows;
    }

    Row create() {
        return createAt(now);
    }

    Row createAt(long second) {
        Row row = new Row(++lastId, second, 0);
        rows.put(row.id(), row);
        return row;
    }

    /** So many, all changed last in this second. */
    void createAt(long second, int count) {
        for (int i = 0; i < count; i++) {
            createAt(second);
        }
    }

    void change(long id) {
        rows.computeIfPresent(id, (same, row) -> new Row(id, now, row.version() + 1));
    }

    void delete(long id) {
        rows.remove(id);
    }

    /** A listing of them, with amoCRM's pages. */
    Listing<Row> listing(long from, BooleanSupplier knowsRows, Consumer<List<Row>> sink) {
        return listing(from, knowsRows, sink, AmocrmRequest.PAGE_LIMIT);
    }

    Listing<Row> listing(long from, BooleanSupplier knowsRows, Consumer<List<Row>> sink, int limit) {
        return new Listing<>(
                Entity.LEADS,
                Row::of,
                Row::id,
                Row::updatedAt,
                from,
                knowsRows,
                () -> now * 1_000_000_000,
                sink,
                limit);
    }

    /** The request in short, such as {@code top}, {@code from 100}, {@code second 100 desc 1}, {@code id asc 2}. */
    static String text(AmocrmRequest request) {
        Map<String, String> query = query(request);
        String from = query.get("filter[updated_at][from]");
        String page = query.get("page");
        if (query.containsKey("order[id]")) {
            return (from == null ? "id " : "second " + from + " ") + query.get("order[id]") + " " + page;
        }
        return from != null
                ? "from " + from
                : page.equals("1") ? "top" : "change " + page + " of " + query.get("limit");
    }

    private static Map<String, String> query(AmocrmRequest request) {
        return Stream.of(request.query().split("&"))
                .map(parameter -> parameter.split("=", 2))
                .collect(Collectors.toMap(
                        parameter -> parameter[0], parameter -> parameter[1], (one, other) -> one + "," + other));
    }

    Response.Usable answer(AmocrmRequest request) {
        String last = request.path().substring(request.path().lastIndexOf('/') + 1);
        return last.matches("\\d+") ? one(Long.parseLong(last)) : list(query(request));
    }

    private Response.Usable one(long id) {
        if (rows.containsKey(id)) {
            return new Response.Success(json(rows.get(id)), Instant.ofEpochSecond(now));
        }
        return goneIsDeleted ? new Response.Success(deleted(id), Instant.ofEpochSecond(now)) : nothing();
    }

    private Response.Usable list(Map<String, String> query) {
        int asked = Integer.parseInt(query.get("limit"));
        int size = limitIgnored ? largestPage : Math.min(largestPage, asked);
        int skip = (Integer.parseInt(query.getOrDefault("page", "1")) - 1) * size;
        List<Row> found = rows.values().stream()
                .filter(row -> fits(row, query))
                .sorted(order(query))
                .toList();
        return page(found.stream().skip(skip).limit(size).map(ListedRows::json).toList(), found.size() > skip + size);
    }

    private boolean fits(Row row, Map<String, String> query) {
        if (row.updatedAt() <= now && row.updatedAt() > now - row.id() % (lag + 1)) {
            return false;
        }
        String ids = query.get("filter[id][]");
        return filtersIgnored
                || row.updatedAt() >= Long.parseLong(query.getOrDefault("filter[updated_at][from]", "0"))
                        && (secondsUnbounded
                                || row.updatedAt()
                                        <= Long.parseLong(query.getOrDefault("filter[updated_at][to]", "9999999999")))
                        && (ids == null || List.of(ids.split(",")).contains(Long.toString(row.id())));
    }

    private Comparator<Row> order(Map<String, String> query) {
        String byId = query.get("order[id]");
        if (orderIgnored) {
            return byId == null ? BY_ID : BY_CHANGE.reversed();
        }
        Comparator<Row> order = byId == null && query.containsKey("order[updated_at]") ? BY_CHANGE : BY_ID;
        return "desc".equals(byId) || "desc".equals(query.get("order[updated_at]")) ? order.reversed() : order;
    }

    private static ObjectNode json(Row row) {
        return JSON.objectNode()
                .put("id", row.id())
                .put("updated_at", row.updatedAt())
                .put("version", row.version());
    }

    static ObjectNode deleted(long id) {
        return JSON.objectNode().put("id", id).put("updated_at", 1).put("is_deleted", true);
    }

    /** An answer with these rows; without any, amoCRM has no body. */
    Response.Usable page(List<? extends JsonNode> some, boolean announcesNext) {
        return some.isEmpty() ? nothing() : new Response.Success(body(some, announcesNext), Instant.ofEpochSecond(now));
    }

    private static ObjectNode body(List<? extends JsonNode> some, boolean announcesNext) {
        ObjectNode body = JSON.objectNode();
        if (announcesNext) {
            body.putObject("_links").putObject("next").put("href", "https://an-account.example/api/v4/leads");
        }
        body.putObject("_embedded").putArray("leads").addAll(List.copyOf(some));
        return body;
    }

    Response.NoContent nothing() {
        return new Response.NoContent(Instant.ofEpochSecond(now));
    }

    /** Success, and no list. */
    Response.Success withoutList() {
        return new Response.Success(JSON.objectNode(), Instant.ofEpochSecond(now));
    }

    /** Success, and an empty list that leads to another page. */
    Response.Success emptyWithNext() {
        return new Response.Success(body(List.of(), true), Instant.ofEpochSecond(now));
    }

    /** The same answer with the first half of its rows, as though they were the last. */
    Response.Usable cut(Response.Usable answer) {
        ArrayNode all =
                (ArrayNode) answer.body().path("_embedded").path("leads").deepCopy();
        List<JsonNode> half = new ArrayList<>();
        all.forEach(half::add);
        return page(half.subList(0, half.size() / 2), false);
    }
}
