package io.identamocrm.console;

import io.identamocrm.model.ClinicTime;
import io.identamocrm.model.Decision;
import io.identamocrm.model.Failure;
import io.identamocrm.model.Reason;
import io.identamocrm.model.ReasonText;
import io.identamocrm.model.Status;
import io.identamocrm.model.Text;
import io.identamocrm.state.DeadLetters.DeadLetter;
import io.identamocrm.state.FollowUps;
import io.identamocrm.sync.Run;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What is known about a reception or patient beside the decision; ids only.
 *
 * @param completed the patient's completed receptions that decide the funnel, of a completed reception those before it; null if there is no
 *                  patient
 * @param lastSent  the status last sent for a reception; null if none is remembered, and for patients
 * @param deadLetter    its dead letter, or null
 * @param followUps     what is on record of a reception's follow-ups; none for patients
 * @param zone          the clinic's
 */
public record Background(
        @Nullable List<Long> completed,
        @Nullable Status lastSent,
        @Nullable DeadLetter deadLetter,
        List<FollowUps.Recorded> followUps,
        ZoneId zone) {

    public Background {
        followUps = List.copyOf(followUps);
    }

    /** What the product knows of a reception or patient. */
    public static Background of(Run.Kind kind, long id, @Nullable Decision decision, Product product) {
        boolean reception = kind == Run.Kind.RECEPTIONS;
        List<Long> completed = decision == null || decision.patientId() == null
                ? null
                : product.completedReceptions(decision.patientId());
        if (reception && completed != null && completed.contains(id)) {
            // They come in the order of their planned starts.
            boolean countsItself = product.settings().policy().countOwnVisit();
            completed = completed.subList(0, completed.indexOf(id) + (countsItself ? 1 : 0));
        }
        return new Background(
                completed,
                reception ? product.lastSentStatus(id) : null,
                product.deadLetters(kind).of(id),
                reception ? product.followUps(id) : List.of(),
                product.settings().zone());
    }

    /** What was found about the funnel, with the receptions that decide it. */
    public Text counted(Text found) {
        return completed == null || completed.isEmpty() ? found : StoryText.VALUE.with(found, named(completed));
    }

    private static String named(List<Long> receptions) {
        return receptions.stream().map(String::valueOf).collect(Collectors.joining(", "));
    }

    /** The rest as lines of the story. */
    public List<Reason> lines(Run.Kind kind) {
        List<Reason> lines = new ArrayList<>();
        if (completed != null && kind == Run.Kind.PATIENTS) {
            lines.add(new Reason(
                    ReasonText.VISITS,
                    completed.isEmpty() ? StoryText.NO_COMPLETED : StoryText.COMPLETED.with(named(completed))));
        }
        if (kind == Run.Kind.RECEPTIONS) {
            lines.add(new Reason(
                    ReasonText.LAST_TIME,
                    lastSent == null ? StoryText.NOTHING_SENT : StoryText.WAS_SENT.with(lastSent)));
        }
        followUps.forEach(one -> lines.add(new Reason(ReasonText.FOLLOW_UP, told(one))));
        lines.add(new Reason(ReasonText.DEAD_LETTER, deadLetter == null ? StoryText.NONE : failed(deadLetter)));
        return lines;
    }

    private Text told(FollowUps.Recorded one) {
        return one.open() == null
                ? StoryText.FOLLOW_UP_DONE.with(one.event(), ClinicTime.of(Objects.requireNonNull(one.done()), zone))
                : StoryText.FOLLOW_UP_OPEN.with(
                        one.event(), one.open().what().kind(), one.open().deal());
    }

    private Text failed(DeadLetter deadLetter) {
        Failure failure = new Failure(deadLetter.code(), deadLetter.detail());
        Text sentence = failure::sentence;
        return StoryText.DEAD_LETTER.with(
                deadLetter.code(),
                sentence,
                deadLetter.attempts(),
                ClinicTime.of(deadLetter.lastAt(), zone),
                ClinicTime.of(deadLetter.nextAt(), zone),
                deadLetter.code().advice());
    }
}
