package io.identamocrm.model;

/**
 * One step of the way to a decision, for {@code explain} and for tests.
 *
 * @param step what was asked: {@code status}, {@code step 1}, {@code contact} …
 * @param what what was found and why it was taken or refused; ids only
 */
public record Reason(Text step, Text what) {

    /** A brake keeps the reception as it is: nothing of it is on record as delivered. */
    public static final Reason HELD_BACK = new Reason(ReasonText.BRAKE, ReasonText.HELD_BACK);

    /** In words that are the same in all languages. */
    public Reason(String step, String what) {
        this(Text.of(step), Text.of(what));
    }

    /** What was asked, in English. */
    public String rule() {
        return step.english();
    }

    /** What was found, in English. */
    public String text() {
        return what.english();
    }

    /** Two that say the same are the same, however they were put together. */
    @Override
    public boolean equals(Object other) {
        return other instanceof Reason reason && toString().equals(reason.toString());
    }

    @Override
    public int hashCode() {
        return toString().hashCode();
    }

    @Override
    public String toString() {
        return rule() + ": " + text();
    }
}
