package io.identamocrm.sandbox;

import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * The content of the emulated account: what the API reads and writes, and what managers do by hand. Ids of the default account are
 * constants, so that tests and settings can name them. What the API finds is its {@link AccountContent}.
 */
public final class SandboxAccount {

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

    private final AccountContent content;
    private final AccountStructure structure;

    SandboxAccount(SandboxOptions options) {
        content = new AccountContent(options);
        structure = content.structure();
    }

    /** The id of a stage by its place in the pipeline: 0 = unsorted, 1 = the first ordinary one. */
    public static long stage(long pipeline, int place) {
        return pipeline * 100 + place;
    }

    AccountContent content() {
        return content;
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

    /** The pipelines, in order. */
    public Collection<Pipeline> pipelines() {
        synchronized (content) {
            return structure.pipelines();
        }
    }

    /** The custom fields by their ids. */
    public Map<Long, CustomField> fieldsOf(boolean ofLeads) {
        synchronized (content) {
            return Map.copyOf(structure.fields(ofLeads));
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
            return new FinalState(leads(), contacts());
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

    // ---- for tests: what administrators do

    /** An administrator makes a text field for deals; returns its id. */
    public long addLeadField(String name) {
        synchronized (content) {
            long id = structure.newFieldId(true);
            putField(true, id, name, FieldType.TEXT);
            return id;
        }
    }

    /** An administrator makes a field, or makes one anew with another type. */
    public void putField(boolean ofLeads, long id, String name, FieldType type) {
        synchronized (content) {
            structure.fields(ofLeads).put(id, CustomField.of(id, name, type));
        }
    }

    /** An administrator deletes a field, and with it all its values. */
    public void deleteField(boolean ofLeads, long id) {
        synchronized (content) {
            structure.fields(ofLeads).remove(id);
            content.all(ofLeads).everything().forEach(entity -> entity.fields.remove(id));
        }
    }

    /** An administrator makes a pipeline with the usual stages; returns its id. */
    public long addPipeline(String name) {
        synchronized (content) {
            return structure.addPipeline(name);
        }
    }

    /** An administrator deletes a pipeline; its deals move to the first one that is left, the closed ones stay closed. */
    public void deletePipeline(long pipeline) {
        synchronized (content) {
            structure.deletePipeline(pipeline);
            Pipeline first = structure.pipelines().iterator().next();
            content.changeAll(true, lead -> lead.pipelineId == pipeline, lead -> lead.moveTo(first.id(),
                    Pipeline.isEnd(lead.stageId) ? lead.stageId : first.firstOrdinary().id(), content.now()));
        }
    }

    /** An administrator makes a stage before won and lost; returns its id. */
    public long addStage(long pipeline, String name) {
        synchronized (content) {
            return structure.addStage(pipeline, name);
        }
    }

    /** An administrator deletes an ordinary stage; its deals move to the first ordinary one that is left. */
    public void deleteStage(long pipeline, long stage) {
        synchronized (content) {
            structure.deleteStage(pipeline, stage);
            content.changeAll(true, lead -> lead.stageId == stage,
                    lead -> lead.moveTo(pipeline, structure.pipeline(pipeline).firstOrdinary().id(), content.now()));
        }
    }

    /** An administrator adds a user; returns the id. */
    public long addUser() {
        synchronized (content) {
            return structure.addUser();
        }
    }

    /** An administrator deactivates a user, who may not be named in writes any more and keeps what he is in charge of. */
    public void deactivateUser(long user) {
        synchronized (content) {
            structure.deactivate(user);
        }
    }

    /** An administrator deletes a user; what he was in charge of is the first user's now. */
    public void deleteUser(long user) {
        synchronized (content) {
            structure.deleteUser(user);
            for (boolean leads : new boolean[] {true, false}) {
                content.changeAll(leads, entity -> entity.responsibleUserId == user,
                        entity -> entity.responsibleUserId = structure.firstUser());
            }
        }
    }

    /** An administrator archives a pipeline. */
    public void archive(long pipeline) {
        synchronized (content) {
            structure.archive(pipeline);
        }
    }

    /** The token's user is no administrator any more. */
    public void takeAdministratorsRight() {
        synchronized (content) {
            structure.takeAdministratorsRight();
        }
    }

    /** What users may view and edit: {@code A} = all, {@code M} = their own only. */
    public void giveRight(String other) {
        synchronized (content) {
            structure.giveRight(other);
        }
    }

    /** Refuses items that set a field to this value, as amoCRM refuses what its administrators have restricted; null refuses nothing. */
    public void refuse(long field, String value) {
        synchronized (content) {
            structure.refuse(field, value);
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
            return stage(entity.pipelineId, content.pipeline(entity.pipelineId).firstOrdinary().id());
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
            entity.put(id, all.stream().map(value -> content.parsed(entity, id, value)).toList());
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
