package io.identamocrm.simulation;

import io.identamocrm.model.Status;
import io.identamocrm.sandbox.EntityView;
import io.identamocrm.sandbox.Note;
import io.identamocrm.sandbox.Task;
import io.identamocrm.simulation.Ledger.Act;
import io.identamocrm.simulation.Ledger.Creation;
import io.identamocrm.simulation.PlayedClinic.Card;
import io.identamocrm.simulation.PlayedClinic.Visit;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/** What must hold when a world has come to its end. */
final class Invariants {

    private static final int REQUESTS_PER_SECOND = 7;

    private final World world;
    private final Ledger ledger;
    private final Excuses excuses;
    private final List<String> broken = new ArrayList<>();

    Invariants(World world) {
        this.world = world;
        this.ledger = world.ledger();
        this.excuses = new Excuses(world);
    }

    List<String> broken() {
        Map<Long, List<EntityView>> deals = world.dealsByReception();
        for (Visit visit : world.clinic().visits().values()) {
            if (visit.movedTo == null) {
                List<EntityView> held = visit.chain().stream()
                        .flatMap(row -> deals.getOrDefault(row.id, List.of()).stream())
                        .toList();
                dealsOf(visit, held);
            }
        }
        world.clinic().cards().values().forEach(this::contactsOf);
        followUps();
        rate();
        return broken;
    }

    private static String ids(List<EntityView> views) {
        return new TreeSet<>(views.stream().map(EntityView::id).toList()).toString();
    }

    private void dealsOf(Visit visit, List<EntityView> held) {
        List<Creation> creations = ledger.creations().stream()
                .filter(creation ->
                        creation.key().lead() && visit.chain().stream().anyMatch(row -> row.id == creation.reception()))
                .toList();
        String what = "reception " + visit.id + (visit.from == null ? "" : " (moved from " + visit.from.id + ")");
        boolean frozen = excuses.isOfFrozenProcess(creations);
        boolean managers = excuses.isManagersBusiness(visit);
        if (held.size() > 1 && !managers && !frozen) {
            broken.add(what + " has the deals " + ids(held));
        }
        if (creations.size() > 1 && !frozen && !managers) {
            broken.add(what + " was given a deal " + creations.size() + " times");
        }
        if (managers) {
            removed(visit, creations, what, frozen);
            return;
        }
        if (held.isEmpty() && visit.isLive()) {
            broken.add(what + " has no deal");
        }
        if (held.size() == 1 && visit.isLive()) {
            delivered(visit, held.get(0), what);
        }
    }

    /** What managers removed or closed is not made again, as long as memory lives and nothing has changed. */
    private void removed(Visit visit, List<Creation> creations, String what, boolean frozen) {
        if (frozen || ledger.hasLost()) {
            return;
        }
        for (Creation creation : creations) {
            for (Act act : ledger.acts()) {
                boolean ends = act.key().lead()
                        && act.order() < creation.order()
                        && (act.after() == null || Account.isFinished(act.after()))
                        && ledger.dealsThatHeld(visit.chain())
                                .contains(act.key().id());
                boolean recorded = ends
                        && creations.stream()
                                .anyMatch(earlier -> earlier.order() < act.order()
                                        && earlier.key().equals(act.key())
                                        && ledger.completedBetween(earlier.order(), act.order()));
                if (recorded
                        && visit.from == null
                        && ledger.changedAtClinic(visit.id) == 0
                        && !ledger.sentByHandAfter(visit.id, act.order())) {
                    broken.add(what + ": a manager " + act.kind() + " " + act.key() + ", and " + creation.key()
                            + " was made in its place");
                }
            }
        }
    }

