package io.identamocrm.sandbox;

import java.util.Collection;
import java.util.List;
import java.util.Map;

/** An account's pipelines, fields and users, and what administrators do to them. */
abstract class AdministeredAccount {

    private final AccountContent content;
    private final AccountStructure structure;

    AdministeredAccount(AccountContent content) {
        this.content = content;
        structure = content.structure();
    }

    AccountContent content() {
        return content;
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

    /** The same with a code, as programs give one. */
    public void putField(boolean ofLeads, long id, String name, FieldType type, String code) {
        synchronized (content) {
            structure.fields(ofLeads).put(id, new CustomField(id, name, code, type, List.of()));
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
            content.changeAll(
                    true,
                    lead -> lead.pipelineId == pipeline,
                    lead -> lead.moveTo(
                            first.id(),
                            Pipeline.isEnd(lead.stageId)
                                    ? lead.stageId
                                    : first.firstOrdinary().id(),
                            content.now()));
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
            content.changeAll(
                    true,
                    lead -> lead.stageId == stage,
                    lead -> lead.moveTo(
                            pipeline,
                            structure.pipeline(pipeline).firstOrdinary().id(),
                            content.now()));
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
                content.changeAll(
                        leads,
                        entity -> entity.responsibleUserId == user,
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

    /** Refuses items that set a field to this value, as amoCRM refuses what its administrators have restricted; null takes any again. */
    public void refuse(long field, String value) {
        synchronized (content) {
            structure.refuse(field, value);
        }
    }
}
