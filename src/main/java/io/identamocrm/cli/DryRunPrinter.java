package io.identamocrm.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.identamocrm.console.FieldChange;
import io.identamocrm.model.Decision;
import io.identamocrm.model.FollowUp;
import io.identamocrm.model.Outcome;
import io.identamocrm.sync.Run;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.time.ZoneId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Prints what a dry run would change, reception by reception, as it is decided: none is kept. People see the first of them, JSON has all,
 * under {@code differences}.
 */
final class DryRunPrinter implements AutoCloseable {

    private static final int MOST_SHOWN = 200;

    private final PrintWriter out;
    private final ZoneId zone;
    private final boolean showValues;
    /** Null if people read it. */
    private final @Nullable JsonGenerator json;

    private int changed;

    DryRunPrinter(PrintWriter out, ZoneId zone, boolean asJson, boolean showValues) {
        this.out = out;
        this.zone = zone;
        this.showValues = showValues;
        try {
            json = asJson
                    ? new ObjectMapper()
                            .createGenerator(out)
                            .useDefaultPrettyPrinter()
                            .disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET)
                    : null;
            if (json != null) {
                json.writeStartObject();
                json.writeArrayFieldStart("differences");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** One is decided. */
    void decided(Run.Kind kind, Decision decision, Outcome outcome) {
        List<FieldChange> changes = outcome == Outcome.FAILED ? List.of() : FieldChange.of(decision, zone);
        List<FollowUp> told = followUps(decision, outcome);
        if (changes.isEmpty() && told.isEmpty()) {
            return;
        }
        changed++;
        if (json != null) {
            ObjectNode node = JsonNodeFactory.instance
                    .objectNode()
                    .put(kind.one() + "_id", decision.id())
                    .put("outcome", outcome.key());
            node.set("changes", FieldChange.json(changes));
            if (!told.isEmpty()) {
                ArrayNode list = node.putArray("follow_ups");
                told.forEach(one -> list.addObject()
                        .put("kind", one.kind().key())
                        .put("event", one.event().key()));
            }
            write(() -> json.writeTree(node));
        } else if (changed <= MOST_SHOWN) {
            out.println((kind == Run.Kind.RECEPTIONS ? CliText.RECEPTION_OUTCOME : CliText.PATIENT_OUTCOME)
                    .with(decision.id(), outcome));
            if (!changes.isEmpty()) {
                out.println(DecisionPrinter.table(changes, showValues));
            }
            told.forEach(one -> out.println(CliText.WOULD_TELL.with(one.kind(), one.event())));
        }
    }

    /** What managers would hear of. */
    private static List<FollowUp> followUps(Decision decision, Outcome outcome) {
        return outcome == Outcome.FAILED || decision.delivered() == null
                ? List.of()
                : decision.delivered().due();
    }

    /** The run has come to its end: prints its figures behind the differences; for people, says how many were left out. */
    void end(ObjectNode report) {
        if (json != null) {
            write(() -> {
                json.writeEndArray();
                for (var member : report.properties()) {
                    json.writeFieldName(member.getKey());
                    json.writeTree(member.getValue());
                }
            });
        } else if (changed > MOST_SHOWN) {
            out.println(CliText.MORE_CHANGES.with(changed - MOST_SHOWN));
        }
    }

    /** Ends the document, also that of a run which did not come to its end. */
    @Override
    public void close() {
        if (json != null) {
            write(json::close);
            out.println();
        }
        out.flush();
    }

    private interface Writing {
        void run() throws IOException;
    }

    private static void write(Writing writing) {
        try {
            writing.run();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
