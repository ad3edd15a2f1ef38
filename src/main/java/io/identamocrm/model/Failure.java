package io.identamocrm.model;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The reason why a reception failed.
 *
 * @param code   stable code
 * @param detail amoCRM's own code and the field it named, or null; never a value of a patient
 */
public record Failure(FailureCode code, @Nullable String detail) {

    public Failure {
        Objects.requireNonNull(code);
    }

    /** A failure that its code explains. */
    public static Failure of(FailureCode code) {
        return new Failure(code, null);
    }

    /** The code's sentence, with the detail in brackets if there is one; in English. */
    public String sentence() {
        return sentence(Language.ENGLISH);
    }

    /** The same in a person's language. */
    public String sentence(Language language) {
        return code.meaning().in(language) + (detail == null ? "" : " (" + detail + ")");
    }
}
