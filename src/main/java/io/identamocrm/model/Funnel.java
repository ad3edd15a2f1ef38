package io.identamocrm.model;

/** The two pipelines of ours: a patient without a completed visit is PRIMARY, every other one SECONDARY. */
public enum Funnel {
    /** «Первичные приёмы». */
    PRIMARY,
    /** «Повторные приёмы». */
    SECONDARY
}
