package io.identamocrm.simulation;

import io.identamocrm.model.Status;
import io.identamocrm.sandbox.EntityView;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * Who did what to the account, in one order: what processes looked at and wrote, what managers did, what the clinic changed, what Redis
 * lost. A write that undoes what a manager had done before the process last looked, or touches what is none of ours, is noted as broken
 * faith.
 */
final class Ledger {

    static final long PATIENT_NUMBER = 17;
    static final long RECEPTION_ID = 26;
    static final long PHONE = 2;
    static final long PATIENT_ID = 25;
    private static final Set<Long> OUR_LEAD_FIELDS =
            Set.of(PATIENT_NUMBER, RECEPTION_ID, 27L, 28L, 29L, 30L, Setup.STATE_FIELD);

    /** A deal, or a contact. */
    record Key(boolean lead, long id) {
        @Override
        public String toString() {
            return (lead ? "deal " : "contact ") + id;
        }
    }

    /** What a process saw of it. */
    private record Look(int order, EntityView seen) {}

    /** Something that a manager did to it. */
    record Act(int order, String kind, Key key, EntityView before, EntityView after) {}

    /** Something that a process created: for a reception, or a patient where {@code reception} is 0. */
    record Creation(int order, PlayedProcess process, Key key, long reception, long patient, boolean frozenOnItsWay) {}

    private final Set<String> corrected = new HashSet<>();
    private final Map<PlayedProcess, Map<Key, Look>> looks = new HashMap<>();
    private final List<Act> acts = new ArrayList<>();
    private final List<Creation> creations = new ArrayList<>();
    private final Map<Long, Integer> changedVisits = new HashMap<>();
    private final Map<Long, Integer> changedPatients = new HashMap<>();
    private final Map<Key, Set<String>> namesByUs = new HashMap<>();
    private final Map<Key, Set<String>> phonesByUs = new HashMap<>();
    private final Map<Key, Integer> placedByUs = new HashMap<>();
    /** When the runs of the processes began, and those that placed a deal last: what IDENT changed since, they may not have read. */
    private final Map<PlayedProcess, Integer> begun = new HashMap<>();

    private final Map<Key, Integer> placedByRunOf = new HashMap<>();
    private final Map<Key, Set<Long>> receptionsHeld = new HashMap<>();
    private final List<String> broken = new ArrayList<>();
    private final List<Integer> losses = new ArrayList<>();
    private final List<Integer> completed = new ArrayList<>();
    private final Map<Long, Integer> byHand = new HashMap<>();
    private final Set<String> named = new LinkedHashSet<>();
    /** Of tasks and notes that a frozen process sent after its lock had ended. */
    private final StringBuilder sentLate = new StringBuilder();

    private final Map<Long, Map<Status, Integer>> statuses = new HashMap<>();
    private Setup setup;
    private Map<Long, PlayedClinic.Visit> visits = Map.of();
    private Map<Long, PlayedClinic.Card> cards = Map.of();
    private int order;

    void of(Setup played, PlayedClinic clinic) {
        setup = played;
        visits = clinic.visits();
        cards = clinic.cards();
    }

    int order() {
        return order;
    }

    List<String> broken() {
        return broken;
    }

    List<Act> acts() {
        return acts;
    }

    List<Creation> creations() {
        return creations;
    }

    /** Redis lost what it held, or a part. */
    void lost() {
        losses.add(++order);
    }

    boolean lostAfter(int moment) {
        return losses.stream().anyMatch(loss -> loss > moment);
    }

    /** Redis has lost something at all. */
    boolean hasLost() {
        return !losses.isEmpty();
    }

    /** A reception's status, planned start or place in a chain changed. */
    void changedAtClinic(PlayedClinic.Visit visit) {
        order++;
        visit.chain().forEach(row -> {
            changedVisits.put(row.id, order);
            statuses.computeIfAbsent(row.id, any -> new HashMap<>()).merge(row.status, 1, Integer::sum);
        });
        changedPatients.put(visit.patient, order);
    }

    /** How often a reception can have become this at most. */
    int timesItBecame(long reception, Status status) {
        return 1 + statuses.getOrDefault(reception, Map.of()).getOrDefault(status, 0);
    }

    /** A frozen process sent tasks or notes after its lock had ended. */
    void sentLate(String body) {
        sentLate.append(body);
    }

    boolean wasSentLate(String mark) {
        return sentLate.indexOf(mark) >= 0;
    }

    int changedAtClinic(long reception) {
        return changedVisits.getOrDefault(reception, 0);
    }

