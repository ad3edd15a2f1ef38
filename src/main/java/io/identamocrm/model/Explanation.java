package io.identamocrm.model;

import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What went wrong, in parts, so that messages, findings and programs each put them together in their own way. Never a patient's data, never
 * a secret.
 *
 * @param where  where it shows: a file with its line, a request; null if {@code what} names it
 * @param what   what is wrong, without a full stop
 * @param advice what to do, or what happens next; null if there is nothing to say
 */
public record Explanation(
        @Nullable Text where, Text what, @Nullable Text advice) {

    public Explanation {
        Objects.requireNonNull(what);
    }

    /** At a place that has one name in all languages. */
    public Explanation(String where, Text what, @Nullable Text advice) {
        this(Text.ofNullable(where), what, advice);
    }

    /** In words that are the same in all languages. */
    public Explanation(String where, String what, @Nullable String remedy) {
        this(where, Text.of(what), Text.ofNullable(remedy));
    }

    /** Of something that names its place itself. */
    public static Explanation of(Text what, @Nullable Text advice) {
        return new Explanation((Text) null, what, advice);
    }

    /** The same in words that are the same in all languages. */
    public static Explanation of(String what, String remedy) {
        return of(Text.of(what), Text.ofNullable(remedy));
    }

    /** Place and fault without the remedy. */
    public Text complaint() {
        return where == null ? what : Text.joined(": ", where, what);
    }

    /** The same in English. */
    public String fault() {
        return complaint().english();
    }

    /** What to do, in English; null if there is nothing to say. */
    public @Nullable String remedy() {
        return advice == null ? null : advice.english();
    }

    /** All of it as the message of a failure, in English as exceptions' messages are. */
    public String sentence() {
        return sentence(Language.ENGLISH);
    }

    /** All of it as the message of a failure. */
    public String sentence(Language language) {
        return complaint().in(language) + (advice == null ? "" : "; " + advice.in(language));
    }

    /** The message of a faulty set-up, in English. */
    public static String lines(List<Explanation> faults) {
        return lines(faults, Language.ENGLISH);
    }

    /** The message of a faulty set-up: a line for each fault. Where no place is named, the remedy follows a colon, as in findings. */
    public static String lines(List<Explanation> faults, Language language) {
        return faults.stream()
                .map(fault -> fault.where != null || fault.advice == null
                        ? fault.sentence(language)
                        : fault.what.in(language) + ": " + fault.advice.in(language))
                .collect(Collectors.joining("\n"));
    }
}
