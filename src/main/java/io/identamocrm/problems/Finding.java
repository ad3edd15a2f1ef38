package io.identamocrm.problems;

import io.identamocrm.model.Explanation;
import io.identamocrm.model.Text;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One thing that a check of the set-up found; never a secret, never a patient's data.
 *
 * @param level     how grave it is
 * @param exitCode  what a command ends with that found it; 0 unless it is a problem
 * @param subject   what was looked at: {@code IDENT}, {@code IDENT rights}, {@code amoCRM fields}
 * @param complaint what was found, as a sentence without its full stop
 * @param advice    what to do about it; null if nothing is to be done
 */
public record Finding(
        Level level,
        int exitCode,
        Text subject,
        Text complaint,
        @Nullable Text advice) {

    /** How grave a finding is. */
    public enum Level {
        /** As it should be. */
        OK,
        /** The product works, but less well or less safely than it could. */
        WARNING,
        /** The product cannot work like this. */
        PROBLEM
    }

    /** All is well with it. */
    public static Finding ok(Text about, Text text) {
        return new Finding(Level.OK, 0, about, text, null);
    }

    /** It works, but a person should know. */
    public static Finding warning(Text about, Text text, @Nullable Text remedy) {
        return new Finding(Level.WARNING, 0, about, text, remedy);
    }

    /**
     * It does not work.
     *
     * @param exitCode {@link Problem#WRONG_SETUP}, {@link Problem#UNREACHABLE} or {@link Problem#NOT_AUTHORISED}
     */
    public static Finding problem(int exitCode, Text about, Text text, @Nullable Text remedy) {
        return new Finding(Level.PROBLEM, exitCode, about, text, remedy);
    }

    /** The same in words that are the same in all languages. */
    public static Finding problem(int exitCode, String about, String text, String remedy) {
        return problem(exitCode, Text.of(about), Text.of(text), Text.ofNullable(remedy));
    }

    /** The same from the parts of a failure. */
    public static Finding problem(int exitCode, Text about, Explanation fault) {
        return problem(exitCode, about, fault.complaint(), fault.advice());
    }

    /** What was looked at, in English. */
    public String about() {
        return subject.english();
    }

    /** What was found, in English. */
    public String text() {
        return complaint.english();
    }

    /** What to do about it, in English; null if nothing is to be done. */
    public @Nullable String remedy() {
        return advice == null ? null : advice.english();
    }

    /** Two that say the same are the same, however they were put together. */
    @Override
    public boolean equals(Object other) {
        return other instanceof Finding finding
                && level == finding.level
                && exitCode == finding.exitCode
                && about().equals(finding.about())
                && text().equals(finding.text())
                && Objects.equals(remedy(), finding.remedy());
    }

    @Override
    public int hashCode() {
        return Objects.hash(level, exitCode, about(), text(), remedy());
    }

    /**
     * What a command ends with that found all these: 0 without problems, else the code that asks for the first remedy (2 before
     * 3 before 4).
     */
    public static int exitCode(List<Finding> findings) {
        return findings.stream()
                .map(Finding::exitCode)
                .filter(code -> code != 0)
                .min(Comparator.naturalOrder())
                .orElse(0);
    }
}