    /** An operator sends a reception by hand. */
    void sentByHand(long reception) {
        byHand.put(reception, ++order);
    }

    boolean sentByHandAfter(long reception, int moment) {
        return byHand.getOrDefault(reception, 0) > moment;
    }

    /** A run has come to its end: what it knew by then is on record. */
    void completed() {
        completed.add(++order);
    }

    boolean completedBetween(int from, int to) {
        return completed.stream().anyMatch(moment -> moment > from && moment < to);
    }

    /** A run said that it may have written these twice. */
    void named(String sentence) {
        named.add(sentence);
    }

    boolean isNamed(long reception) {
        return named.stream().anyMatch(sentence -> sentence.contains("reception " + reception + ":"));
    }

    Set<String> namedSentences() {
        return named;
    }

    /** Every deal that ever held one of these receptions. */
    Set<Long> dealsThatHeld(List<PlayedClinic.Visit> chain) {
        Set<Long> deals = new LinkedHashSet<>();
        receptionsHeld.forEach((key, receptions) -> {
            if (chain.stream().anyMatch(row -> receptions.contains(row.id))) {
                deals.add(key.id());
            }
        });
        return deals;
    }

    void acted(String kind, Key key, EntityView before, EntityView after) {
        acts.add(new Act(++order, kind, key, before, after));
        noteReception(key, after);
    }

    void looked(PlayedProcess process, Key key, EntityView seen) {
        looks.computeIfAbsent(process, any -> new HashMap<>()).put(key, new Look(++order, seen));
    }

    /** Another process in its place has seen nothing. */
    void startsAnew(PlayedProcess process) {
        looks.remove(process);
    }

    private void noteReception(Key key, EntityView view) {
        if (key.lead() && view != null && view.fields().get(RECEPTION_ID) != null) {
            receptionsHeld
                    .computeIfAbsent(key, any -> new LinkedHashSet<>())
                    .add(Long.valueOf(view.fields().get(RECEPTION_ID)));
        }
    }

    /** A run begins. */
    void begins(PlayedProcess process) {
        begun.put(process, order);
    }

    private void placed(PlayedProcess process, Key key) {
        placedByUs.put(key, order);
        placedByRunOf.put(key, begun.getOrDefault(process, 0));
    }

    void created(PlayedProcess process, Key key, EntityView made, boolean frozenOnItsWay) {
        order++;
        noteReception(key, made);
        if (key.lead()) {
            String reception = made.fields().get(RECEPTION_ID);
            creations.add(new Creation(
                    order, process, key, reception == null ? 0 : Long.parseLong(reception), 0, frozenOnItsWay));
            placed(process, key);
        } else {
            String patient = made.fields().get(PATIENT_ID);
            creations.add(new Creation(
                    order, process, key, 0, patient == null ? 0 : Long.parseLong(patient), frozenOnItsWay));
            namesByUs.computeIfAbsent(key, any -> new LinkedHashSet<>()).add(made.name());
            phonesByUs
                    .computeIfAbsent(key, any -> new LinkedHashSet<>())
                    .addAll(made.values().getOrDefault(PHONE, List.of()));
        }
    }

    void changed(PlayedProcess process, Key key, EntityView before, EntityView after) {
        order++;
        if (key.lead() && isOfAnotherPatient(before)) {
            corrected.add(before.fields().get(RECEPTION_ID));
        }
        Look look = looks.getOrDefault(process, Map.of()).get(key);
        if (look == null) {
            broken.add(key + " was changed without a look");
            return;
        }
        if (before.price() != after.price()
                || before.responsibleUserId() != after.responsibleUserId()
                || !before.tags().equals(after.tags())) {
            broken.add(key + ": what is the managers' was changed");
        }
        if (key.lead()) {
            changedDeal(process, key, look, before, after);
        } else {
            changedContact(key, look, before, after);
        }
    }

