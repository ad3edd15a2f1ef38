package io.identamocrm.endtoend;

import static io.identamocrm.endtoend.Installation.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.resilience4j.circuitbreaker.CallNotPermittedException;
import io.identamocrm.amocrm.AmocrmException;
import io.identamocrm.model.Funnel;
import io.identamocrm.model.Outcome;
import io.identamocrm.model.Status;
import io.identamocrm.sandbox.EntityView;
import io.identamocrm.sandbox.SandboxAccount;
import io.identamocrm.sync.RunReport;
import io.identamocrm.sync.RunRequest;
import java.math.BigDecimal;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * A clinic and its sales department at work, with an independent model of what the account should hold: every act is carried out in IDENT
 * or amoCRM and noted here. It knows the rules in its own words and shares nothing with the product.
 */
final class SimulatedClinic {

    private static final int MOST_RUNS = 15;
    /** Where managers put deals by hand: the last ordinary stage, which no status is mapped to. */
    private static final int BY_HAND = 4;

    private static final long LOST = 143;
    private static final long EMAIL = 20;
    private static final long CITY = 24;
    /** What amoCRM refuses to take as a patient's city. */
    private static final String NOWHERE = "Нигде";

    /** A visit as it should stand in amoCRM. */
    static final class Visit {
        final long id;
        final LocalDateTime planned;
        long patient;
        Status status = Status.SCHEDULED;
        BigDecimal cost;
        BigDecimal costBefore;
        boolean hasDeal;
        /** The deal as a manager closed it, or as the product did before its memory was lost. */
        EntityView closed;

        String name;
        Long stageByHand;
        Long pipelineWhenMoved;
        /** Its funnel was another one for a while: whether a run saw that, and moved it, is not known here. */
        boolean perhapsNoLongerByHand;

        Funnel funnelWhenCancelled;
        Status lastSeen;
        boolean movedAway;
        /** Whose contacts stay in the deal whatever happens, as nobody knows any more that the product linked them. */
        final Set<Long> linkedBefore = new LinkedHashSet<>();

        private Visit(long id, long patient, LocalDateTime planned) {
            this.id = id;
            this.patient = patient;
            this.planned = planned;
            this.name = "Приём #" + id;
        }

        /** Whether its deal is one that managers work in. */
        boolean isOpenDeal() {
            return hasDeal && closed == null && status != Status.CANCELLED;
        }

        /** Whether the clinic may still do something about it that its deal hears of. */
        boolean isFollowed() {
            return hasDeal && closed == null && !movedAway;
        }
    }

    private final Installation installation;
    private final Map<Long, Visit> visits = new LinkedHashMap<>();
    private final Map<Long, List<String>> phones = new LinkedHashMap<>();
    private final Map<Long, List<String>> emails = new LinkedHashMap<>();
    private final Map<Long, List<String>> relatives = new LinkedHashMap<>();
    private final Map<Long, String> cities = new LinkedHashMap<>();
    private final Map<Visit, Visit> takenOver = new LinkedHashMap<>();
    private int minutes;

    SimulatedClinic(Installation installation) {
        this.installation = installation;
        for (Funnel funnel : Funnel.values()) {
            for (Status status : List.of(Status.SCHEDULED, Status.ARRIVED, Status.COMPLETED, Status.CANCELLED)) {
                installation.with("DEAL_STAGE_" + funnel + "_" + status, Long.toString(stage(funnel, status)));
            }
        }
    }

    private static long pipeline(Funnel funnel) {
        return funnel == Funnel.PRIMARY ? SandboxAccount.PRIMARY : SandboxAccount.SECONDARY;
    }

    private static long stage(Funnel funnel, Status status) {
        return switch (status) {
            case SCHEDULED -> SandboxAccount.stage(pipeline(funnel), 1);
            case ARRIVED -> SandboxAccount.stage(pipeline(funnel), 2);
            case COMPLETED -> SandboxAccount.stage(pipeline(funnel), 3);
            default -> LOST;
        };
    }

    private LocalDateTime now() {
        return LocalDateTime.now();
    }

    List<Visit> visits() {
        return List.copyOf(visits.values());
    }

    List<Long> patients() {
        return List.copyOf(phones.keySet());
    }

    // ---- in the clinic

    long patient() {
        String phone = "+7900" + (1_000_000 + phones.size());
        long patient = installation.staff().newPatient("Образцов", "Пётр", "Иванович", phone, now());
        phones.put(patient, new ArrayList<>(List.of(phone)));
        emails.put(patient, new ArrayList<>());
        relatives.put(patient, new ArrayList<>());
        return patient;
    }

    Visit book(long patient) {
        LocalDateTime planned = NOW.plusDays(2).plusMinutes(minutes++);
        Visit visit = new Visit(installation.staff().book(patient, planned, now()), patient, planned);
        visits.put(visit.id, visit);
        return visit;
    }