    private void delivered(Visit visit, EntityView deal, String what) {
        Map<Long, String> fields = deal.fields();
        Card card = world.clinic().cards().get(visit.patient);
        expect(what, "reception id", Long.toString(visit.id), fields.get(Ledger.RECEPTION_ID));
        expect(what, "patient number", Long.toString(card.number), fields.get(Ledger.PATIENT_NUMBER));
        expect(
                what,
                "planned start",
                Long.toString(visit.planned.atZone(ZoneId.of(Playground.ZONE)).toEpochSecond()),
                fields.get(27L));
        if (visit.cost > 0) {
            expect(
                    what,
                    "cost",
                    Integer.toString(visit.cost),
                    String.valueOf(fields.get(30L)).replaceAll("\\.0+$", ""));
        }
        Long stage = world.setup().stageOf(deal.pipelineId(), visit.status);
        boolean byHand = ledger.acts().stream()
                .anyMatch(act -> act.key().lead() && act.key().id() == deal.id());
        if (!byHand && !ledger.hasLost()) {
            expect(
                    what,
                    "pipeline",
                    Long.toString(Setup.pipelineOf(world.clinic().funnelOf(visit))),
                    Long.toString(deal.pipelineId()));
            if (stage != null) {
                expect(what, "stage", stage.toString(), Long.toString(deal.stageId()));
            }
        }
    }

    private void expect(String what, String field, String expected, String found) {
        if (!expected.equals(found)) {
            broken.add(what + ": " + field + " is " + found + ", not " + expected);
        }
    }

    private void contactsOf(Card card) {
        List<EntityView> own = world.sandbox().account().contacts().stream()
                .filter(contact ->
                        Long.toString(card.id).equals(contact.fields().get(Ledger.PATIENT_ID)))
                .toList();
        List<Creation> creations = ledger.creations().stream()
                .filter(creation -> !creation.key().lead() && creation.patient() == card.id)
                .toList();
        boolean removed = ledger.acts().stream()
                .anyMatch(act -> !act.key().lead()
                        && (act.after() == null || act.kind().equals("merges into"))
                        && Long.toString(card.id).equals(act.before().fields().get(Ledger.PATIENT_ID)));
        if (!excuses.isOfFrozenProcess(creations) && !removed) {
            if (own.size() > 1) {
                broken.add("patient " + card.id + " has the contacts " + ids(own));
            }
            if (creations.size() > 1) {
                broken.add("patient " + card.id + " was given a contact " + creations.size() + " times");
            }
        }
        if (!removed && own.isEmpty() && !world.setup().sharesContacts() && hasLiveVisit(card)) {
            broken.add("patient " + card.id + " has no contact");
        }
    }

    /** Managers hear of each change once. */
    private void followUps() {
        Map<String, Integer> told = new TreeMap<>();
        Map<String, Integer> events = new TreeMap<>();
        Stream.concat(
                        world.sandbox().account().tasks().stream().map(Task::text),
                        world.sandbox().account().notes().stream().map(Note::text))
                .filter(text -> text.matches("[A-Z]+ \\d+ \\[\\d+-.+]"))
                .filter(text -> !ledger.wasSentLate(text.substring(text.indexOf('['))))
                .forEach(text -> {
                    told.merge(text, 1, Integer::sum);
                    events.merge(text.substring(0, text.indexOf(" [")), 1, Integer::sum);
                });
        told.forEach((text, times) -> {
            if (times > 1) {
                broken.add("a manager hears " + times + " times: " + text);
            }
        });
        for (Visit visit : world.clinic().visits().values()) {
            for (Status status : List.of(Status.CANCELLED, Status.COMPLETED)) {
                int times = events.getOrDefault(status + " " + visit.id, 0);
                int most = ledger.timesItBecame(visit.id, status);
                if (times > most) {
                    broken.add("a manager hears " + times + " times that " + visit.id + " is " + status
                            + ", which it became " + most + " times at most");
                }
            }
        }
    }

    private boolean hasLiveVisit(Card card) {
        return world.clinic().visits().values().stream()
                .anyMatch(visit -> visit.patient == card.id
                        && visit.isLive()
                        && visit.status == Status.SCHEDULED
                        && !excuses.isManagersBusiness(visit));
    }

    /** More requests than allowed within a second, unless Redis lost its count. */
    private void rate() {
        if (ledger.hasLost()) {
            return;
        }
        List<Long> sent = world.sent();
        for (int i = REQUESTS_PER_SECOND; i < sent.size(); i++) {
            if (sent.get(i) - sent.get(i - REQUESTS_PER_SECOND)
                    < Duration.ofSeconds(1).toNanos()) {
                broken.add("more than " + REQUESTS_PER_SECOND + " requests were sent within a second");
                return;
            }
        }
    }
}
