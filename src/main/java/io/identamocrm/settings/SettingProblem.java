package io.identamocrm.settings;

import io.identamocrm.model.Explanation;
import java.util.List;

/**
 * Something wrong with one setting; never its value, which may be a secret.
 *
 * @param property name in {@code application.properties}; null if it is about a variable alone
 * @param variable environment variable it is taken from, or the line of {@code .env}; null if it is written in the file itself
 * @param what     what is wrong with it, following its name: {@code is missing}
 * @param remedy   what to do
 * @param missing  true if it must be there and is not; else it is wrong as it is
 */
public record SettingProblem(String property, String variable, String what, String remedy, boolean missing) {

    /** Of a setting that is wrong as it is. */
    public SettingProblem(String property, String variable, String what, String remedy) {
        this(property, variable, what, remedy, false);
    }

    /** A setting that must be there. */
    static SettingProblem missing(String property, String variable, String remedy) {
        return new SettingProblem(property, variable, "is missing", remedy, true);
    }

    /** The same with another reason. */
    SettingProblem because(String other) {
        return new SettingProblem(property, variable, other, remedy, missing);
    }

    /** Name and what is wrong, without the remedy. */
    public String complaint() {
        return (property == null ? variable : variable == null ? property : property + " (" + variable + ")") + " " + what;
    }

    /** The same as a part of messages and findings. */
    public Explanation explanation() {
        return Explanation.of(complaint(), remedy);
    }

    @Override
    public String toString() {
        return Explanation.lines(List.of(explanation()));
    }
}
