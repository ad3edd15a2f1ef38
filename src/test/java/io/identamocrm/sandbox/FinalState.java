package io.identamocrm.sandbox;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** An account's content as sorted lines, for comparing the ends of two runs. */
final class FinalState {

    private final List<EntityView> leads;
    private final List<EntityView> contacts;
    private final List<Task> tasks;
    private final List<Note> notes;

    FinalState(List<EntityView> leads, List<EntityView> contacts, List<Task> tasks, List<Note> notes) {
        this.leads = leads;
        this.contacts = contacts;
        this.tasks = tasks;
        this.notes = notes;
    }

    String withoutIds() {
        return lines(contact -> "", lead -> "");
    }

    String withIds() {
        return lines(contact -> contact.id() + " ", lead -> lead.id() + " ");
    }

    private String lines(Function<EntityView, String> contactId, Function<EntityView, String> leadId) {
        Map<Long, String> contactLines = contacts.stream()
                .collect(Collectors.toMap(
                        EntityView::id,
                        contact -> contactId.apply(contact) + contact.name() + " | user " + contact.responsibleUserId()
                                + " | " + contact.values() + " | tags " + contact.tags()));
        Stream<String> leadLines = leads.stream()
                .map(lead -> "lead " + leadId.apply(lead) + lead.name() + " | " + lead.pipelineId() + "/"
                        + lead.stageId() + " | price " + lead.price() + " | user " + lead.responsibleUserId() + " | "
                        + lead.values() + " | tags "
                        + lead.tags() + " | contacts "
                        + lead.links().stream().map(contactLines::get).sorted().toList());
        Map<Long, String> names = Stream.concat(leads.stream(), contacts.stream())
                .collect(Collectors.toMap(EntityView::id, EntityView::name));
        Stream<String> feed = Stream.concat(
                tasks.stream()
                        .map(task -> "task " + task.text() + " | till " + task.completeTill() + " | user "
                                + task.responsibleUserId() + " | " + task.completed() + " | "
                                + names.get(task.entityId())),
                notes.stream()
                        .map(note -> "note " + note.type() + " | " + note.text() + " | " + names.get(note.entityId())));
        Stream<String> contactRows = contacts.stream()
                .map(contact -> "contact " + contactLines.get(contact.id()) + " | leads "
                        + contact.links().size());
        return Stream.of(leadLines, contactRows, feed)
                .flatMap(lines -> lines)
                .sorted()
                .collect(Collectors.joining("\n"));
    }
}