    void arrive(Visit visit) {
        installation.staff().arrive(visit.id, now());
        visit.status = Status.ARRIVED;
    }

    void complete(Visit visit) {
        installation.staff().complete(visit.id, now());
        visit.status = Status.COMPLETED;
    }

    void treat(Visit visit, int roubles) {
        installation.staff().addService(visit.id, "Лечение", BigDecimal.valueOf(roubles), now());
        visit.cost = (visit.cost == null ? BigDecimal.ZERO : visit.cost).add(BigDecimal.valueOf(roubles));
    }

    void cancel(Visit visit) {
        installation.staff().cancel(visit.id, now());
        visit.status = Status.CANCELLED;
    }

    void uncancel(Visit visit) {
        installation.staff().uncancel(visit.id, now());
        visit.status = Status.SCHEDULED;
    }

    Visit move(Visit visit) {
        LocalDateTime planned = NOW.plusDays(4).plusMinutes(minutes++);
        Visit moved = new Visit(installation.staff().move(visit.id, planned, now()), visit.patient, planned);
        visits.put(moved.id, moved);
        visit.status = Status.CANCELLED;
        visit.movedAway = true;
        if ((visit.hasDeal || takenOver.containsValue(visit)) && visit.closed == null) {
            takenOver.put(visit, moved);
        }
        return moved;
    }

    /** All that was paid for it is paid back. */
    void giveBack(Visit visit) {
        installation.staff().returnServices(visit.id, now());
        visit.cost = BigDecimal.ZERO;
    }

    /** It was booked on the wrong card. */
    void correct(Visit visit, long patient) {
        installation.staff().correctPatient(visit.id, patient, now());
        visit.patient = patient;
    }

    void changePhone(long patient) {
        String phone = "+7911" + (1_000_000 + minutes++);
        installation.staff().changePhone(patient, phone, now());
        phones.get(patient).add(0, phone);
    }

    /** The clinic learns an e-mail address. */
    void learnEmail(long patient) {
        describe(patient, cities.get(patient));
    }

    /** The patient has moved house. */
    void learnCity(long patient) {
        cities.put(patient, "Город " + minutes++);
        describe(patient, cities.get(patient));
    }

    /** Somebody has typed what amoCRM refuses; the rest arrives. */
    void learnRefusedCity(long patient) {
        installation.account().refuse(CITY, NOWHERE);
        describe(patient, NOWHERE);
    }

    private void describe(long patient, String city) {
        String email = "patient" + minutes++ + "@example.ru";
        installation.staff().describe(patient, email, null, city, null, null, now());
        emails.get(patient).add(0, email);
    }

    // ---- in the sales department; each after a run, so that it is clear what managers saw

    void rename(Visit visit) {
        visit.name = "Позвонить " + visit.id;
        installation
                .account()
                .changeLead(
                        installation.dealOf(visit.id).id(),
                        change -> change.name(visit.name).price(visit.id));
    }

    /** A relative's address stands in the patient's contact too. */
    void addRelativesEmail(long patient) {
        String email = "relative" + minutes++ + "@example.ru";
        installation.account().changeContact(contactOf(patient).id(), change -> change.append(EMAIL, email));
        relatives.get(patient).add(email);
    }

    void moveByHand(Visit visit) {
        EntityView deal = installation.dealOf(visit.id);
        visit.stageByHand = SandboxAccount.stage(deal.pipelineId(), BY_HAND);
        visit.pipelineWhenMoved = deal.pipelineId();
        visit.perhapsNoLongerByHand = false;
        installation.account().changeLead(deal.id(), change -> change.stage(deal.pipelineId(), visit.stageByHand));
    }

    void close(Visit visit) {
        EntityView deal = installation.dealOf(visit.id);
        installation.account().changeLead(deal.id(), change -> change.won());
        visit.closed = installation.account().lead(deal.id());
    }

    // ---- runs

    void minute() {
        receptions(installation::incremental);
    }

    void full() {
        receptions(installation::full);
    }

    void deep() {
        untilDone(() -> installation.runtime().everything(RunRequest.deep()).receptions());
        seen();
    }

    void patientRun() {
        untilDone(() -> installation.runtime().patients(RunRequest.incremental()));
    }

    private void receptions(Supplier<RunReport> run) {
        untilDone(run);
        seen();
    }

    /** The product's memory is lost with Redis: nobody knows any more which deals it closed and which contacts it linked. */
    void memoryIsLost() {
        visits.values().stream()
                .filter(visit -> visit.hasDeal && visit.closed == null)
                .forEach(visit -> {
                    EntityView deal = installation.dealOf(visit.id);
                    visit.closed = deal.stageId() == LOST ? deal : null;
                    visit.linkedBefore.add(visit.patient);
                });
    }

