package io.identamocrm.sync;

import io.identamocrm.model.Decision;
import io.identamocrm.model.Outcome;
import java.time.Duration;
import java.util.List;

/** Told of what runs do, for metrics and for operators; whoever listens takes up what it wants to know. */
public interface RunListener {

    /** For processes that nobody watches. */
    RunListener NONE = new RunListener() {};

    /** Tells several, one after the other. */
    static RunListener all(List<RunListener> listeners) {
        List<RunListener> all = List.copyOf(listeners);
        return new RunListener() {
            @Override
            public void begun(Run.Kind kind, int found) {
                all.forEach(listener -> listener.begun(kind, found));
            }

            @Override
            public void outcome(Run.Kind kind, Decision decision, Outcome outcome) {
                all.forEach(listener -> listener.outcome(kind, decision, outcome));
            }

            @Override
            public void completed(RunReport report) {
                all.forEach(listener -> listener.completed(report));
            }

            @Override
            public void skipped(Run.Kind kind, String mode, Duration after) {
                all.forEach(listener -> listener.skipped(kind, mode, after));
            }

            @Override
            public void failed(Run.Kind kind, String mode, Duration after) {
                all.forEach(listener -> listener.failed(kind, mode, after));
            }
        };
    }

    /** It is known how many a run looks at. */
    default void begun(Run.Kind kind, int found) {}

    /** A reception or patient has its outcome; the decision holds a patient's values. */
    default void outcome(Run.Kind kind, Decision decision, Outcome outcome) {}

    /** A run that may write has come to its end. */
    default void completed(RunReport report) {}

    /** A run that may write has met rows that somebody in IDENT keeps locked, and left them to the next one. */
    default void skipped(Run.Kind kind, String mode, Duration after) {}

    /** A run that may write has not come to its end, for another reason. */
    default void failed(Run.Kind kind, String mode, Duration after) {}
}
