package io.identamocrm.sync;

import io.identamocrm.delivery.Delivery;
import io.identamocrm.model.Decision;
import io.identamocrm.model.Delivered;
import io.identamocrm.model.Failure;
import io.identamocrm.model.Funnel;
import io.identamocrm.model.Outcome;
import io.identamocrm.model.OwnContact;
import io.identamocrm.model.Reason;
import io.identamocrm.model.SyncItem;
import io.identamocrm.state.DeadLetters;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Supplier;

/** What has become of the receptions or patients of one run: counted for the report, and kept until it is put on record. */
final class RunTally {

    private static final int MOST_ATTEMPTS = 3;

    private final RunRequest request;
    private final Function<Long, Supplier<String>> contentOf;
    private final OutcomeListener listener;

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
     */
    record Unrecorded(Map<Long, Delivered> delivered, Map<Long, OwnContact> own, Map<Long, DeadLetters.Failed> failures, Set<Long> passed) {
    }

    /**
     * The tally of one run.
     *
     * @param contentOf takes the fingerprint of what IDENT holds of a row, made only if it is asked for; null if the row was not read
     */
    RunTally(RunRequest request, Function<Long, Supplier<String>> contentOf, OutcomeListener listener) {
        this.request = request;
        this.contentOf = contentOf;
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
        Outcome outcome = failure == null ? decision.outcome() : Outcome.FAILED;
        count(id, outcome, decision.funnel(), failure != null ? failure : delivery.refusedField());
        listener.outcome(decision, outcome);
        if (decision.reasons().contains(Reason.HELD_BACK)) {
            // Nothing has become of it: what it failed with before stays.
            newlyPassed.remove(id);
        }
        if (failure == null && delivery.delivered() != null) {
            newlyDelivered.put(id, delivery.delivered());
        }
        if (failure == null && decision.own() != null && decision.contact() == null) {
            newlyOwn.put(decision.patientId(), decision.own());
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
        } else if (deal.stageId() != null && deal.id() > 0) {
            displaced.put(deal.id(), reception);
        }
    }

    /** It is to be decided again once the mirror follows the account; that attempt does not count. */
    void returned(SyncItem item) {
        returned.add(item);
    }

    /** One that could not even be decided. */
    void failed(long id, Failure failure) {
        count(id, Outcome.FAILED, null, failure);
        Decision decision = Decision.failed(id, null, failure, List.of());
        if (request.detail()) {
            decisions.add(decision);
        }
        listener.outcome(decision, Outcome.FAILED);
    }

    /** A refused field is a dead letter beside an outcome that is no failure. */
    private void count(long id, Outcome outcome, Funnel funnel, Failure deadLetter) {
        outcomes.merge(outcome, 1, Integer::sum);
        Supplier<String> content = contentOf.apply(id);
        if (deadLetter != null) {
            failures.put(id, deadLetter);
            newFailures.put(id, new DeadLetters.Failed(deadLetter, content == null ? null : content.get()));
        } else {
            newlyPassed.add(id);
        }
        if (outcome != Outcome.FAILED && funnel != null) {
            funnels.merge(funnel, 1, Integer::sum);
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
        Unrecorded taken = new Unrecorded(new TreeMap<>(newlyDelivered), new TreeMap<>(newlyOwn), Map.copyOf(newFailures),
                Set.copyOf(newlyPassed));
        newlyDelivered.clear();
        newlyOwn.clear();
        newFailures.clear();
        newlyPassed.clear();
        return taken;
    }

    /** How many ended in which outcome. */
    Map<Outcome, Integer> outcomes() {
        return Map.copyOf(outcomes);
    }

    /** How many of the delivered ones belong to which funnel. */
    Map<Funnel, Integer> funnels() {
        return Map.copyOf(funnels);
    }

    /** Why, per failed reception or patient. */
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
