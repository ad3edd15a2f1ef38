package io.identamocrm.problems;

import java.util.List;

/** Settings that cannot work; says all that is wrong at once, a line each. */
public final class InvalidSettingsException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** One line per problem: setting, what is wrong, what to do. Never a secret. */
    public InvalidSettingsException(List<String> problems) {
        super(String.join("\n", problems));
    }
}
