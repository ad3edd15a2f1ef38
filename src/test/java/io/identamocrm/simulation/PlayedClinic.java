package io.identamocrm.simulation;

import io.identamocrm.clinic.ClinicStaff;
import io.identamocrm.clinic.SampleClinic;
import io.identamocrm.model.Funnel;
import io.identamocrm.model.Status;
import java.math.BigDecimal;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Supplier;

/** The clinic's registrar, and what is true in IDENT. A visit is moved once at most, and only before anybody has come. */
final class PlayedClinic {

    /** A row of IDENT's receptions as it is. */
    static final class Visit {
        final long id;
        long patient;
        /** The row that it was moved from, or null. */
        final Visit from;

        Visit movedTo;
        Status status = Status.SCHEDULED;
        LocalDateTime planned;
        int cost;

        private Visit(long id, long patient, Visit from, LocalDateTime planned) {
            this.id = id;
            this.patient = patient;
            this.from = from;
            this.planned = planned;
        }

        /** The rows of one visit. */
        List<Visit> chain() {
            Visit first = this;
            while (first.from != null) {
                first = first.from;
            }
            List<Visit> rows = new ArrayList<>();
            for (Visit row = first; row != null; row = row.movedTo) {
                rows.add(row);
            }
            return rows;
        }

        boolean isLive() {
            return movedTo == null && !status.isOff();
        }
    }

    /** A person with a card. */
    static final class Card {
        final long id;
        final long number;
        String phone;
        String name;

        private Card(long id, long number, String phone, String name) {
            this.id = id;
            this.number = number;
            this.phone = phone;
            this.name = name;
        }
    }

    private static final int MOST_RECEPTIONS = 13;

    private final SampleClinic clinic;
    private final Supplier<LocalDateTime> now;
    private final Ledger ledger;
    private final LocalDateTime start;
    private final Map<Long, Visit> visits = new TreeMap<>();
    private final Map<Long, Card> cards = new TreeMap<>();
    private int minutes;
    private int names;

    PlayedClinic(SampleClinic clinic, Supplier<LocalDateTime> now, Ledger ledger) {
        this.clinic = clinic;
        this.now = now;
        this.ledger = ledger;
        this.start = now.get();
    }

    private ClinicStaff staff() {
        return clinic.staff();
    }

    Map<Long, Visit> visits() {
        return visits;
    }

    Map<Long, Card> cards() {
        return cards;
    }

    /** How the clinic is when the world begins: some patients, two of whom may share a phone, and their visits. */
    void fill(Random chance) {
        int patients = 2 + chance.nextInt(4);
        for (int i = 0; i < patients; i++) {
            boolean relative = !cards.isEmpty() && chance.nextInt(5) == 0;
            newPatient(relative ? anyOf(List.copyOf(cards.values()), chance).phone : phone(i));
        }
        int receptions = 2 + chance.nextInt(9);
        for (int i = 0; i < receptions; i++) {
            act(chance, i < receptions / 2 ? 0 : chance.nextInt(10));
        }
    }

    static String phone(int number) {
        return "+7900" + (1_000_000 + number);
    }

    private void newPatient(String phone) {
        String name = "Образцов" + names++;
        long id = staff().newPatient(name, "Пётр", null, phone, now.get());
        cards.put(
                id,
                new Card(
                        id,
                        clinic.count("SELECT CAST(PatientNumber AS BIGINT) FROM dbo.Patients WHERE ID_Persons = ?", id),
                        phone,
                        name + " Пётр"));
    }

    private static <T> T anyOf(List<T> all, Random chance) {
        return all.get(chance.nextInt(all.size()));
    }

    /** One act of the registrar; returns what it was, or null if there was nothing to do. */
    String act(Random chance) {
        return act(chance, chance.nextInt(13));
    }

