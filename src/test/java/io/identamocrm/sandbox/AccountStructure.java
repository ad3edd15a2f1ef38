package io.identamocrm.sandbox;

import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** The account's pipelines, custom fields and users, and what its token may do. Guarded by the content. */
final class AccountStructure {

    private final Map<Long, Pipeline> pipelines = new LinkedHashMap<>();
    private final Map<Long, CustomField> leadFields = new TreeMap<>();
    private final Map<Long, CustomField> contactFields = new TreeMap<>();
    private final Set<Long> archived = new HashSet<>();
    private boolean administrator = true;
    private String right = "A";
    private long refusedField;
    private String refusedValue;

    AccountStructure() {
        addPipeline(SandboxAccount.PRIMARY, "Первичные приёмы");
        addPipeline(SandboxAccount.SECONDARY, "Повторные приёмы");
        addPipeline(SandboxAccount.FOREIGN, "Продажи");
        StandardFields.ofContacts().forEach(field -> contactFields.put(field.id(), field));
        StandardFields.ofLeads().forEach(field -> leadFields.put(field.id(), field));
    }

    private void addPipeline(long id, String name) {
        pipelines.put(id, new Pipeline(id, name, List.of(new Pipeline.Stage(SandboxAccount.stage(id, 0), "Неразобранное", 1),
                new Pipeline.Stage(SandboxAccount.stage(id, 1), "Новая запись", 0),
                new Pipeline.Stage(SandboxAccount.stage(id, 2), "Подтверждён", 0),
                new Pipeline.Stage(SandboxAccount.stage(id, 3), "Пришёл", 0),
                new Pipeline.Stage(SandboxAccount.stage(id, 4), "Приём завершён", 0),
                new Pipeline.Stage(Pipeline.WON, "Успешно завершена", 0), new Pipeline.Stage(Pipeline.LOST, "Не реализована", 0))));
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

    /** Apart from the numbers of the product's mapping, which tests and settings name. */
    long newFieldId(boolean lead) {
        return Math.max(200, fields(lead).keySet().stream().mapToLong(Long::longValue).max().orElse(0) + 1);
    }

    boolean isUser(long id) {
        return SandboxAccount.USERS.contains(id);
    }

    /** True for a user who may be named in writes. */
    boolean isActive(long user) {
        return isUser(user) && user != SandboxAccount.INACTIVE_USER;
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
        return refusedValue != null && field == refusedField && refusedValue.equals(value);
    }

    void refuse(long field, String value) {
        refusedField = field;
        refusedValue = value;
    }
}
