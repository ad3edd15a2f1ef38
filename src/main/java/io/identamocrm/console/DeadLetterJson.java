package io.identamocrm.console;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.identamocrm.model.Language;
import io.identamocrm.state.DeadLetters.DeadLetter;

/** A dead letter for programs. */
public final class DeadLetterJson {

    private DeadLetterJson() {}

    /** Id, cause and times, in English. */
    public static ObjectNode of(DeadLetter deadLetter) {
        return of(deadLetter, Language.ENGLISH);
    }

    /** The same for those who read this language. */
    static ObjectNode of(DeadLetter deadLetter, Language language) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("id", deadLetter.id())
                .put("code", deadLetter.code().name())
                .put("error", deadLetter.code().meaning().in(language))
                .put("detail", deadLetter.detail())
                .put("attempts", deadLetter.attempts())
                .put("first_at", deadLetter.firstAt().toString())
                .put("last_at", deadLetter.lastAt().toString())
                .put("next_at", deadLetter.nextAt().toString());
    }
}
