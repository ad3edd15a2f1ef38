package io.identamocrm.model;

/**
 * One step of the way to a decision, for {@code explain} and for tests.
 *
 * @param rule what was asked: {@code status}, {@code step 1}, {@code contact} …
 * @param text what was found and why it was taken or refused; ids only
 */
public record Reason(String rule, String text) {

    /** A brake keeps the reception as it is: nothing of it is on record as delivered. */
    public static final Reason HELD_BACK = new Reason("brake",
            "held back, far too many at once: the brakes command tells which, and lets them pass");

    @Override
    public String toString() {
        return rule + ": " + text;
    }
}
