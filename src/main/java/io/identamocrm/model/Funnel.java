package io.identamocrm.model;

/** The two pipelines of ours: a patient without a completed visit is PRIMARY, every other one SECONDARY. */
public enum Funnel implements Message {
    PRIMARY("первичные приёмы"),
    SECONDARY("повторные приёмы");

    private final String russian;

    Funnel(String russian) {
        this.russian = russian;
    }

    @Override
    public String english() {
        return name();
    }

    @Override
    public String russian() {
        return russian;
    }
}
