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
import io.identamocrm.model.Language;
import io.identamocrm.model.MappedField;
import io.identamocrm.model.Text;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

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
public record FieldChange(Text entity, Text field, Text before, Text after, boolean personal) {

    private static final Text EMPTY = StoryText.EMPTY;
    private static final Text ANOTHER = StoryText.ANOTHER_VALUE;
    private static final Text MASK = Text.of("•••");
    private static final Set<MappedField> TIMES =
            Set.of(DealField.RECEPTION_DATE, ContactField.BIRTHDATE, ContactField.FIRST_VISIT, ContactField.LAST_VISIT);
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
        Text entity = deal(write.id());
        if (write.name() != null) {
            changes.add(new FieldChange(entity, StoryText.NAME, EMPTY, Text.of(write.name()), false));
        }
        if (write.pipelineId() != null && (base == null || base.pipelineId() != write.pipelineId())) {
            changes.add(new FieldChange(
                    entity,
                    StoryText.PIPELINE,
                    base == null ? EMPTY : number(base.pipelineId()),
                    number(write.pipelineId()),
                    false));
        }
        if (write.stageId() != null || write.pipelineId() != null) {
            changes.add(new FieldChange(
                    entity,
                    StoryText.STAGE,
                    base == null ? EMPTY : number(base.stageId()),
                    write.stageId() == null ? StoryText.FIRST_STAGE : number(write.stageId()),
                    false));
        }
        if (write.responsibleId() != null) {
            changes.add(new FieldChange(entity, StoryText.RESPONSIBLE, EMPTY, number(write.responsibleId()), false));
        }
        ofFields(
                entity,
                write.values(),
                base == null ? Set.of() : base.fingerprints().keySet(),
                zone,
                changes);
        if (write.isNew() || write.linkContact()) {
            changes.add(new FieldChange(entity, StoryText.LINKED_CONTACT, EMPTY, contact(write.contactId()), false));
        }
    }

    private static void ofContact(ContactWrite write, ZoneId zone, List<FieldChange> changes) {
        Contact base = write.base();
        Text entity = contact(write.id());
        if (write.name() != null) {
            changes.add(new FieldChange(
                    entity,
                    StoryText.CONTACT_NAME,
                    base == null || base.name() == null ? EMPTY : ANOTHER,
                    Text.of(write.name()),
                    true));
        }
        if (!write.phones().isEmpty()) {
            changes.add(new FieldChange(
                    entity,
                    StoryText.PHONE,
                    base == null || base.phones().isEmpty() ? EMPTY : ANOTHER,
                    Text.of(String.join(", ", write.phones())),
                    true));
        }
        ofFields(
                entity,
                write.values(),
                base == null ? Set.of() : base.fingerprints().keySet(),
                zone,
                changes);
    }

    private static <F extends MappedField> void ofFields(
            Text entity, Map<F, String> values, Set<F> held, ZoneId zone, List<FieldChange> changes) {
        Map<F, String> sorted = new TreeMap<>(Comparator.comparing(MappedField::key));
        sorted.putAll(values);
        sorted.forEach((field, value) -> changes.add(new FieldChange(
                entity,
                Text.of(field.key()),
                held.contains(field) ? ANOTHER : EMPTY,
                value.isEmpty() ? EMPTY : Text.of(TIMES.contains(field) ? time(value, zone) : value),
                field.isPersonal())));
    }

    /** amoCRM's date fields are compared as Unix seconds, which nobody reads; in a text field the value is a date already. */
    private static String time(String value, ZoneId zone) {
        return value.matches("-?\\d+")
                ? TIME.format(Instant.ofEpochSecond(Long.parseLong(value)).atZone(zone))
                : value;
    }

    private static Text number(long id) {
        return Text.of(Long.toString(id));
    }

    /** Negative is one that the same run would have created. */
    private static Text deal(@Nullable Long id) {
        return id == null ? StoryText.NEW_DEAL : id < 0 ? StoryText.DEAL_OF_RUN : StoryText.DEAL_ID.with(id);
    }

    private static Text contact(@Nullable Long id) {
        return id == null ? StoryText.NEW_CONTACT : id < 0 ? StoryText.CONTACT_OF_RUN : StoryText.CONTACT_ID.with(id);
    }

    /** The new value; a mask that does not tell its length if it is personal. */
    public Text shown(boolean personalToo) {
        return personal && !personalToo ? MASK : after;
    }

    /** For programs, in English: personal values are never in it. */
    public static ArrayNode json(List<FieldChange> changes) {
        return json(changes, Language.ENGLISH);
    }

    /** The same for those who read this language. */
    static ArrayNode json(List<FieldChange> changes, Language language) {
        ArrayNode array = JsonNodeFactory.instance.arrayNode();
        changes.forEach(change -> array.addObject()
                .put("entity", change.entity.in(language))
                .put("field", change.field.in(language))
                .put("before", change.before.in(language))
                .put("after", change.shown(false).in(language)));
        return array;
    }

    @Override
    public String toString() {
        return entity + " " + field;
    }
}
