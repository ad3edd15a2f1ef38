package io.identamocrm.model;

/** Why one reception or patient could not be delivered: a stable code for programs, a sentence and a remedy for people. */
public enum FailureCode {
    PATIENT_NOT_FOUND("Patient not found",
            "Give the reception a patient in IDENT, or leave it if the slot was only blocked."),
    PLAN_START_MISSING("Reception has no planned start",
            "Set the planned time of the reception in IDENT."),
    COMPLETED_COUNT_UNREADABLE("Whether the patient has completed a visit before could not be read",
            "Check receptions.sql: completed_before must be 0 or 1 for every reception."),
    ROW_UNREADABLE("A column of the row holds something unexpected",
            "Compare the aliases and types in config/sql with this IDENT build."),
    ROW_GONE("The row is no longer in IDENT",
            "Nothing more can be delivered: discard the dead letter, and look at the deal that was left behind, if there is one."),
    CONTACT_NOT_CREATED("Failed to create contact",
            "amoCRM refused the contact; the detail names the field."),
    DEAL_NOT_CREATED("Failed to create deal",
            "amoCRM refused the deal; the detail names the field."),
    DEAL_NOT_UPDATED("Failed to update deal",
            "amoCRM refused the change; the detail names the field."),
    CONTACT_NOT_UPDATED("Failed to update contact",
            "amoCRM refused the change; the detail names the field."),
    FIELD_REFUSED("One field was refused, everything else arrived",
            "The detail names the field: correct its value in IDENT, or its options, length or type in amoCRM."),
    INTERNAL("Unexpected error",
            "A defect of this program: please report it with the id and the place named in brackets.");

    private final String sentence;
    private final String remedy;

    FailureCode(String sentence, String remedy) {
        this.sentence = sentence;
        this.remedy = remedy;
    }

    /** One plain sentence without a full stop. */
    public String sentence() {
        return sentence;
    }

    /** What a person can do about it. */
    public String remedy() {
        return remedy;
    }
}
