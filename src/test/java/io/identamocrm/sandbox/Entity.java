package io.identamocrm.sandbox;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** A lead or a contact as the sandbox keeps it. Guarded by the account. */
final class Entity {

    final long id;
    final boolean lead;
    String name = "";
    long price;
    long pipelineId;
    long stageId;
    long responsibleUserId;
    long createdAt;
    long updatedAt;
    Long closedAt;
    /** Value objects per field id, in the form in which they are read. */
    final Map<Long, List<ObjectNode>> fields = new TreeMap<>();
    /** The other side of the links: a lead's contacts in order of linking, a contact's leads. */
    final Set<Long> links;

    Entity(long id, boolean lead) {
        this.id = id;
        this.lead = lead;
        this.links = new LinkedHashSet<>();
    }
}
