package io.identamocrm.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;

/** Notes in the feeds of leads, or of contacts (amoCRM facts, section 8). The same request sent twice makes two. */
final class NoteApi {

    private static final Map<String, String> FILTERS =
            Map.of("id", "id", "entity_id", "entity_id", "note_type", "note_type", "updated_at", "updated_at");

    private final AccountContent account;
    private final Faults faults;
    private final boolean leads;
    private final String plural;

    NoteApi(AccountContent account, Faults faults, boolean leads) {
        this.account = account;
        this.faults = faults;
        this.leads = leads;
        plural = leads ? "leads" : "contacts";
    }

    /** All of the kind, or those of one entity; null for all. */
    Reply list(Call call, Long entity) {
        return new JsonRows(call)
                .page(
                        "notes",
                        account.feed().notes.values().stream()
                                .filter(note -> note.entityType().equals(plural)
                                        && (entity == null || note.entityId() == entity))
                                .map(note -> note.json(call.base()))
                                .toList(),
                        FILTERS,
                        account.now() - faults.lag().toSeconds());
    }

    Reply one(Call call, long id) {
        Note note = account.feed().notes.get(id);
        return note == null || !note.entityType().equals(plural)
                ? EntityApi.missing(call)
                : Reply.json(200, note.json(call.base()));
    }

    /** {@code entity} is null where the items name it. */
    Reply create(Call call, Long entity) {
        if (entity != null && account.find(leads, entity) == null) {
            return Reply.problem(404, "Not Found", "Entity not found");
        }
        return Batch.of(
                account,
                call,
                Batch.LARGEST,
                (item, checks) -> {
                    if (entity == null) {
                        checks.lookAtEntity(item, plural);
                    }
                    checks.lookAtNote(item);
                },
                (item, requestId, answers) -> {
                    long of = entity == null ? item.path("entity_id").asLong() : entity;
                    Note note = new Note(
                            account.newId(),
                            of,
                            plural,
                            item.path("note_type").asText(),
                            item.path("params").path("text").asText(),
                            account.now(),
                            account.now());
                    account.feed().notes.put(note.id(), note);
                    answer(answers, note, call).put("request_id", requestId);
                },
                answers -> Reply.embedded(200, "notes", answers));
    }

    Reply change(Call call) {
        return Batch.of(
                account,
                call,
                Batch.LARGEST,
                (item, checks) -> checks.lookAtId(item),
                (item, requestId, answers) -> {
                    Note note = changed(item.path("id").asLong(), item);
                    if (note != null) {
                        answer(answers, note, call)
                                .put("updated_at", note.updatedAt())
                                .put("request_id", requestId);
                    }
                },
                answers -> answers.isEmpty() ? Reply.empty(204) : Reply.embedded(200, "notes", answers));
    }

    Reply changeOne(Call call, long id) {
        if (!call.body().isObject() || call.body().isEmpty()) {
            return call.body().isArray() ? Reply.wrongVerb() : Reply.emptyBody();
        }
        Note note = changed(id, call.body());
        return note == null ? EntityApi.missing(call) : Reply.json(200, note.json(call.base()));
    }

    private Note changed(long id, JsonNode item) {
        Note note = account.feed().notes.get(id);
        if (note == null || !note.entityType().equals(plural)) {
            return null;
        }
        Note changed = note.changed(item.path("params").path("text").asText(note.text()), account.now());
        account.feed().notes.put(id, changed);
        return changed;
    }

    private ObjectNode answer(ArrayNode answers, Note note, Call call) {
        ObjectNode answer = answers.addObject().put("id", note.id()).put("entity_id", note.entityId());
        answer.putObject("_links")
                .putObject("self")
                .put("href", call.base() + "/api/v4/" + plural + "/notes/" + note.id());
        return answer;
    }
}
