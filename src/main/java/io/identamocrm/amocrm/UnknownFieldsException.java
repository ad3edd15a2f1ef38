package io.identamocrm.amocrm;

import java.util.Map;
import java.util.stream.Collectors;

/** The settings map fields that the account does not have. */
public final class UnknownFieldsException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** Names every wrong setting with its id. */
    public UnknownFieldsException(Map<String, Long> settings) {
        super(settings.entrySet().stream()
                .map(entry -> entry.getKey() + "=" + entry.getValue() + ": the amoCRM account has no such field; correct the id or leave it empty")
                .collect(Collectors.joining("\n")));
    }
}
