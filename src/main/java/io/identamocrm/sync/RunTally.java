package io.identamocrm.sync;

import io.identamocrm.delivery.Delivery;
import io.identamocrm.model.ContactField;
import io.identamocrm.model.DealField;
import io.identamocrm.model.Decision;
import io.identamocrm.model.Delivered;
import io.identamocrm.model.Failure;
import io.identamocrm.model.FailureCode;
import io.identamocrm.model.Funnel;
import io.identamocrm.model.Outcome;
import io.identamocrm.model.OwnContact;
import io.identamocrm.model.Reason;
import io.identamocrm.model.Reception;
import io.identamocrm.model.RefusedField;
import io.identamocrm.model.SyncItem;
import io.identamocrm.state.DeadLetters;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.LongFunction;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What has become of the receptions or patients of one run: counted for the report, and kept until it is put on record. */
final class RunTally {

    private static final int MOST_ATTEMPTS = 3;
    /** Ends of receptions whose contacts were compared. */
    private static final Set<Outcome> COMPARED =
            EnumSet.of(Outcome.CREATED, Outcome.CREATED_DEAL, Outcome.UPDATED, Outcome.UNCHANGED);

    private static final Set<Outcome> NOTHING_DONE = EnumSet.of(Outcome.UNCHANGED, Outcome.SKIPPED, Outcome.CLOSED);
    private static final Set<Outcome> WRITTEN = EnumSet.of(Outcome.CREATED, Outcome.CREATED_DEAL, Outcome.UPDATED);

    private final RunRequest request;
    private final LongFunction<@Nullable Supplier<String>> contentOf;
    private final LongFunction<@Nullable LocalDateTime> changeOf;
    private final Supplier<@Nullable LocalDateTime> cursor;
    private final OutcomeListener listener;

    private int seenBefore;
    private @Nullable LocalDateTime oldestWritten;
    private final Map<Outcome, Integer> outcomes = new EnumMap<>(Outcome.class);
    private final Map<Funnel, Integer> funnels = new EnumMap<>(Funnel.class);
    private final Map<Long, Failure> failures = new TreeMap<>();
    private final List<Decision> decisions = new ArrayList<>();
    private final List<Long> withoutDeal = new ArrayList<>();
    private final Map<Long, Long> displaced = new TreeMap<>();
    private final Map<Long, Long> followed = new TreeMap<>();

    private final Map<Long, Integer> attempts = new HashMap<>();
    private final List<SyncItem> returned = new ArrayList<>();

    private final Map<Long, Delivered> newlyDelivered = new TreeMap<>();
    private final Map<Long, OwnContact> newlyOwn = new TreeMap<>();
    private final Map<Long, DeadLetters.Failed> newFailures = new HashMap<>();
    private final Set<Long> newlyPassed = new HashSet<>();
    private final Map<Long, DeadLetters.Failed> newlyRefusedOfPatients = new HashMap<>();
    private final Set<Long> newlyTakenOfPatients = new HashSet<>();

    /** Told of each outcome. */
    @FunctionalInterface
    interface OutcomeListener {
        void outcome(Decision decision, Outcome outcome);
    }

    /**
     * What has happened since it was last put on record.
     *
     * @param delivered what is ours in receptions' deals now
     * @param own      what is ours in patients' contacts now
     * @param failures what goes to the dead letters
     * @param passed   what leaves them
     * @param refusedOfPatients in a run of receptions: patients of whose contacts amoCRM has refused a value
     * @param takenOfPatients   in a run of receptions: patients of whose contacts it has refused none
     */
    record Unrecorded(
            Map<Long, Delivered> delivered,
            Map<Long, OwnContact> own,
            Map<Long, DeadLetters.Failed> failures,
            Set<Long> passed,
            Map<Long, DeadLetters.Failed> refusedOfPatients,
            Set<Long> takenOfPatients) {}

    /**
     * The tally of one run.
     *
     * @param contentOf takes the fingerprint of what IDENT holds of a row, made only if it is asked for; null if the row was not read
     * @param changeOf  takes when a row was changed, clinic wall clock; null if that is not known
     * @param cursor    of a run of changes, up to when a run before has seen them; else null
     */
    RunTally(
            RunRequest request,
            LongFunction<@Nullable Supplier<String>> contentOf,
            LongFunction<@Nullable LocalDateTime> changeOf,
            Supplier<@Nullable LocalDateTime> cursor,
            OutcomeListener listener) {
        this.request = request;
        this.contentOf = contentOf;
        this.changeOf = changeOf;
        this.cursor = cursor;
        this.listener = listener;
    }

