package io.identamocrm.rules;

import io.identamocrm.model.BrakeKind;

/** When a brake is pulled (domain rules, section 6): by a number and a share that a clinic's usual days do not reach. */
public final class BrakeRule {

    private static final int USUAL = 20;
    private static final int USUAL_PERCENT = 5;
    private static final int USUAL_PERCENT_OF_CREATIONS = 20;
    private static final long WHOLE = 100;

    private BrakeRule() {}

    /**
     * True if so many are not believed.
     *
     * @param affected as many would be written
     * @param total    of so many
     */
    public static boolean pulls(BrakeKind kind, int affected, int total) {
        return switch (kind) {
            // A strange database is not believed in anything.
            case OTHER_DATABASE -> affected > 0;
            case CREATIONS -> isBeyond(affected, total, USUAL_PERCENT_OF_CREATIONS);
            case RECEPTIONS_GONE, DEALS_GONE, PATIENTS_CHANGED -> isBeyond(affected, total, USUAL_PERCENT);
        };
    }

    private static boolean isBeyond(int affected, int total, int percent) {
        return affected > USUAL && affected * WHOLE > (long) percent * total;
    }
}
