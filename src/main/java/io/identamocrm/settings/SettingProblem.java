package io.identamocrm.settings;

import io.identamocrm.model.Explanation;
import io.identamocrm.model.Text;
import io.identamocrm.problems.ProblemText;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Something wrong with one setting; never its value, which may be a secret.
 *
 * @param property name in {@code application.properties}; null if it is about a variable alone
 * @param variable environment variable it is taken from, or the file of such; null if it is written in the file itself
 * @param line     number of the file's line; 0 if it is about no line
 * @param what     what is wrong with it, following its name: {@code is missing}
 * @param remedy   what to do
 * @param kind     how it came to be wrong
 */
public record SettingProblem(
        @Nullable String property, @Nullable String variable, int line, Text what, Text remedy, Kind kind) {

    /** How settings come to be wrong. */
    public enum Kind {
        /** It must be there and is not. */
        MISSING,
        /** Its name is that of no setting, and near to that of one. */
        SLIP,
        /** It is wrong as it is. */
        WRONG
    }

    /** Of a setting that is wrong as it is. */
    public SettingProblem(@Nullable String property, @Nullable String variable, Text what, Text remedy) {
        this(property, variable, 0, what, remedy, Kind.WRONG);
    }

    /** A setting that must be there. */
    static SettingProblem missing(@Nullable String property, @Nullable String variable, Text remedy) {
        return new SettingProblem(property, variable, 0, SettingsText.MISSING, remedy, Kind.MISSING);
    }

    /** The same with another reason. */
    SettingProblem because(Text other) {
        return new SettingProblem(property, variable, line, other, remedy, kind);
    }

    /** The same of a file of another name. */
    public SettingProblem inFile(String name) {
        return new SettingProblem(property, name, line, what, remedy, kind);
    }

    /** True if it must be there and is not. */
    public boolean missing() {
        return kind == Kind.MISSING;
    }

    /** True if its name is that of no setting, and near to that of one. */
    boolean isSlip() {
        return kind == Kind.SLIP;
    }

    /** Name and what is wrong, without the remedy. */
    public Text complaint() {
        Text name = line > 0 && variable != null
                ? ProblemText.LINE.with(variable, line)
                : Text.of(
                        property == null
                                ? String.valueOf(variable)
                                : variable == null ? property : property + " (" + variable + ")");
        return SettingsText.COMPLAINT.with(name, what);
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
