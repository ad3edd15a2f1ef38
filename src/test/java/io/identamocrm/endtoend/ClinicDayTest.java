package io.identamocrm.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.identamocrm.endtoend.SimulatedClinic.Visit;
import io.identamocrm.model.Status;
import io.identamocrm.problems.Problem;
import io.identamocrm.sandbox.Faults.Fault;
import io.identamocrm.sandbox.Faults.Scope;
import java.io.IOException;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A clinic's day, as written and by chance: afterwards the account equals an independent model, deal by deal. */
class ClinicDayTest {

    private static final int ACTS = 50;
    private static final List<Fault> FAULTS = List.of(
            Fault.WRITE_THEN_504,
            Fault.WRITE_THEN_RESET,
            Fault.RESET_BEFORE_WRITE,
            Fault.SERVER_ERROR,
            Fault.HTML_502,
            Fault.TRUNCATED_JSON,
            Fault.TOO_MANY_REQUESTS_EMPTY,
            Fault.BLOCKED);

    @RegisterExtension
    private final Installation installation = Installation.empty().leapingOverWaits();

    private final SimulatedClinic clinic = new SimulatedClinic(installation);

    @Test
    void a_day_with_bookings_treatments_cancellations_corrections_moves_managers_and_outages() throws IOException {
        long anna = clinic.patient();
        long boris = clinic.patient();
        Visit annas = clinic.book(anna);
        Visit second = clinic.book(anna);
        Visit boriss = clinic.book(boris);
        clinic.minute();

        clinic.arrive(annas);
        clinic.treat(annas, 3000);
        clinic.minute();
        clinic.complete(annas);
        clinic.cancel(boriss);
        clinic.changePhone(anna);
        clinic.addRelativesEmail(anna);
        clinic.minute();
        clinic.learnEmail(anna);
        clinic.patientRun();

        clinic.rename(second);
        clinic.uncancel(boriss);
        Visit moved = clinic.move(clinic.move(second));
        clinic.treat(annas, 500);
        clinic.minute();
        clinic.correct(boriss, clinic.patient());
        Visit next = clinic.book(boris);
        clinic.minute();
        clinic.complete(boriss);
        clinic.treat(boriss, 900);
        clinic.minute();
        clinic.giveBack(boriss);
        clinic.correct(next, anna);
        clinic.minute();
        clinic.moveByHand(moved);
        clinic.close(annas);

        identFails();
        Visit late = clinic.book(clinic.patient());
        amocrmFails();
        clinic.treat(late, 1500);
        clinic.minute();
        redisFails();
        clinic.treat(boriss, 700);
        clinic.learnEmail(anna);
        Visit never = clinic.book(boris);
        clinic.cancel(never);
        clinic.minute();
        Visit again = clinic.book(boris);
        clinic.minute();
        clinic.arrive(again);

        clinic.deep();
        clinic.assertTheAccountIsAsItShouldBe();
        installation.sandbox().journal().clear();
        clinic.deep();
        assertThat(installation.sandbox().journal().writes())
                .as("nothing is left to do")
                .isZero();
    }

    /** A table is locked away: the run ends, and the next one does its work. */
    private void identFails() {
        installation.clinic().rename("Orders", "OrdersAway");
        Throwable failure = catchThrowable(installation::incremental);
        assertThat(Problem.of(failure).message()).contains("IDENT");
        installation.clinic().rename("OrdersAway", "Orders");
    }

    private void amocrmFails() {
        installation.sandbox().faults().always(Fault.HTML_502);
        assertThat(Problem.of(catchThrowable(installation::incremental)).exitCode())
                .isEqualTo(Problem.UNREACHABLE);
        installation.sandbox().faults().clear();
        installation.restart();
    }

    /** Redis falls over in the middle of the day and comes back empty. */
    private void redisFails() throws IOException {
        installation.redis().fail();
        Throwable failure = catchThrowable(installation::incremental);
        assertThat(Problem.of(failure).message()).contains("Redis");
        installation.redis().comeBack();
        installation.restart();
        clinic.memoryIsLost();
        clinic.minute();
    }

