package io.identamocrm.model;

/**
 * One step of the way to a decision, for {@code explain} and for tests.
 *
 * @param rule what was asked: {@code status}, {@code step 1}, {@code contact} …
 * @param text what was found and why it was taken or refused; ids only
 */
public record Reason(String rule, String text) {

    @Override
    public String toString() {
        return rule + ": " + text;
    }
}
