package io.identamocrm.endtoend;

import static io.identamocrm.endtoend.Installation.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import io.identamocrm.clinic.ClinicGenerator;
import io.identamocrm.clinic.ExpectedReception;
import io.identamocrm.model.Funnel;
import io.identamocrm.model.Outcome;
import io.identamocrm.sandbox.EntityView;
import io.identamocrm.sandbox.SandboxAccount;
import io.identamocrm.sync.RunReport;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The promise in figures: 1,000 new receptions into an empty account at seven requests a second. */
@TestMethodOrder(MethodOrderer.MethodName.class)
class ThousandReceptionsTest {

    @RegisterExtension
    private static final Installation installation =
            Installation.filled(ClinicGenerator.Options.deliverable(1000, NOW)).atRealPace();

    private static RunReport first;
    private static int firstRequests;
    private static Map<Long, EntityView> dealsByReception;
    private static List<ExpectedReception> expected;

    @BeforeAll
    static void first_run() {
        expected = installation.clinic().expected(NOW, Duration.ofHours(12));
        first = installation.full();
        firstRequests = installation.sandbox().journal().count();
        dealsByReception = installation.account().leads().stream()
                .collect(Collectors.toMap(
                        deal -> Long.valueOf(deal.fields().get(Installation.RECEPTION_ID)), Function.identity()));
    }

    @Test
    void every_reception_has_exactly_one_deal_and_every_patient_exactly_one_contact() {
        assertThat(first.found()).isEqualTo(1000);
        assertThat(first.count(Outcome.FAILED)).isZero();
        assertThat(dealsByReception.keySet())
                .containsExactlyInAnyOrderElementsOf(
                        expected.stream().map(ExpectedReception::id).toList());
        Map<String, Long> contactsPerPatient = installation.account().contacts().stream()
                .collect(Collectors.groupingBy(
                        contact -> contact.fields().get(Installation.PATIENT_ID), Collectors.counting()));
        assertThat(contactsPerPatient.values()).containsOnly(1L);
        assertThat(contactsPerPatient).hasSize((int)
                expected.stream().map(ExpectedReception::patient).distinct().count());
    }

    @Test
    void every_deal_stands_in_the_pipeline_that_an_independent_count_by_sql_gives_it() {
        expected.forEach(reception -> assertThat(
                        dealsByReception.get(reception.id()).pipelineId())
                .isEqualTo(reception.funnel() == Funnel.PRIMARY ? SandboxAccount.PRIMARY : SandboxAccount.SECONDARY));
        assertThat(first.count(Funnel.PRIMARY)).isEqualTo((int) expected.stream()
                .filter(reception -> reception.funnel() == Funnel.PRIMARY)
                .count());
    }

    @Test
    void every_deal_is_linked_to_the_contact_of_its_patient() {
        Map<Long, EntityView> contacts = installation.account().contacts().stream()
                .collect(Collectors.toMap(EntityView::id, Function.identity()));
        expected.forEach(reception -> assertThat(
                        dealsByReception.get(reception.id()).links())
                .singleElement()
                .satisfies(contact -> assertThat(contacts.get(contact).fields().get(Installation.PATIENT_ID))
                        .isEqualTo(Long.toString(reception.patient()))));
    }

    @Test
    void it_costs_at_most_30_requests_and_never_more_than_7_in_a_second() {
        assertThat(firstRequests).isLessThanOrEqualTo(30);
        assertThat(first.requests()).isEqualTo(firstRequests);
        assertThat(installation.sandbox().journal().maxInAnyWindow(Duration.ofSeconds(1)))
                .isLessThanOrEqualTo(7);
    }

    @Test
    void the_same_again_writes_nothing_and_costs_at_most_2_requests() {
        installation.sandbox().journal().clear();
        RunReport again = installation.full();
        assertThat(again.count(Outcome.UNCHANGED)).isEqualTo(1000);
        assertThat(installation.sandbox().journal().writes()).isZero();
        assertThat(installation.sandbox().journal().count()).isLessThanOrEqualTo(2);
    }

    @Test
    void the_same_again_after_redis_was_emptied_writes_nothing_either() {
        installation.runtime().redis().getKeys().flushdb();
        installation.restart();
        installation.sandbox().journal().clear();
        RunReport again = installation.full();
        assertThat(again.count(Outcome.UNCHANGED)).isEqualTo(1000);
        assertThat(installation.sandbox().journal().writes()).isZero();
    }
}