    /** As the schedule does it: a run that fails is followed by the next one. */
    private void untilDone(Supplier<RunReport> run) {
        for (int attempt = 0; attempt < MOST_RUNS; attempt++) {
            try {
                RunReport report = run.get();
                assertThat(report.count(Outcome.FAILED)).isZero();
                return;
            } catch (AmocrmException | CallNotPermittedException e) {
                installation.restart();
            }
        }
        throw new AssertionError("Not done after " + MOST_RUNS + " runs");
    }

    private void seen() {
        takenOver.forEach((from, to) -> {
            from.hasDeal = false;
            to.hasDeal = true;
            to.name = from.name;
            to.linkedBefore.addAll(from.linkedBefore);
            from.stageByHand = null;
            // Nothing in IDENT leaves the value in amoCRM alone: the cost of the visit before stays until the new one
            // has its own.
            to.costBefore = from.cost != null ? from.cost : from.costBefore;
        });
        takenOver.clear();
        visits.values().forEach(visit -> {
            if (visit.lastSeen != visit.status) {
                visit.stageByHand = null;
                visit.funnelWhenCancelled = funnelOf(visit);
            }
            visit.perhapsNoLongerByHand |=
                    visit.stageByHand != null && visit.pipelineWhenMoved != pipeline(funnelOf(visit));
            visit.lastSeen = visit.status;
        });
        visits.values().stream()
                .filter(visit -> visit.status != Status.CANCELLED)
                .forEach(visit -> visit.hasDeal = true);
    }

    // ---- what should be

    private Funnel funnelOf(Visit visit) {
        return visits.values().stream()
                        .anyMatch(other -> other != visit
                                && other.patient == visit.patient
                                && other.status == Status.COMPLETED
                                && (visit.status != Status.COMPLETED || isBefore(other, visit)))
                ? Funnel.SECONDARY
                : Funnel.PRIMARY;
    }

    private static boolean isBefore(Visit one, Visit other) {
        int compared = one.planned.compareTo(other.planned);
        return compared < 0 || compared == 0 && one.id < other.id;
    }

    /** Deal by deal and contact by contact, after a deep run. */
    void assertTheAccountIsAsItShouldBe() {
        for (Visit visit : visits.values()) {
            assertThat(installation.dealsOf(visit.id))
                    .as("deals of " + visit.id)
                    .hasSize(visit.hasDeal ? 1 : 0);
            if (visit.hasDeal) {
                assertDeal(visit, installation.dealOf(visit.id));
            }
        }
        assertThat(installation.account().leads()).hasSize((int)
                visits.values().stream().filter(visit -> visit.hasDeal).count());
        phones.forEach((patient, numbers) -> {
            EntityView contact = contactOf(patient);
            assertThat(contact.values().get(Installation.PHONE))
                    .startsWith(numbers.get(0))
                    .isSubsetOf(numbers);
            assertThat(contact.fields().get(CITY)).as("city of " + patient).isEqualTo(cities.get(patient));
            List<String> held = contact.values().getOrDefault(EMAIL, List.of());
            assertThat(held)
                    .containsAll(relatives.get(patient))
                    .isSubsetOf(Stream.concat(emails.get(patient).stream(), relatives.get(patient).stream())
                            .toList());
            emails.get(patient).stream()
                    .findFirst()
                    .ifPresent(newest -> assertThat(held).startsWith(newest));
        });
    }

    private void assertDeal(Visit visit, EntityView deal) {
        if (visit.closed != null) {
            assertThat(deal).as("closed by a manager").isEqualTo(visit.closed);
            return;
        }
        // A deal that stands closed is not moved by its funnel alone.
        Funnel funnel = visit.status == Status.CANCELLED ? visit.funnelWhenCancelled : funnelOf(visit);
        boolean byHand = visit.stageByHand != null && visit.pipelineWhenMoved == pipeline(funnel);
        String what = "deal of " + visit.id + ", " + visit.status + ", " + funnel;
        assertThat(deal.pipelineId()).as(what).isEqualTo(pipeline(funnel));
        long mapped = stage(funnel, visit.status);
        assertThat(deal.stageId())
                .as(what)
                .isIn(
                        byHand ? visit.stageByHand : mapped,
                        byHand && !visit.perhapsNoLongerByHand ? visit.stageByHand : mapped);
        assertThat(deal.name()).as(what).isEqualTo(visit.name);
        String cost = deal.fields().get(30L);
        assertThat(cost == null ? null : new BigDecimal(cost))
                .as(what)
                .usingComparator(Comparator.nullsFirst(BigDecimal::compareTo))
                .isEqualTo(visit.cost != null ? visit.cost : visit.costBefore);
        assertThat(deal.links())
                .as(what)
                .containsExactlyInAnyOrderElementsOf(
                        Stream.concat(Stream.of(visit.patient), visit.linkedBefore.stream())
                                .distinct()
                                .map(patient -> contactOf(patient).id())
                                .toList());
    }

    private EntityView contactOf(long patient) {
        assertThat(installation.contactsOf(patient))
                .as("contacts of " + patient)
                .hasSize(1);
        return installation.contactsOf(patient).get(0);
    }
}
