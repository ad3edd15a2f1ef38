package io.identamocrm.sandbox;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** The account's pipelines, custom fields and users, and what its token may do. Guarded by the content. */
final class AccountStructure {

    private static final long FIRST_ADDED_PIPELINE = 4500;
    private static final long FIRST_ADDED_USER = 9100;
    /** Fields that are added are numbered apart from the product's mapping, which tests and settings name. */
    private static final long FIRST_ADDED_FIELD = 200;

    private final Map<Long, Pipeline> pipelines = new LinkedHashMap<>();
    private final Map<Long, CustomField> leadFields = new TreeMap<>();
    private final Map<Long, CustomField> contactFields = new TreeMap<>();
    private final Set<Long> archived = new HashSet<>();
    /** True for users who may be named in writes. */
    private final Map<Long, Boolean> users = new LinkedHashMap<>();
    /** Numbers are never given twice, so that what was deleted stays unknown. */
    private int added;

    private long lastField = FIRST_ADDED_FIELD - 1;
    private boolean administrator = true;
    private String right = "A";
    private final Map<Long, String> refused = new HashMap<>();

    AccountStructure() {
        addPipeline(SandboxAccount.PRIMARY, "Первичные приёмы");
        addPipeline(SandboxAccount.SECONDARY, "Повторные приёмы");
        addPipeline(SandboxAccount.FOREIGN, "Продажи");
        SandboxAccount.USERS.forEach(user -> users.put(user, user != SandboxAccount.INACTIVE_USER));
        StandardFields.ofContacts().forEach(field -> contactFields.put(field.id(), field));
        StandardFields.ofLeads().forEach(field -> leadFields.put(field.id(), field));
    }

    private void addPipeline(long id, String name) {
        pipelines.put(
                id,
                new Pipeline(
                        id,
                        name,
                        List.of(
                                new Pipeline.Stage(SandboxAccount.stage(id, 0), "Неразобранное", 1),
                                new Pipeline.Stage(SandboxAccount.stage(id, 1), "Новая запись", 0),
                                new Pipeline.Stage(SandboxAccount.stage(id, 2), "Подтверждён", 0),
                                new Pipeline.Stage(SandboxAccount.stage(id, 3), "Пришёл", 0),
                                new Pipeline.Stage(SandboxAccount.stage(id, 4), "Приём завершён", 0),
                                new Pipeline.Stage(Pipeline.WON, "Успешно завершена", 0),
                                new Pipeline.Stage(Pipeline.LOST, "Не реализована", 0))));
    }

    long addPipeline(String name) {
        long id = FIRST_ADDED_PIPELINE + added++;
        addPipeline(id, name);
        return id;
    }

    /** Deletes a pipeline; the account keeps at least one. */
    void deletePipeline(long id) {
        required(id);
        if (pipelines.size() == 1) {
            throw new IllegalArgumentException("Pipeline " + id + " is the account's last");
        }
        pipelines.remove(id);
        archived.remove(id);
    }

    /** A new stage before won and lost; returns its id. */
    long addStage(long pipeline, String name) {
        Pipeline old = required(pipeline);
        long id = SandboxAccount.stage(pipeline, SandboxAccount.ORDINARY_STAGES + 1) + added++;
        List<Pipeline.Stage> stages = new ArrayList<>(old.stages());
        stages.add(stages.size() - 2, new Pipeline.Stage(id, name, 0));
        pipelines.put(pipeline, new Pipeline(pipeline, old.name(), List.copyOf(stages)));
        return id;
    }

    /** Deletes an ordinary stage; a pipeline keeps at least one. */
    void deleteStage(long pipeline, long stage) {
        Pipeline old = required(pipeline);
        List<Pipeline.Stage> left =
                old.stages().stream().filter(any -> any.id() != stage).toList();
        if (!old.canTake(stage)
                || Pipeline.isEnd(stage)
                || Pipeline.isEnd(
                        new Pipeline(pipeline, "", left).firstOrdinary().id())) {
            throw new IllegalArgumentException("Stage " + stage + " cannot be deleted from pipeline " + pipeline);
        }
        pipelines.put(pipeline, new Pipeline(pipeline, old.name(), left));
    }

    private Pipeline required(long pipeline) {
        if (!pipelines.containsKey(pipeline)) {
            throw new IllegalArgumentException("There is no pipeline " + pipeline);
        }
        return pipelines.get(pipeline);
    }

    Collection<Pipeline> pipelines() {
        return List.copyOf(pipelines.values());
    }

    Pipeline pipeline(long id) {
        return pipelines.get(id);
    }

    void archive(long pipeline) {
        archived.add(pipeline);
    }

    boolean isArchived(long pipeline) {
        return archived.contains(pipeline);
    }

    Map<Long, CustomField> fields(boolean lead) {
        return lead ? leadFields : contactFields;
    }

    long newFieldId(boolean lead) {
        lastField = Math.max(
                        lastField,
                        fields(lead).keySet().stream()
                                .mapToLong(Long::longValue)
                                .max()
                                .orElse(0))
                + 1;
        return lastField;
    }

    Collection<Long> users() {
        return users.keySet();
    }

    boolean isUser(long id) {
        return users.containsKey(id);
    }

    /** True for a user who may be named in writes. */
    boolean isActive(long user) {
        return users.getOrDefault(user, false);
    }

    /** In whose charge new entities are. */
    long firstUser() {
        return users.keySet().iterator().next();
    }

    long addUser() {
        long id = FIRST_ADDED_USER + added++;
        users.put(id, true);
        return id;
    }

    void deactivate(long user) {
        if (users.replace(user, false) == null) {
            throw new IllegalArgumentException("There is no user " + user);
        }
    }

    /** Deletes a user; the account keeps at least one. */
    void deleteUser(long user) {
        if (users.size() == 1 || users.remove(user) == null) {
            throw new IllegalArgumentException("User " + user + " cannot be deleted");
        }
    }

    boolean isTokenOfAdministrator() {
        return administrator;
    }

    void takeAdministratorsRight() {
        administrator = false;
    }

    String right() {
        return right;
    }

    void giveRight(String other) {
        right = other;
    }

    boolean refuses(long field, String value) {
        return value.equals(refused.get(field));
    }

    void refuse(long field, String value) {
        if (value == null) {
            refused.remove(field);
        } else {
            refused.put(field, value);
        }
    }
}
