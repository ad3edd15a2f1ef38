package io.identamocrm.console;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.identamocrm.model.Delivered;
import io.identamocrm.model.FailureCode;
import io.identamocrm.model.Language;
import io.identamocrm.state.DeadLetters;
import io.identamocrm.state.DeadLetters.DeadLetter;
import io.identamocrm.sync.Run;
import java.time.Clock;
import java.util.Arrays;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.StringJoiner;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.camel.Body;
import org.apache.camel.Header;
import org.jspecify.annotations.Nullable;

/** What did not arrive and why: to look at, to have tried again, to forget. */
public final class ConsoleDeadLetters {

    private static final char BYTE_ORDER_MARK = '\ufeff';

    private final Product product;
    private final Clock clock;

    /** The dead letters of one account. */
    public ConsoleDeadLetters(Product product, Clock clock) {
        this.product = product;
        this.clock = clock;
    }

    /** All of them, receptions and patients apart. */
    public JsonNode list(@Header("Accept-Language") String languages) {
        Language language = Json.language(languages);
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        for (Run.Kind kind : Run.Kind.values()) {
            Map<Long, DeadLetter> ofKind = product.deadLetters(kind).all();
            Map<Long, Delivered> known = remembered(kind, ofKind.keySet());
            ArrayNode array = json.putArray(kind.key());
            ofKind.values().forEach(deadLetter -> array.add(json(deadLetter, known, language)));
        }
        return json;
    }

    /** One of them. */
    public JsonNode show(
            @Header("kind") String kind, @Header("id") String id, @Header("Accept-Language") String languages) {
        DeadLetter deadLetter = product.deadLetters(kind(kind)).of(Json.id(id));
        if (deadLetter == null) {
            throw RequestException.unknown(ConsoleText.NO_DEAD_LETTER.with(id));
        }
        return json(deadLetter, remembered(kind(kind), Set.of(deadLetter.id())), Json.language(languages));
    }

    private Map<Long, Delivered> remembered(Run.Kind kind, Collection<Long> ids) {
        return kind == Run.Kind.RECEPTIONS && !ids.isEmpty() ? product.remembered(ids) : Map.of();
    }

    private static ObjectNode json(DeadLetter deadLetter, Map<Long, Delivered> remembered, Language language) {
        Delivered delivered = remembered.get(deadLetter.id());
        return DeadLetterJson.of(deadLetter, language)
                .put("remedy", deadLetter.code().advice().in(language))
                .put("deal_id", delivered == null || delivered.deal() == 0 ? null : Long.valueOf(delivered.deal()));
    }

    /** All of them as a table for a spreadsheet: a semicolon between the cells, as spreadsheets in Russia expect it. */
    public String csv(@Header("Accept-Language") String languages) {
        Language language = Json.language(languages);
        StringBuilder table = new StringBuilder().append(BYTE_ORDER_MARK);
        line(table, "kind", "id", "code", "error", "detail", "remedy", "attempts", "first_at", "last_at", "next_at");
        for (Run.Kind kind : Run.Kind.values()) {
            product.deadLetters(kind)
                    .all()
                    .values()
                    .forEach(deadLetter -> line(
                            table,
                            kind.key(),
                            deadLetter.id(),
                            deadLetter.code(),
                            deadLetter.code().meaning().in(language),
                            deadLetter.detail(),
                            deadLetter.code().advice().in(language),
                            deadLetter.attempts(),
                            deadLetter.firstAt(),
                            deadLetter.lastAt(),
                            deadLetter.nextAt()));
        }
        return table.toString();
    }

    private static void line(StringBuilder table, @Nullable Object... cells) {
        StringJoiner line = new StringJoiner(";", "", "\r\n");
        for (Object cell : cells) {
            String text = cell == null ? "" : cell.toString().replace("\"", "\"\"");
            // A spreadsheet would take it for a formula.
            line.add("\"" + (text.matches("(?s)[=+\\-@\t\r].*") ? "'" : "") + text + "\"");
        }
        table.append(line);
    }

    /**
     * Has some tried again by the next run of changes.
     *
     * @param body {@code {"kind": "receptions", "ids": [1, 2]}}; or with {@code "code"} or {@code "all": true} instead of the ids
     */
    public JsonNode retry(@Body String body) {
        JsonNode asked = Json.read(body);
        DeadLetters deadLetters = product.deadLetters(kind(Json.text(asked, "kind")));
        return done(deadLetters.retry(chosen(asked, deadLetters), clock.instant()));
    }

    /**
     * Forgets some.
     *
     * @param body as for {@link #retry}
     */
    public JsonNode discard(@Body String body) {
        JsonNode asked = Json.read(body);
        DeadLetters deadLetters = product.deadLetters(kind(Json.text(asked, "kind")));
        return done(deadLetters.discard(chosen(asked, deadLetters)));
    }

    private static JsonNode done(Set<Long> ids) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        ids.forEach(json.putArray("done")::add);
        return json;
    }

    private static Set<Long> chosen(JsonNode asked, DeadLetters deadLetters) {
        boolean all = asked.path("all").asBoolean();
        boolean named = asked.path("ids").isArray();
        boolean code = asked.path("code").isTextual();
        if ((all ? 1 : 0) + (named ? 1 : 0) + (code ? 1 : 0) != 1) {
            throw RequestException.wrong(ConsoleText.BODY_ONE_OF.with("ids, code, all"));
        }
        if (named) {
            Set<Long> ids = new TreeSet<>();
            asked.path("ids").forEach(id -> ids.add(Json.id(id.asText())));
            return ids;
        }
        FailureCode only = all
                ? null
                : Arrays.stream(FailureCode.values())
                        .filter(one -> one.name().equals(asked.path("code").asText()))
                        .findFirst()
                        .orElseThrow(() -> RequestException.wrong(ConsoleText.NO_CODE));
        return deadLetters.all().values().stream()
                .filter(deadLetter -> all || deadLetter.code() == only)
                .map(DeadLetter::id)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /**
     * By its name in paths and bodies.
     *
     * @throws RequestException if there is no such kind
     */
    static Run.Kind kind(String name) {
        return Arrays.stream(Run.Kind.values())
                .filter(kind -> kind.key().equals(name))
                .findFirst()
                .orElseThrow(() -> RequestException.wrong(ConsoleText.MUST_BE.with("kind", "receptions, patients")));
    }
}
