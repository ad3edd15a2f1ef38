package io.identamocrm.model;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What is ours in a reception's deal: remembered apart from the mirror, because it cannot be read from amoCRM again.
 *
 * @param deal     the reception's deal; 0 if it has none
 * @param status   the status that its last outcome rested on
 * @param pipeline pipeline of the funnel that its last outcome rested on, or null if that is not known
 * @param stage    the stage that a write of ours put it into, as long as it stands there; else null
 * @param stageIn  the pipeline in which it is in that stage, where that is another than the funnel's; else null
 * @param withheld true if a stage was due and was not set: the deal stood in a protected one
 * @param contact  the contact that we linked to it, or null if we linked none
 * @param plan     fingerprint of the planned start, or null if that is not known
 * @param gone     true if amoCRM said, asked by id, that the deal is no more
 * @param patient  the patient it was last delivered for; 0 for one of whom nothing is known but that it is another one; null if nothing is
 * @param due      what managers are to hear of, now that it is delivered so; remembered apart, as long as it is due
 */
public record Delivered(
        long deal,
        Status status,
        @Nullable Long pipeline,
        @Nullable Long stage,
        @Nullable Long stageIn,
        boolean withheld,
        @Nullable Long contact,
        @Nullable String plan,
        boolean gone,
        @Nullable Long patient,
        List<FollowUp> due) {

    private static final long NOBODY = 0;

    public Delivered {
        due = due == null ? List.of() : List.copyOf(due);
    }

    /** Of which nobody is to hear. */
    public Delivered(
            long deal,
            Status status,
            @Nullable Long pipeline,
            @Nullable Long stage,
            @Nullable Long stageIn,
            boolean withheld,
            @Nullable Long contact,
            @Nullable String plan,
            boolean gone,
            @Nullable Long patient) {
        this(deal, status, pipeline, stage, stageIn, withheld, contact, plan, gone, patient, List.of());
    }

    /** Of an older build, which remembered the status alone. */
    public static Delivered ofStatus(Status status) {
        return new Delivered(0, status, null, null, null, false, null, null, false, null);
    }

    /** The same in this deal. */
    public Delivered in(long created) {
        return new Delivered(created, status, pipeline, stage, stageIn, withheld, contact, plan, gone, patient, due);
    }

    /** The same with this contact linked. */
    public Delivered linkedTo(@Nullable Long linked) {
        return new Delivered(deal, status, pipeline, stage, stageIn, withheld, linked, plan, gone, patient, due);
    }

    /** The same as long as the deal's contacts are still another patient's, be it one of whom nothing is remembered. */
    public Delivered stillOf(Delivered former) {
        return new Delivered(
                deal,
                status,
                pipeline,
                stage,
                stageIn,
                withheld,
                former.contact(),
                plan,
                gone,
                former.patient() == null ? Long.valueOf(NOBODY) : former.patient(),
                due);
    }

    /** The same of which managers are to hear so much. */
    public Delivered telling(List<FollowUp> news) {
        return new Delivered(deal, status, pipeline, stage, stageIn, withheld, contact, plan, gone, patient, news);
    }

    /** True if the deal stands in the stage that a write of ours put it into; pipelines have some of their stages in common. */
    public boolean isWherePut(Deal now) {
        Long put = stageIn == null ? pipeline : stageIn;
        return stage != null && stage == now.stageId() && (put == null || put == now.pipelineId());
    }

    /** The same after we put the deal of a visit that IDENT no longer has into a stage of cancelled ones, where it stands. */
    public Delivered asCancelled(long pipelineId, long put) {
        return new Delivered(
                deal,
                Status.CANCELLED,
                pipeline,
                put,
                otherThan(pipeline, pipelineId),
                false,
                contact,
                plan,
                gone,
                patient);
    }

    /** The same after amoCRM said that the deal is no more. */
    public Delivered asGone() {
        return new Delivered(deal, status, pipeline, null, null, withheld, contact, plan, true, patient);
    }

    /** The same where a stage was due that a manager's move has forestalled: it is not made up for. */
    public Delivered asWithheld() {
        return new Delivered(deal, status, pipeline, null, null, true, contact, plan, gone, patient, due);
    }

    /** What {@code stageIn} is for a stage in this pipeline, where the funnel's is that one; both may be null. */
    public static @Nullable Long otherThan(@Nullable Long funnels, Long pipelineId) {
        return Objects.equals(funnels, pipelineId) ? null : pipelineId;
    }
}
