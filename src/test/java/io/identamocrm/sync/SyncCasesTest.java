package io.identamocrm.sync;

import static io.identamocrm.model.Fixtures.contact;
import static io.identamocrm.model.Fixtures.deal;
import static io.identamocrm.model.Fixtures.delivered;
import static io.identamocrm.model.Fixtures.patient;
import static io.identamocrm.model.Fixtures.reception;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.identamocrm.delivery.AccountInRedis;
import io.identamocrm.model.Fixtures;
import io.identamocrm.model.Outcome;
import io.identamocrm.model.OwnContact;
import io.identamocrm.model.Patient;
import io.identamocrm.model.Status;
import io.identamocrm.model.SyncItem;
import io.identamocrm.rules.DecideRoute;
import io.identamocrm.rules.PatientCase;
import io.identamocrm.rules.SyncCase;
import io.identamocrm.state.LockLostException;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The items of a chunk become cases that know what the mirror holds of them. */
class SyncCasesTest {

    private final AccountInRedis account = new AccountInRedis();

    private List<SyncCase> cases(SyncItem... items) {
        return cases(RunRequest.incremental(), items);
    }

    private List<SyncCase> cases(RunRequest request, SyncItem... items) {
        Clock clinicClock = Clock.fixed(Fixtures.NOW.toInstant(ZoneOffset.UTC), ZoneOffset.UTC);
        Chunk chunk =
                Chunk.of(RunFixtures.writing(request, account.lock), List.of()).with(List.of(items));
        return new SyncCases(
                        account.mirror,
                        account.memory,
                        account.setup,
                        Fixtures.PRINT,
                        account::deadLetters,
                        clinicClock)
                .open(chunk)
                .cases();
    }

    @Test
    void each_item_has_its_case_in_the_chunks_order_receptions_and_patients_alike() {
        assertThat(cases(reception(8).build(), reception(7).build()))
                .extracting(SyncCase::id)
                .containsExactly(8L, 7L);
        assertThat(cases(patient(11).build()))
                .singleElement()
                .isInstanceOf(PatientCase.class)
                .satisfies(one -> assertThat(one.isReception()).isFalse());
    }

    @Test
    void a_reception_without_a_patient_is_a_case_too_and_fails_by_its_facts() {
        SyncCase one = cases(reception(7).of((Patient) null).build()).get(0);
        assertThat(DecideRoute.decide(one).outcome()).isEqualTo(Outcome.FAILED);
    }

    private static String wayOf(SyncCase one) {
        return DecideRoute.decide(one).reasons().toString();
    }

    @Test
    void a_case_is_decided_on_what_the_mirror_holds_and_what_is_remembered() {
        account.store(deal(500).holding(7).linkedTo(40L).build());
        account.store(contact(40).ofPatient(11).build());
        account.remember(7, delivered(500, Status.SCHEDULED).linkedTo(40).build());
        SyncCase one = DecideRoute.decide(cases(reception(7).build()).get(0));
        assertThat(one.decision().deal().id()).as("it lacks the number").isEqualTo(500);
        assertThat(one.decision().delivered().contact()).isEqualTo(40);
        assertThat(wayOf(cases(reception(7).build()).get(0))).contains("deal 500 holds reception 7: taken");
    }

    @Test
    void what_is_remembered_of_the_contact_is_known_for_receptions_and_patients() {
        account.remember(11, new OwnContact(40, null, true));
        assertThat(DecideRoute.decide(cases(patient(11).build()).get(0)).outcome())
                .as("a manager removed it")
                .isEqualTo(Outcome.CLOSED);
        account.store(contact(40).ofPatient(11).named("Вымышленная Анна").build());
        account.remember(11, new OwnContact(40, "#Вымышленная Анна", false));
        assertThat(DecideRoute.decide(cases(reception(7).build()).get(0))
                        .decision()
                        .contact()
                        .name())
                .as("ours follows IDENT")
                .isEqualTo("Вымышленная Анна Ивановна");
    }

    @Test
    void the_deal_that_a_reception_is_remembered_with_is_known_though_somebody_emptied_its_id() {
        account.store(deal(500).build());
        account.remember(7, delivered(500, Status.SCHEDULED).build());
        assertThat(wayOf(cases(reception(7).build()).get(0)))
                .contains("deal 500 is remembered as the deal of reception 7: taken");
    }

    @Test
    void a_mirror_that_lacks_a_deal_which_was_delivered_is_not_whole() {
        account.remember(7, delivered(500, Status.SCHEDULED).build());
        assertThatThrownBy(() -> cases(reception(7).build()))
                .isInstanceOf(LockLostException.class)
                .hasMessageContaining("lacks a deal that was delivered");
        assertThat(account.lock.isMirrorWhole()).isFalse();
        assertThatCode(() -> cases(reception(7).build()))
                .as("listed anew before anything is created")
                .doesNotThrowAnyException();
    }

    @Test
    void a_deal_that_amocrm_said_is_gone_is_not_missed() {
        account.remember(7, delivered(500, Status.SCHEDULED).gone().build());
        assertThat(cases(reception(7).build())).hasSize(1);
        assertThat(account.lock.isMirrorWhole()).isTrue();
    }

    @Test
    void who_asks_by_name_wants_back_what_a_manager_deleted() {
        account.remember(
                7,
                delivered(500, Status.SCHEDULED)
                        .planned(reception(7).build().planStart())
                        .gone()
                        .build());
        assertThat(DecideRoute.decide(cases(reception(7).build()).get(0)).outcome())
                .isEqualTo(Outcome.CLOSED);
        assertThat(DecideRoute.decide(
                                cases(RunRequest.one(7), reception(7).build()).get(0))
                        .outcome())
                .isEqualTo(Outcome.CREATED);
    }

    @Test
    void a_chunk_of_a_run_that_has_lost_its_lock_is_not_decided() {
        account.takeOver();
        assertThatThrownBy(() -> cases(reception(7).build())).isInstanceOf(LockLostException.class);
    }
}
