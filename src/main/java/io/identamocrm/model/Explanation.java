package io.identamocrm.model;

import java.util.List;
import java.util.stream.Collectors;

/**
 * What went wrong, in parts, so that messages, findings and programs each put them together in their own way. Never a patient's data, never
 * a secret.
 *
 * @param where  where it shows: a file with its line, a request; null if {@code what} names it
 * @param what   what is wrong, without a full stop
 * @param remedy what to do, or what happens next; null if there is nothing to say
 */
public record Explanation(String where, String what, String remedy) {

    /** Of something that names its place itself. */
    public static Explanation of(String what, String remedy) {
        return new Explanation(null, what, remedy);
    }

    /** Place and fault without the remedy. */
    public String fault() {
        return where == null ? what : where + ": " + what;
    }

    /** All of it as the message of a failure. */
    public String sentence() {
        return remedy == null ? fault() : fault() + "; " + remedy;
    }

    /** The message of a faulty set-up: a line for each fault. Where no place is named, the remedy follows a colon, as in findings. */
    public static String lines(List<Explanation> faults) {
        return faults.stream().map(fault -> fault.where != null || fault.remedy == null ? fault.sentence()
                : fault.what + ": " + fault.remedy).collect(Collectors.joining("\n"));
    }
}