    static LongStream days() {
        return LongStream.rangeClosed(1, Integer.getInteger("days", 4));
    }

    @ParameterizedTest
    @MethodSource("days")
    void any_order_of_acts_and_runs_with_faults_between_them(long seed) {
        Random chance = new Random(seed);
        clinic.book(clinic.patient());
        clinic.minute();
        for (int act = 0; act < ACTS; act++) {
            act(chance);
            if (chance.nextInt(3) == 0) {
                run(chance);
            }
        }
        installation.sandbox().faults().clear();
        installation.restart();
        clinic.deep();
        clinic.assertTheAccountIsAsItShouldBe();
    }

    private void act(Random chance) {
        Visit scheduled = any(chance, visit -> visit.status == Status.SCHEDULED);
        Visit followed = any(chance, Visit::isFollowed);
        long patient = clinic.patients().get(chance.nextInt(clinic.patients().size()));
        switch (chance.nextInt(20)) {
            case 0, 1 -> clinic.book(clinic.patient());
            case 2, 3 -> clinic.book(patient);
            case 4 -> on(scheduled, clinic::arrive);
            case 5, 6 -> on(any(chance, visit -> visit.status == Status.ARRIVED), clinic::complete);
            case 7 -> on(scheduled, clinic::cancel);
            case 8 -> on(any(chance, visit -> visit.status == Status.CANCELLED && !visit.movedAway), clinic::uncancel);
            case 9 -> on(followed, visit -> clinic.treat(visit, 100 + chance.nextInt(5000)));
            case 10 -> on(any(chance, visit -> visit.isFollowed() && visit.cost != null), clinic::giveBack);
            case 11 -> on(followed, visit -> clinic.correct(visit, patient));
            case 12 -> clinic.changePhone(patient);
            case 13 -> clinic.learnEmail(patient);
            case 14 -> clinic.learnCity(patient);
            case 15 -> {
                clinic.patientRun();
                clinic.learnRefusedCity(patient);
            }
            case 16 -> {
                clinic.minute();
                clinic.patientRun();
                clinic.addRelativesEmail(patient);
            }
            case 17 -> {
                clinic.minute();
                on(
                        any(chance, visit -> visit.isFollowed() && visit.status == Status.SCHEDULED),
                        visit -> clinic.move(chance.nextBoolean() ? visit : clinic.move(visit)));
                clinic.minute();
            }
            default -> {
                clinic.minute();
                Visit deal = any(chance, Visit::isOpenDeal);
                switch (chance.nextInt(3)) {
                    case 0 -> on(deal, clinic::rename);
                    case 1 -> on(deal, clinic::moveByHand);
                    default -> on(deal, clinic::close);
                }
            }
        }
    }

    private void run(Random chance) {
        if (chance.nextBoolean()) {
            Fault fault = FAULTS.get(chance.nextInt(FAULTS.size()));
            int call = 1 + chance.nextInt(8);
            Scope scope = fault.name().contains("WRITE") ? Scope.WRITES : Scope.ANY;
            installation.sandbox().faults().clear();
            installation.sandbox().faults().plan(fault, scope, number -> number == call);
        }
        switch (chance.nextInt(6)) {
            case 0, 1 -> clinic.minute();
            case 2 -> clinic.patientRun();
            case 3 -> clinic.full();
            case 4 -> clinic.deep();
            default -> {
                clinic.minute();
                installation.runtime().redis().getKeys().flushdb();
                installation.restart();
                clinic.memoryIsLost();
                clinic.minute();
            }
        }
    }

    private Visit any(Random chance, Predicate<Visit> fit) {
        List<Visit> fitting = clinic.visits().stream().filter(fit).toList();
        return fitting.isEmpty() ? null : fitting.get(chance.nextInt(fitting.size()));
    }

    private static void on(Visit visit, Consumer<Visit> act) {
        if (visit != null) {
            act.accept(visit);
        }
    }
}