    private String act(Random chance, int kind) {
        List<Visit> open = visits.values().stream()
                .filter(visit -> visit.movedTo == null && visit.status == Status.SCHEDULED)
                .toList();
        List<Visit> live = visits.values().stream().filter(Visit::isLive).toList();
        if (kind <= 2) {
            return visits.size() >= MOST_RECEPTIONS ? null : book(anyOf(List.copyOf(cards.values()), chance));
        }
        return switch (kind) {
            case 3 -> open.isEmpty() || visits.size() >= MOST_RECEPTIONS ? null : move(anyOf(open, chance));
            case 4 -> open.isEmpty() ? null : cancel(anyOf(open, chance));
            case 5 -> open.isEmpty() ? null : arrive(anyOf(open, chance));
            case 6 -> live.isEmpty() ? null : complete(anyOf(live, chance));
            case 7 -> live.isEmpty() ? null : bill(anyOf(live, chance), 100 * (1 + chance.nextInt(50)));
            case 8 -> open.isEmpty() ? null : reschedule(anyOf(open, chance));
            case 9 -> rename(anyOf(List.copyOf(cards.values()), chance));
            case 10 -> changePhone(anyOf(List.copyOf(cards.values()), chance));
            case 11 -> {
                List<Visit> alone =
                        open.stream().filter(visit -> visit.from == null).toList();
                yield alone.isEmpty()
                        ? null
                        : correct(anyOf(alone, chance), anyOf(List.copyOf(cards.values()), chance));
            }
            default -> {
                List<Visit> cancelled = visits.values().stream()
                        .filter(visit -> visit.movedTo == null && visit.status == Status.CANCELLED)
                        .toList();
                yield cancelled.isEmpty() ? null : uncancel(anyOf(cancelled, chance));
            }
        };
    }

    private LocalDateTime nextSlot() {
        return start.plusDays(2).plusMinutes(minutes++);
    }

    private String book(Card card) {
        LocalDateTime planned = nextSlot();
        long id = staff().book(card.id, planned, now.get());
        visits.put(id, new Visit(id, card.id, null, planned));
        return "registrar books reception " + id + " of patient " + card.id;
    }

    private String move(Visit visit) {
        LocalDateTime planned = nextSlot();
        long id = staff().move(visit.id, planned, now.get());
        Visit moved = new Visit(id, visit.patient, visit, planned);
        visits.put(id, moved);
        visit.movedTo = moved;
        visit.status = Status.CANCELLED;
        ledger.changedAtClinic(visit);
        return "registrar moves reception " + visit.id + " to reception " + id;
    }

    private String cancel(Visit visit) {
        staff().cancel(visit.id, now.get());
        return become(visit, Status.CANCELLED, "cancels");
    }

    private String uncancel(Visit visit) {
        staff().uncancel(visit.id, now.get());
        return become(visit, Status.SCHEDULED, "un-cancels");
    }

    private String correct(Visit visit, Card card) {
        clinic.execute(
                "UPDATE dbo.Receptions SET ID_Patients = ?, DateTimeChanged = ? WHERE ID = ?",
                card.id,
                now.get(),
                visit.id);
        visit.patient = card.id;
        ledger.corrected(visit);
        ledger.changedAtClinic(visit);
        return "registrar gives reception " + visit.id + " to patient " + card.id;
    }

    private String arrive(Visit visit) {
        staff().arrive(visit.id, now.get());
        return become(visit, Status.ARRIVED, "welcomes the patient of");
    }

    private String complete(Visit visit) {
        staff().complete(visit.id, now.get());
        return become(visit, Status.COMPLETED, "completes");
    }

    private String become(Visit visit, Status status, String what) {
        visit.status = status;
        ledger.changedAtClinic(visit);
        return "registrar " + what + " reception " + visit.id;
    }

    private String bill(Visit visit, int roubles) {
        staff().addService(visit.id, "Лечение", BigDecimal.valueOf(roubles), now.get());
        visit.cost += roubles;
        return "registrar bills reception " + visit.id;
    }

    private String reschedule(Visit visit) {
        visit.planned = nextSlot();
        staff().reschedule(visit.id, visit.planned, now.get());
        ledger.changedAtClinic(visit);
        return "registrar reschedules reception " + visit.id;
    }

    private String rename(Card card) {
        String surname = "Образцова" + names++;
        staff().rename(card.id, surname, "Пётр", null, now.get());
        card.name = surname + " Пётр";
        return "registrar renames patient " + card.id;
    }

    private String changePhone(Card card) {
        card.phone = phone(100 + names++);
        staff().changePhone(card.id, card.phone, now.get());
        return "registrar changes the phone of patient " + card.id;
    }

    /** The funnel of a visit by what is true now: a completed one counts only those before it. */
    Funnel funnelOf(Visit visit) {
        boolean completed = visits.values().stream()
                .anyMatch(other -> other != visit
                        && other.patient == visit.patient
                        && other.status == Status.COMPLETED
                        && (visit.status != Status.COMPLETED || isBefore(other, visit)));
        return completed ? Funnel.SECONDARY : Funnel.PRIMARY;
    }

    private static boolean isBefore(Visit one, Visit other) {
        int compared = one.planned.compareTo(other.planned);
        return compared < 0 || compared == 0 && one.id < other.id;
    }
}
