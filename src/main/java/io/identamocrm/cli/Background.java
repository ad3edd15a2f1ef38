package io.identamocrm.cli;

import io.identamocrm.app.CamelRuntime;
import io.identamocrm.model.Decision;
import io.identamocrm.model.Failure;
import io.identamocrm.model.Reason;
import io.identamocrm.model.Status;
import io.identamocrm.state.DeadLetters.DeadLetter;
import io.identamocrm.sync.Run;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What is known about a reception or patient beside the decision; ids only.
 *
 * @param completed the patient's completed receptions, a reception itself left out unless it counts; null if there is no patient
 * @param lastSent  the status last sent for a reception; null if none is remembered, and for patients
 * @param letter    its dead letter, or null
 */
record Background(List<Long> completed, Status lastSent, DeadLetter letter) {

    static Background of(Run.Kind kind, long id, Decision decision, CamelRuntime runtime) {
        boolean reception = kind == Run.Kind.RECEPTIONS;
        List<Long> completed = decision == null || decision.patientId() == null ? null
                : runtime.completedReceptions(decision.patientId()).stream()
                        .filter(one -> !reception || one != id || runtime.settings().policy().countOwnVisit()).toList();
        return new Background(completed, reception ? runtime.lastSentStatus(id) : null, runtime.deadLetters(kind).of(id));
    }

    /** The receptions that decide the funnel, to be put behind their number. */
    String counted() {
        return completed == null || completed.isEmpty() ? ""
                : ": " + completed.stream().map(String::valueOf).collect(Collectors.joining(", "));
    }

    /** The rest as lines of the story. */
    List<Reason> lines(Run.Kind kind) {
        List<Reason> lines = new ArrayList<>();
        if (completed != null && kind == Run.Kind.PATIENTS) {
            lines.add(new Reason("visits", completed.isEmpty() ? "no completed receptions" : "completed receptions" + counted()));
        }
        if (kind == Run.Kind.RECEPTIONS) {
            lines.add(new Reason("last time", lastSent == null ? "no status of it was sent, or Redis has forgotten"
                    : lastSent + " was sent"));
        }
        lines.add(new Reason("dead letter", letter == null ? "none"
                : letter.code() + ": " + new Failure(letter.code(), letter.detail()).sentence() + "; failed " + letter.attempts()
                        + " times, last " + letter.lastAt() + ", next attempt " + letter.nextAt() + ". " + letter.code().remedy()));
        return lines;
    }
}