    private void changedDeal(PlayedProcess process, Key key, Look look, EntityView before, EntityView after) {
        if (!before.name().equals(after.name())
                || !othersFields(before, OUR_LEAD_FIELDS).equals(othersFields(after, OUR_LEAD_FIELDS))) {
            broken.add(key + ": name or a manager's field was changed");
        }
        if (Account.isFinished(look.seen())) {
            broken.add(key + " was changed although it was finished business when it was looked at");
        }
        String held = look.seen().fields().get(RECEPTION_ID);
        String holds = after.fields().get(RECEPTION_ID);
        boolean taken = !Objects.equals(held, holds);
        if (taken && held != null && !isChain(held, holds)) {
            broken.add(key + " was taken from reception " + held + " for reception " + holds);
        }
        noteReception(key, after);
        boolean moved = before.stageId() != after.stageId() || before.pipelineId() != after.pipelineId();
        if (moved) {
            if (setup.isProtected(look.seen().stageId())) {
                broken.add(key + " was moved out of a protected stage");
            }
            Act last = lastMove(key, look.order());
            int before2 = placedByUs.getOrDefault(key, 0);
            int known = placedByRunOf.getOrDefault(key, 0);
            boolean due = taken
                    || holds != null
                            && (changedVisits.getOrDefault(Long.valueOf(holds), 0) > known
                                    || visits.containsKey(Long.valueOf(holds))
                                            && changedPatients.getOrDefault(visits.get(Long.valueOf(holds)).patient, 0)
                                                    > known);
            if (last != null && last.order() > before2 && !due) {
                broken.add(key + " was moved from stage " + before.stageId() + " of pipeline " + before.pipelineId()
                        + " to " + after.stageId() + " of " + after.pipelineId() + ", which undoes a manager's move");
            }
        }
        if (moved || taken) {
            placed(process, key);
        }
    }

    private Act lastMove(Key key, int before) {
        Act last = null;
        for (Act act : acts) {
            if (act.key().equals(key)
                    && act.order() < before
                    && act.before() != null
                    && act.after() != null
                    && (act.before().stageId() != act.after().stageId()
                            || act.before().pipelineId() != act.after().pipelineId())) {
                last = act;
            }
        }
        return last;
    }

    private boolean isChain(String one, String other) {
        PlayedClinic.Visit visit = visits.get(Long.valueOf(one));
        return other != null
                && visit != null
                && visit.chain().stream().anyMatch(row -> Long.toString(row.id).equals(other));
    }

    private static Map<Long, List<String>> othersFields(EntityView view, Set<Long> ours) {
        Map<Long, List<String>> others = new HashMap<>(view.values());
        others.keySet().removeAll(ours);
        return others;
    }

    private void changedContact(Key key, Look look, EntityView before, EntityView after) {
        Set<String> names = namesByUs.computeIfAbsent(key, any -> new LinkedHashSet<>());
        if (!before.name().equals(after.name())) {
            if (!names.contains(look.seen().name())) {
                broken.add(key + " was renamed though its name was a manager's");
            }
            names.add(after.name());
        }
        if (!Objects.equals(before.fields().get(102L), after.fields().get(102L))) {
            broken.add(key + ": a manager's field was changed");
        }
        String owner = look.seen().fields().get(PATIENT_ID);
        if (owner != null && !owner.equals(after.fields().get(PATIENT_ID))) {
            broken.add(key + " of patient " + owner + " was given to another");
        }
        Set<String> phones = phonesByUs.computeIfAbsent(key, any -> new LinkedHashSet<>());
        List<String> left = after.values().getOrDefault(PHONE, List.of());
        for (String phone : before.values().getOrDefault(PHONE, List.of())) {
            if (!left.contains(phone)
                    && !phones.contains(phone)
                    && look.seen().values().getOrDefault(PHONE, List.of()).contains(phone)) {
                broken.add(key + " lost a phone that a manager had written");
            }
        }
        left.stream()
                .filter(phone -> !before.values().getOrDefault(PHONE, List.of()).contains(phone))
                .forEach(phones::add);
    }

    /** The registrar has given the visit to another patient: its deal follows, with whatever contacts it has. */
    void corrected(PlayedClinic.Visit visit) {
        corrected.add(Long.toString(visit.id));
    }

    /** A reception's deal that says another patient, as after a manager's merge of two, is one whose reception was corrected. */
    private boolean isOfAnotherPatient(EntityView deal) {
        String reception = deal.fields().get(RECEPTION_ID);
        String number = deal.fields().get(PATIENT_NUMBER);
        PlayedClinic.Visit visit = reception == null ? null : visits.get(Long.valueOf(reception));
        return number != null && visit != null && !number.equals(Long.toString(cards.get(visit.patient).number));
    }

    /** The link of a deal with a contact. */
    void linked(PlayedProcess process, Key deal, EntityView before) {
        order++;
        Look look = looks.getOrDefault(process, Map.of()).get(deal);
        if (look == null
                || !look.seen().links().isEmpty()
                        && !corrected.contains(before.fields().get(RECEPTION_ID))
                        && !isOfAnotherPatient(before)) {
            broken.add(deal + " was linked " + (look == null ? "without a look" : "although it had a contact"));
        }
        if (look != null && Account.isFinished(look.seen())) {
            broken.add(deal + " was linked although it was finished business");
        }
    }
}
