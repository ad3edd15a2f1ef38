package io.identamocrm.settings;

/**
 * Something wrong with one setting; never its value, which may be a secret.
 *
 * @param property name in {@code application.properties}; null if it is about a variable alone
 * @param variable environment variable it is taken from, or the line of {@code .env}; null if it is written in the file itself
 * @param what     what is wrong with it, following its name: {@code is missing}
 * @param remedy   what to do
 */
public record SettingProblem(String property, String variable, String what, String remedy) {

    private static final String MISSING = "is missing";

    /** A setting that must be there. */
    static SettingProblem missing(String property, String variable, String remedy) {
        return new SettingProblem(property, variable, MISSING, remedy);
    }

    public boolean isMissing() {
        return MISSING.equals(what);
    }

    /** Name and what is wrong, without the remedy. */
    public String complaint() {
        return (property == null ? variable : variable == null ? property : property + " (" + variable + ")") + " " + what;
    }

    @Override
    public String toString() {
        return complaint() + ": " + remedy;
    }
}
