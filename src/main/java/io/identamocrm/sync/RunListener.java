package io.identamocrm.sync;

import io.identamocrm.model.Decision;
import io.identamocrm.model.Outcome;
import java.time.Duration;

/** Told of what runs do, for metrics and for operators. */
public interface RunListener {

    /** For processes that nobody watches. */
    RunListener NONE = new RunListener() {
        @Override
        public void outcome(Run.Kind kind, Decision decision, Outcome outcome) {
            // Nobody wants to know.
        }

        @Override
        public void completed(RunReport report) {
            // Nobody wants to know.
        }

        @Override
        public void failed(Run.Kind kind, String mode, Duration after) {
            // Nobody wants to know.
        }
    };

    /** It is known how many a run looks at. */
    default void begun(Run.Kind kind, int found) {
        // Few want to know.
    }

    /** A reception or patient has its outcome; the decision holds a patient's values. */
    void outcome(Run.Kind kind, Decision decision, Outcome outcome);

    /** A run that may write has come to its end. */
    void completed(RunReport report);

    /** A run that may write has met rows that somebody in IDENT keeps locked, and left them to the next one. */
    default void skipped(Run.Kind kind, String mode, Duration after) {
        // Few want to know.
    }

    /** A run that may write has not come to its end, for another reason. */
    void failed(Run.Kind kind, String mode, Duration after);
}
