package io.identamocrm.sandbox;

import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.function.Consumer;

/**
 * The content of the emulated account: what the API reads and writes, and what managers do by hand. Ids of the default account are
 * constants, so that tests and settings can name them. What the API finds is its {@link AccountContent}.
 */
public final class SandboxAccount extends AdministeredAccount {

    /** The account's id. */
    public static final long ID = 31_000_001;
    /** The account's subdomain. */
    public static final String SUBDOMAIN = "sandbox";
    /** «Первичные приёмы». */
    public static final long PRIMARY = 4401;
    /** «Повторные приёмы». */
    public static final long SECONDARY = 4402;
    /** «Продажи»: a pipeline that is none of the product's business. */
    public static final long FOREIGN = 4403;
    /** Number of a pipeline's ordinary stages: {@code stage(PRIMARY, 1)} is the first, {@code stage(PRIMARY, 4)} the last. */
    public static final int ORDINARY_STAGES = 4;
    /** The account's users; the last one is inactive. */
    public static final List<Long> USERS = List.of(9001L, 9002L, 9003L);
    /** A user who may not be named in writes any more. */
    public static final long INACTIVE_USER = 9003;
    /** A lead field that the product does not know. */
    public static final long MANAGERS_LEAD_FIELD = 101;
    /** A contact field that the product does not know. */
    public static final long MANAGERS_CONTACT_FIELD = 102;

    private final AccountContent content = content();

    SandboxAccount(SandboxOptions options) {
        super(new AccountContent(options));
    }

    /** The id of a stage by its place in the pipeline: 0 = unsorted, 1 = the first ordinary one. */
    public static long stage(long pipeline, int place) {
        return pipeline * 100 + place;
    }

    /**
     * The id that a custom field of a new account has.
     *
     * @throws NoSuchElementException if none has the title
     */
    public static long fieldId(boolean ofLeads, String title) {
        return (ofLeads ? StandardFields.ofLeads() : StandardFields.ofContacts())
                .stream()
                        .filter(field -> field.name().equals(title))
                        .findFirst()
                        .orElseThrow(() -> new NoSuchElementException("The sandbox's account has no field " + title))
                        .id();
    }

    ZoneId zone() {
        return content.zone();
    }

    int count(boolean lead) {
        synchronized (content) {
            return content.all(lead).size();
        }
    }

    // ---- for tests and pages: what there is

    /** All leads, by id. */
    public List<EntityView> leads() {
        return all(true);
    }

    /** All contacts, by id. */
    public List<EntityView> contacts() {
        return all(false);
    }

    private List<EntityView> all(boolean lead) {
        synchronized (content) {
            return content.all(lead).ascending().stream().map(EntityView::of).toList();
        }
    }

    /** A lead; throws if there is none. */
    public EntityView lead(long id) {
        return view(true, id);
    }

    /** A contact; throws if there is none. */
    public EntityView contact(long id) {
        return view(false, id);
    }

    private EntityView view(boolean lead, long id) {
        synchronized (content) {
            return EntityView.of(content.required(lead, id));
        }
    }

    /** The main contact of a lead, or null. */
    public Long mainContact(long lead) {
        synchronized (content) {
            return content.required(true, lead).mainContact;
        }
    }

    /** All tasks, by id. */
    public List<Task> tasks() {
        synchronized (content) {
            return List.copyOf(content.feed().tasks.values());
        }
    }

    /** All notes, by id. */
    public List<Note> notes() {
        synchronized (content) {
            return List.copyOf(content.feed().notes.values());
        }
    }

    /**
     * Everything that managers would see, as sorted lines without ids of leads and contacts and without times of change: equal for two
     * accounts that came to the same end by different ways.
     */
    public String finalState() {
        return state().withoutIds();
    }

    /** The same with ids, for two looks at one account. */
    public String finalStateWithIds() {
        return state().withIds();
    }

    private FinalState state() {
        synchronized (content) {
            return new FinalState(leads(), contacts(), tasks(), notes());
        }
    }

    // ---- for tests: what managers do

    /** A manager opens a deal in a pipeline's stage, with field values by id and linked contacts. */
    public long addLead(String name, long pipeline, long stage, Map<Long, String> fields, Long... linked) {
        synchronized (content) {
            Entity lead = content.newEntity(true);
            lead.name = name;
            lead.moveTo(pipeline, stage, content.now());
            fields.forEach((field, value) -> content.set(lead, field, value));
            content.add(lead);
            for (Long contact : linked) {
                content.link(lead.id, contact, false);
            }
            return lead.id;
        }
    }

