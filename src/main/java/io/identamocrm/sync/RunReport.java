package io.identamocrm.sync;

import io.identamocrm.model.Decision;
import io.identamocrm.model.Failure;
import io.identamocrm.model.Funnel;
import io.identamocrm.model.Outcome;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a run did.
 *
 * @param kind      what was synchronised
 * @param mode      {@code incremental}, {@code since}, {@code full} or {@code ids}
 * @param since     lower bound of the changes read, or null
 * @param dryRun    nothing was written
 * @param found     receptions or patients read
 * @param outcomes  how many ended in which outcome
 * @param funnels   how many of the delivered ones belong to which funnel
 * @param failures  why, per reception or patient that failed, or of which amoCRM has refused a field
 * @param requests  requests made to amoCRM
 * @param seconds   duration
 * @param decisions each decision, if asked for
 * @param withoutDeal in a dry run: receptions that would get a deal
 * @param displaced in a dry run: deals that would be moved to another pipeline or stage, with their reception
 * @param followed  deals that went, or would go, with their reception to another patient
 */
public record RunReport(
        Run.Kind kind,
        String mode,
        @Nullable LocalDateTime since,
        boolean dryRun,
        int found,
        Map<Outcome, Integer> outcomes,
        Map<Funnel, Integer> funnels,
        Map<Long, Failure> failures,
        long requests,
        double seconds,
        List<Decision> decisions,
        List<Long> withoutDeal,
        Map<Long, Long> displaced,
        Map<Long, Long> followed) {

    /** How many ended so. */
    public int count(Outcome outcome) {
        return outcomes.getOrDefault(outcome, 0);
    }

    /** How many belong to the funnel. */
    public int count(Funnel funnel) {
        return funnels.getOrDefault(funnel, 0);
    }
}
