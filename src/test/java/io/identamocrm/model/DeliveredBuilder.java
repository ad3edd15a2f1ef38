package io.identamocrm.model;

import java.time.LocalDateTime;

/** Builds what is remembered of receptions; see {@link Fixtures#delivered}. */
public final class DeliveredBuilder {

    private final long deal;
    private final Status status;
    private Long pipeline = Fixtures.PRIMARY_PIPELINE;
    private Long stage;
    private Long stageIn;
    private boolean withheld;
    private Long contact;
    private String plan;
    private boolean gone;
    private Long patient;

    DeliveredBuilder(long deal, Status status) {
        this.deal = deal;
        this.status = status;
    }

    /** Pipeline of the funnel; null if it is not known. */
    public DeliveredBuilder ofPipeline(Long value) {
        pipeline = value;
        return this;
    }

    public DeliveredBuilder putInto(long value) {
        stage = value;
        return this;
    }

    /** In another pipeline than the funnel's. */
    public DeliveredBuilder putInto(long otherPipeline, long value) {
        stageIn = otherPipeline;
        return putInto(value);
    }

    public DeliveredBuilder withheld() {
        withheld = true;
        return this;
    }

    public DeliveredBuilder linkedTo(long value) {
        contact = value;
        return this;
    }

    public DeliveredBuilder planned(LocalDateTime start) {
        plan = Fixtures.PRINT.of(start.toString());
        return this;
    }

    public DeliveredBuilder gone() {
        gone = true;
        return this;
    }

    public DeliveredBuilder of(Long value) {
        patient = value;
        return this;
    }

    public Delivered build() {
        return new Delivered(deal, status, pipeline, stage, stageIn, withheld, contact, plan, gone, patient);
    }
}
