package io.identamocrm.simulation;

import io.identamocrm.model.FollowUp;
import io.identamocrm.model.Funnel;
import io.identamocrm.model.Status;
import io.identamocrm.sandbox.SandboxAccount;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;

/** How the product is set up: each is started once, and every world is played with one of them. */
enum Setup {

    /** Stages are the managers' business. */
    PLAIN(false, false, Map.of("SYNC_BATCH_SIZE", "50")),
    /** A stage for each status, one protected stage, and the deals tell themselves what we delivered. */
    STAGES_AND_STATE(
            true,
            true,
            Map.of(
                    "SYNC_BATCH_SIZE",
                    "2",
                    "DEAL_PROTECTED_STAGES",
                    SandboxAccount.stage(SandboxAccount.PRIMARY, 4) + ","
                            + SandboxAccount.stage(SandboxAccount.SECONDARY, 4))),
    /** A stage for each status; relatives share a contact. */
    STAGES_AND_RELATIVES(true, false, Map.of("SYNC_BATCH_SIZE", "3", "CONTACT_SHARED_PHONE", "attach"));

    /** The id that the sandbox gives to the field in which deals tell their state. */
    static final long STATE_FIELD = 200;

    private final boolean stages;
    private final boolean state;
    private final Map<String, String> variables;

    Setup(boolean stages, boolean state, Map<String, String> variables) {
        this.stages = stages;
        this.state = state;
        this.variables = variables;
    }

    /** That of a world: its first chance. */
    static Setup by(Random chance) {
        return values()[chance.nextInt(values().length)];
    }

    Map<String, String> variables() {
        Map<String, String> all = new HashMap<>(variables);
        if (stages) {
            for (Funnel funnel : Funnel.values()) {
                for (Status status : Status.values()) {
                    Long stage = stageOf(pipelineOf(funnel), status);
                    if (stage != null) {
                        all.put("DEAL_STAGE_" + funnel + "_" + status, stage.toString());
                    }
                }
            }
        }
        if (state) {
            all.put("AMOCRM_DEAL_FIELD_SYNC_STATE", Long.toString(STATE_FIELD));
        }
        if (this != PLAIN) {
            for (FollowUp.Event event : FollowUp.Event.values()) {
                all.put("FOLLOW_UP_PRIMARY_" + event.name(), "task");
                all.put("FOLLOW_UP_SECONDARY_" + event.name(), "note");
                all.put("FOLLOW_UP_TEXT_" + event.name(), event.name() + " <id>");
            }
            all.put("FOLLOW_UP_NOT_OLDER_THAN_HOURS", "8760");
        }
        return all;
    }

    /** The stage of a status in a pipeline, or null where it is left alone. */
    Long stageOf(long pipeline, Status status) {
        return !stages
                ? null
                : switch (status) {
                    case SCHEDULED -> SandboxAccount.stage(pipeline, 1);
                    case ARRIVED -> SandboxAccount.stage(pipeline, 2);
                    case COMPLETED -> SandboxAccount.stage(pipeline, 3);
                    case CANCELLED, NO_SHOW -> null;
                };
    }

    static long pipelineOf(Funnel funnel) {
        return funnel == Funnel.PRIMARY ? SandboxAccount.PRIMARY : SandboxAccount.SECONDARY;
    }

    boolean isProtected(long stage) {
        return this == STAGES_AND_STATE
                && (stage == SandboxAccount.stage(SandboxAccount.PRIMARY, 4)
                        || stage == SandboxAccount.stage(SandboxAccount.SECONDARY, 4));
    }

    /** True if relatives with one phone may have one contact. */
    boolean sharesContacts() {
        return this == STAGES_AND_RELATIVES;
    }

    boolean hasStateField() {
        return state;
    }
}
