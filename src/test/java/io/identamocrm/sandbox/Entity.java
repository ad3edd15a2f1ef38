package io.identamocrm.sandbox;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** A lead or a contact as the sandbox keeps it. Guarded by the account. */
final class Entity {

    final long id;
    final boolean lead;
    String name = "";
    /** A contact's name in two parts, as far as somebody wrote it so. */
    String firstName = "";

    String lastName = "";
    long price;
    long pipelineId;
    long stageId;
    long responsibleUserId;
    long createdBy;
    long createdAt;
    long updatedAt;
    Long closedAt;
    /** Values per field id; never an empty list. */
    final Map<Long, List<FieldValue>> fields = new TreeMap<>();

    final Set<String> tags = new TreeSet<>();
    /** The other side of the links: a lead's contacts in order of linking, a contact's leads. */
    final Set<Long> links = new LinkedHashSet<>();
    /** A lead's main contact, one of the links; null without any. */
    Long mainContact;
    /** True from its deletion or merging on. */
    boolean deleted;

    Entity(long id, boolean lead) {
        this.id = id;
        this.lead = lead;
    }

    /** Moves a lead; reaching 142 or 143 closes it, leaving them opens it again (amoCRM facts, section 4.5). */
    void moveTo(long pipeline, long stage, long now) {
        pipelineId = pipeline;
        stageId = stage;
        if (!Pipeline.isEnd(stage)) {
            closedAt = null;
        } else if (closedAt == null) {
            closedAt = now;
        }
    }

    void put(long field, List<FieldValue> values) {
        if (values.isEmpty()) {
            fields.remove(field);
        } else {
            fields.put(field, List.copyOf(values));
        }
    }
}