    /** A manager or the website adds a contact. */
    public long addContact(String name, Map<Long, String> fields) {
        synchronized (content) {
            Entity contact = content.newEntity(false);
            contact.name = name;
            fields.forEach((field, value) -> content.set(contact, field, value));
            content.add(contact);
            return contact.id;
        }
    }

    /** A manager changes a lead. */
    public void changeLead(long id, Consumer<ByHand> change) {
        content.change(true, id, lead -> change.accept(new ByHand(lead)));
    }

    /** A manager changes a contact. */
    public void changeContact(long id, Consumer<ByHand> change) {
        content.change(false, id, contact -> change.accept(new ByHand(contact)));
    }

    /** A manager deletes a lead. */
    public void deleteLead(long id) {
        content.remove(true, id);
    }

    /** A manager deletes a contact. */
    public void deleteContact(long id) {
        content.remove(false, id);
    }

    /**
     * A manager merges two contacts: the leads of the second go to the first, phones and addresses are joined, other fields are taken
     * where the first has none, and the second vanishes.
     */
    public void mergeContacts(long kept, long merged) {
        Merge.contacts(content, kept, merged);
    }

    /**
     * A manager merges two deals: the first keeps its place and what it holds, takes from the second what it lacks and its contacts, and
     * the second vanishes.
     */
    public void mergeLeads(long kept, long merged) {
        Merge.leads(content, kept, merged);
    }

    /** A manager links a contact to a lead; nothing happens if it is linked already. */
    public void link(long lead, long contact) {
        content.link(lead, contact, false);
    }

    /** A manager separates a contact from a lead; nothing happens if they are not linked. */
    public void unlink(long lead, long contact) {
        content.unlink(lead, contact);
    }

    /** A manager makes a contact a lead's main one, linking it where it was not. */
    public void makeMain(long lead, long contact) {
        synchronized (content) {
            content.link(lead, contact, true);
            content.change(true, lead, linked -> linked.mainContact = contact);
        }
    }

    /** A manager has done what a task asks for. */
    public void completeTask(long id, String result) {
        synchronized (content) {
            if (content.feed()
                            .tasks
                            .computeIfPresent(
                                    id,
                                    (same, task) ->
                                            task.changed(task.text(), task.completeTill(), true, result, content.now()))
                    == null) {
                throw new IllegalArgumentException("There is no task " + id);
            }
        }
    }

    /** What a manager can change in amoCRM's pages. */
    public final class ByHand {
        private final Entity entity;

        private ByHand(Entity entity) {
            this.entity = entity;
        }

        /** Renames. */
        public ByHand name(String name) {
            entity.name = name;
            return this;
        }

        /** Sets a lead's budget. */
        public ByHand price(long price) {
            entity.price = price;
            return this;
        }

        /** Moves a lead. */
        public ByHand stage(long pipeline, long stage) {
            entity.moveTo(pipeline, stage, content.now());
            return this;
        }

        /** Closes a lead as won, in its pipeline. */
        public ByHand won() {
            return stage(entity.pipelineId, Pipeline.WON);
        }

        /** Closes a lead as lost, in its pipeline. */
        public ByHand lost() {
            return stage(entity.pipelineId, Pipeline.LOST);
        }

        /** Opens a closed lead again, in its pipeline's first ordinary stage. */
        public ByHand reopened() {
            return stage(
                    entity.pipelineId,
                    content.pipeline(entity.pipelineId).firstOrdinary().id());
        }

        /** Hands it to another user. */
        public ByHand responsible(long user) {
            entity.responsibleUserId = user;
            return this;
        }

        /** Sets a field; null empties it. */
        public ByHand field(long id, String value) {
            content.set(entity, id, value);
            return this;
        }

        /** Sets all values of a field, such as several phones. */
        public ByHand field(long id, List<String> all) {
            entity.put(
                    id,
                    all.stream().map(value -> content.parsed(entity, id, value)).toList());
            return this;
        }

        /** Adds a value to those of a field, such as another phone. */
        public ByHand append(long id, String value) {
            List<FieldValue> all = new ArrayList<>(entity.fields.getOrDefault(id, List.of()));
            all.add(content.parsed(entity, id, value));
            entity.put(id, all);
            return this;
        }

        /** Puts tags on it. */
        public ByHand tags(String... names) {
            entity.tags.addAll(Arrays.asList(names));
            return this;
        }
    }
}
