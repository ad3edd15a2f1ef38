package io.identamocrm.console;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.identamocrm.problems.Finding;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;
import org.apache.camel.Header;
import org.jspecify.annotations.Nullable;

/** The doctor's findings: as of the last time that somebody asked here, or new ones. */
public final class ConsoleChecks {

    private final Supplier<List<Finding>> doctor;
    private final Clock clock;
    private final Turns turns = new Turns(1);
    private @Nullable List<Finding> last;
    private @Nullable Instant lastAt;

    /**
     * The checks of one service.
     *
     * @param doctor looks at everything, which takes seconds
     */
    public ConsoleChecks(Supplier<List<Finding>> doctor, Clock clock) {
        this.doctor = doctor;
        this.clock = clock;
    }

    /** The last findings; null in the document if nobody has asked for any yet. */
    public synchronized JsonNode last(@Header("Accept-Language") String languages) {
        ObjectNode json = JsonNodeFactory.instance.objectNode().put("at", lastAt == null ? null : lastAt.toString());
        json.set("findings", last == null ? null : FindingJson.of(last, Json.language(languages)));
        return json;
    }

    /** Looks at everything. */
    public JsonNode look(@Header("Accept-Language") String languages) {
        List<Finding> found = turns.take(doctor);
        synchronized (this) {
            last = found;
            lastAt = clock.instant();
        }
        return last(languages);
    }
}
