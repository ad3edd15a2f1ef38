package io.identamocrm.console;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.identamocrm.model.Contact;
import io.identamocrm.model.ContactField;
import io.identamocrm.model.Deal;
import io.identamocrm.model.DealField;
import io.identamocrm.model.Decision;
import io.identamocrm.model.Decision.ContactWrite;
import io.identamocrm.model.Decision.DealWrite;
import io.identamocrm.model.MappedField;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * One field that a decision changes. Of the values in amoCRM the product keeps fingerprints only, so the old one is known as empty or as
 * another one; ids of stages and pipelines are known.
 *
 * @param entity   {@code deal 123}, {@code new deal}, {@code contact 456} …
 * @param field    name of our field, or of a member of amoCRM's own
 * @param before   what amoCRM holds, as far as it is known
 * @param after    what it will hold
 * @param personal true if {@code after} tells something about a person
 */
public record FieldChange(String entity, String field, String before, String after, boolean personal) {

    private static final String EMPTY = "(empty)";
    private static final String ANOTHER = "(another value)";
    private static final String MASK = "•••";
    private static final Set<MappedField> TIMES = Set.of(DealField.RECEPTION_DATE, ContactField.BIRTHDATE, ContactField.FIRST_VISIT,
            ContactField.LAST_VISIT);
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm");

    /**
     * All changes of a decision: the deal's, then the contact's, fields by name.
     *
     * @param zone the clinic's, in which times are written
     */
    public static List<FieldChange> of(Decision decision, ZoneId zone) {
        List<FieldChange> changes = new ArrayList<>();
        if (decision.deal() != null) {
            ofDeal(decision.deal(), zone, changes);
        }
        if (decision.contact() != null) {
            ofContact(decision.contact(), zone, changes);
        }
        return changes;
    }

    private static void ofDeal(DealWrite write, ZoneId zone, List<FieldChange> changes) {
        Deal base = write.base();
        String entity = entity("deal", write.id());
        if (write.name() != null) {
            changes.add(new FieldChange(entity, "name", EMPTY, write.name(), false));
        }
        if (write.pipelineId() != null && (base == null || base.pipelineId() != write.pipelineId())) {
            changes.add(new FieldChange(entity, "pipeline", base == null ? EMPTY : Long.toString(base.pipelineId()),
                    write.pipelineId().toString(), false));
        }
        if (write.stageId() != null || write.pipelineId() != null) {
            changes.add(new FieldChange(entity, "stage", base == null ? EMPTY : Long.toString(base.stageId()),
                    write.stageId() == null ? "the pipeline's first" : write.stageId().toString(), false));
        }
        if (write.responsibleId() != null) {
            changes.add(new FieldChange(entity, "responsible user", EMPTY, write.responsibleId().toString(), false));
        }
        ofFields(entity, write.values(), base == null ? Set.of() : base.fingerprints().keySet(), zone, changes);
        if (write.isNew() || write.linkContact()) {
            changes.add(new FieldChange(entity, "linked contact", EMPTY, entity("contact", write.contactId()), false));
        }
    }

    private static void ofContact(ContactWrite write, ZoneId zone, List<FieldChange> changes) {
        Contact base = write.base();
        String entity = entity("contact", write.id());
        if (write.name() != null) {
            changes.add(new FieldChange(entity, "contact's name", base == null || base.name() == null ? EMPTY : ANOTHER,
                    write.name(), true));
        }
        if (!write.phones().isEmpty()) {
            changes.add(new FieldChange(entity, "phone", base == null || base.phones().isEmpty() ? EMPTY : ANOTHER,
                    String.join(", ", write.phones()), true));
        }
        ofFields(entity, write.values(), base == null ? Set.of() : base.fingerprints().keySet(), zone, changes);
    }

    private static <F extends MappedField> void ofFields(String entity, Map<F, String> values, Set<F> held, ZoneId zone,
                                                           List<FieldChange> changes) {
        Map<F, String> sorted = new TreeMap<>(Comparator.comparing(MappedField::key));
        sorted.putAll(values);
        sorted.forEach((field, value) -> changes.add(new FieldChange(entity, field.key(), held.contains(field) ? ANOTHER : EMPTY,
                value.isEmpty() ? EMPTY : TIMES.contains(field) ? time(value, zone) : value, field.isPersonal())));
    }

    /** amoCRM's date fields are compared as Unix seconds, which nobody reads; in a text field the value is a date already. */
    private static String time(String value, ZoneId zone) {
        return value.matches("-?\\d+") ? TIME.format(Instant.ofEpochSecond(Long.parseLong(value)).atZone(zone)) : value;
    }

    /** Negative is one that the same run would have created. */
    private static String entity(String kind, Long id) {
        return id == null ? "new " + kind : id < 0 ? kind + " of this run" : kind + " " + id;
    }

    /** The new value; a mask that does not tell its length if it is personal. */
    public String shown(boolean personalToo) {
        return personal && !personalToo ? MASK : after;
    }

    /** For programs: personal values are never in it. */
    public static ArrayNode json(List<FieldChange> changes) {
        ArrayNode array = JsonNodeFactory.instance.arrayNode();
        changes.forEach(change -> array.addObject().put("entity", change.entity).put("field", change.field).put("before", change.before)
                .put("after", change.shown(false)));
        return array;
    }

    @Override
    public String toString() {
        return entity + " " + field;
    }
}