    /** Which attempt in this run the next decision of the item is. */
    int attemptsOf(SyncItem item) {
        return attempts.getOrDefault(item.id(), 0) + 1;
    }

    /** Nothing of the delivery is open any more: it has its outcome, or must be decided again. */
    void completed(Delivery delivery) {
        Decision decision = delivery.decision;
        long id = decision.id();
        if (delivery.isOutdated() && (delivery.isUnclear() || delivery.attempt < MOST_ATTEMPTS)) {
            attempts.put(id, delivery.isUnclear() ? delivery.attempt - 1 : delivery.attempt);
            returned.add(delivery.item);
            return;
        }
        attempts.remove(id);
        if (delivery.isOutdated()) {
            delivery.fail(Delivery.KEEPS_CHANGING);
        }
        Failure failure = delivery.failure();
        Outcome outcome = delivery.outcome();
        count(
                id,
                outcome,
                decision.funnel(),
                failure,
                decision.reasons().contains(Reason.HELD_BACK)
                        || !delivery.refused().isEmpty());
        noteRefused(delivery);
        listener.outcome(decision, outcome);
        if (decision.reasons().contains(Reason.HELD_BACK)) {
            // Nothing has become of it: what it failed with before stays.
            newlyPassed.remove(id);
        }
        if (failure == null && delivery.delivered() != null) {
            newlyDelivered.put(id, delivery.delivered());
        }
        if (failure == null && delivery.own() != null) {
            newlyOwn.put(decision.patientId(), delivery.own());
        }
        if (request.detail()) {
            decisions.add(delivery.withWritten());
        }
        if (decision.deal() != null && decision.deal().former() != null) {
            followed.put(decision.deal().id(), id);
        }
        if (request.dryRun()) {
            compare(id, decision);
        }
    }

    /** Refused values are dead letters of their own: of a contact its patient's, of a deal its reception's. */
    private void noteRefused(Delivery delivery) {
        Decision decision = delivery.decision;
        boolean ofReception = delivery.item instanceof Reception;
        List<RefusedField> ofDeal = delivery.refused().stream()
                .filter(field -> !field.isOfContact())
                .toList();
        List<RefusedField> ofContact =
                delivery.refused().stream().filter(RefusedField::isOfContact).toList();
        List<RefusedField> own = ofReception ? ofDeal : ofContact;
        boolean ownLeftOut = decision.leftOut().stream().anyMatch(field -> field instanceof DealField == ofReception);
        if (delivery.failure() == null) {
            if (!own.isEmpty() || ownLeftOut) {
                newlyPassed.remove(decision.id());
            }
            if (!own.isEmpty()) {
                newFailures.put(decision.id(), failedOf(own));
            }
            String detail = Stream.concat(
                            delivery.refused().stream().map(RefusedField::detail),
                            decision.leftOut().stream()
                                    .map(RefusedField::nameOf)
                                    .sorted())
                    .collect(Collectors.joining(", "));
            if (!detail.isEmpty()) {
                failures.put(decision.id(), new Failure(FailureCode.FIELD_REFUSED, detail));
            }
        }
        if (ofReception && !ofContact.isEmpty()) {
            newlyTakenOfPatients.remove(decision.patientId());
            newlyRefusedOfPatients.put(decision.patientId(), failedOf(ofContact));
        } else if (ofReception
                && COMPARED.contains(delivery.outcome())
                && decision.leftOut().stream().noneMatch(ContactField.class::isInstance)
                && !newlyRefusedOfPatients.containsKey(decision.patientId())) {
            newlyTakenOfPatients.add(decision.patientId());
        }
    }

    private static DeadLetters.Failed failedOf(List<RefusedField> refused) {
        return new DeadLetters.Failed(
                new Failure(
                        FailureCode.FIELD_REFUSED,
                        refused.stream().map(RefusedField::detail).sorted().collect(Collectors.joining(", "))),
                null,
                refused.stream().collect(Collectors.toMap(field -> field.field().name(), RefusedField::fingerprint)));
    }

