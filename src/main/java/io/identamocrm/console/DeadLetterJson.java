package io.identamocrm.console;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.identamocrm.state.DeadLetters.DeadLetter;

/** A dead letter for programs. */
public final class DeadLetterJson {

    private DeadLetterJson() {
    }

    /** Id, cause and times. */
    public static ObjectNode of(DeadLetter deadLetter) {
        return JsonNodeFactory.instance.objectNode().put("id", deadLetter.id()).put("code", deadLetter.code().name())
                .put("error", deadLetter.code().sentence()).put("detail", deadLetter.detail()).put("attempts", deadLetter.attempts())
                .put("first_at", deadLetter.firstAt().toString()).put("last_at", deadLetter.lastAt().toString())
                .put("next_at", deadLetter.nextAt().toString());
    }
}
