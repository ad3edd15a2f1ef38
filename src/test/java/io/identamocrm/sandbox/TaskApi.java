package io.identamocrm.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;

/** Tasks (amoCRM facts, sections 8 and 12). The same request sent twice makes two. */
final class TaskApi {

    private static final Map<String, String> FILTERS = Map.of(
            "id",
            "id",
            "entity_id",
            "entity_id",
            "entity_type",
            "entity_type",
            "is_completed",
            "is_completed",
            "task_type",
            "task_type_id",
            "responsible_user_id",
            "responsible_user_id",
            "updated_at",
            "updated_at");
    private static final long FOLLOW_UP = 1;

    private final AccountContent account;
    private final Faults faults;

    TaskApi(AccountContent account, Faults faults) {
        this.account = account;
        this.faults = faults;
    }

    Reply list(Call call) {
        return new JsonRows(call)
                .page(
                        "tasks",
                        account.feed().tasks.values().stream()
                                .map(task -> task.json(call.base()))
                                .toList(),
                        FILTERS,
                        account.now() - faults.lag().toSeconds());
    }

    Reply one(Call call, long id) {
        Task task = account.feed().tasks.get(id);
        return task == null ? EntityApi.missing(call) : Reply.json(200, task.json(call.base()));
    }

    Reply create(Call call) {
        return Batch.of(
                account,
                call,
                Batch.LARGEST,
                (item, checks) -> {
                    checks.lookAtText(item, "text");
                    checks.lookAtNumber(item, "complete_till", true);
                    checks.lookAtNumber(item, "task_type_id", false);
                    checks.lookAtUser(item, "");
                    if (item.hasNonNull("entity_id")) {
                        checks.lookAtEntity(item, item.path("entity_type").asText());
                    }
                },
                (item, requestId, answers) -> {
                    Long entity = item.hasNonNull("entity_id")
                            ? (Long) item.path("entity_id").asLong()
                            : null;
                    Task task = new Task(
                            account.newId(),
                            item.path("text").asText(),
                            item.path("complete_till").asLong(),
                            entity,
                            entity == null ? null : item.path("entity_type").asText(),
                            item.path("task_type_id").asLong(FOLLOW_UP),
                            item.path("responsible_user_id")
                                    .asLong(account.structure().firstUser()),
                            account.now(),
                            account.now(),
                            item.path("is_completed").asBoolean(),
                            item.path("result").path("text").asText(null));
                    account.feed().tasks.put(task.id(), task);
                    answer(answers, task, call).put("request_id", requestId);
                },
                answers -> Reply.embedded(200, "tasks", answers));
    }

    Reply change(Call call) {
        return Batch.of(
                account,
                call,
                Batch.LARGEST,
                (item, checks) -> {
                    checks.lookAtId(item);
                    checks.lookAtNumber(item, "complete_till", false);
                },
                (item, requestId, answers) -> {
                    Task task = changed(item.path("id").asLong(), item);
                    if (task != null) {
                        answer(answers, task, call)
                                .put("updated_at", task.updatedAt())
                                .put("request_id", requestId);
                    }
                },
                answers -> answers.isEmpty() ? Reply.empty(204) : Reply.embedded(200, "tasks", answers));
    }

    Reply changeOne(Call call, long id) {
        if (!call.body().isObject() || call.body().isEmpty()) {
            return call.body().isArray() ? Reply.wrongVerb() : Reply.emptyBody();
        }
        Task task = changed(id, call.body());
        return task == null ? EntityApi.missing(call) : Reply.json(200, task.json(call.base()));
    }

    private Task changed(long id, JsonNode item) {
        return account.feed()
                .tasks
                .computeIfPresent(
                        id,
                        (same, task) -> task.changed(
                                item.path("text").asText(task.text()),
                                item.path("complete_till").asLong(task.completeTill()),
                                item.path("is_completed").asBoolean(task.completed()),
                                item.path("result").path("text").asText(task.result()),
                                account.now()));
    }

    private static ObjectNode answer(ArrayNode answers, Task task, Call call) {
        ObjectNode answer = answers.addObject().put("id", task.id());
        answer.putObject("_links").putObject("self").put("href", call.base() + "/api/v4/tasks/" + task.id());
        return answer;
    }
}