    private void compare(long reception, Decision decision) {
        Decision.DealWrite deal = decision.deal();
        if (decision.drifted() != null) {
            displaced.put(decision.drifted(), reception);
        }
        if (deal == null) {
            return;
        }
        if (deal.isNew()) {
            withoutDeal.add(reception);
        } else if (deal.stageId() != null && deal.knownId() > 0) {
            displaced.put(deal.knownId(), reception);
        }
    }

    /** It is to be decided again once the mirror follows the account; that attempt does not count. */
    void returned(SyncItem item) {
        returned.add(item);
    }

    /** One that could not even be decided. */
    void failed(long id, Failure failure) {
        count(id, Outcome.FAILED, null, failure, false);
        Decision decision = Decision.failed(id, null, failure, List.of());
        if (request.detail()) {
            decisions.add(decision);
        }
        listener.outcome(decision, Outcome.FAILED);
    }

    private void count(long id, Outcome outcome, @Nullable Funnel funnel, @Nullable Failure failure, boolean isTold) {
        Supplier<String> content = contentOf.apply(id);
        LocalDateTime change = changeOf.apply(id);
        LocalDateTime seen = cursor.get();
        boolean fresh = seen == null || change == null || change.isAfter(seen);
        if (!fresh && NOTHING_DONE.contains(outcome) && !isTold) {
            seenBefore++;
            newlyPassed.add(id);
            return;
        }
        if (fresh
                && seen != null
                && change != null
                && WRITTEN.contains(outcome)
                && (oldestWritten == null || change.isBefore(oldestWritten))) {
            oldestWritten = change;
        }
        outcomes.merge(outcome, 1, Integer::sum);
        if (failure != null) {
            failures.put(id, failure);
            newFailures.put(id, new DeadLetters.Failed(failure, content == null ? null : content.get()));
        } else {
            newlyPassed.add(id);
            if (funnel != null) {
                funnels.merge(funnel, 1, Integer::sum);
            }
        }
    }

    /** True if something must be decided again, because amoCRM no longer held what it was decided on. */
    boolean hasReturned() {
        return !returned.isEmpty();
    }

    /** Hands over what must be decided again. */
    List<SyncItem> takeReturned() {
        List<SyncItem> taken = List.copyOf(returned);
        returned.clear();
        return taken;
    }

    /** Hands over what is to be put on record. */
    Unrecorded takeUnrecorded() {
        Unrecorded taken = new Unrecorded(
                new TreeMap<>(newlyDelivered),
                new TreeMap<>(newlyOwn),
                Map.copyOf(newFailures),
                Set.copyOf(newlyPassed),
                Map.copyOf(newlyRefusedOfPatients),
                Set.copyOf(newlyTakenOfPatients));
        newlyDelivered.clear();
        newlyOwn.clear();
        newFailures.clear();
        newlyPassed.clear();
        newlyRefusedOfPatients.clear();
        newlyTakenOfPatients.clear();
        return taken;
    }

    /** How many were read once more only because the cursor overlaps, and needed nothing: they are in no other figure. */
    int seenBefore() {
        return seenBefore;
    }

    /** Of a run of changes, when the oldest of those was made that it has brought to amoCRM, clinic wall clock; else null. */
    @Nullable
    LocalDateTime oldestWritten() {
        return oldestWritten;
    }

    /** How many ended in which outcome. */
    Map<Outcome, Integer> outcomes() {
        return Map.copyOf(outcomes);
    }

    /** How many of the delivered ones belong to which funnel. */
    Map<Funnel, Integer> funnels() {
        return Map.copyOf(funnels);
    }

    /** Why, per reception or patient that failed, or of which amoCRM has refused a field. */
    Map<Long, Failure> failures() {
        return failures;
    }

    /** Each decision, if they were asked for. */
    List<Decision> decisions() {
        return List.copyOf(decisions);
    }

    /** In a dry run: receptions that would get a deal. */
    List<Long> withoutDeal() {
        return List.copyOf(withoutDeal);
    }

    /** In a dry run: deals that would be moved, with their reception. */
    Map<Long, Long> displaced() {
        return Map.copyOf(displaced);
    }

    /** Deals that go with their reception to another patient, with the reception. */
    Map<Long, Long> followed() {
        return Map.copyOf(followed);
    }
}
