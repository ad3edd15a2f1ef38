package io.identamocrm.delivery;

import static io.identamocrm.model.Fixtures.delivered;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.identamocrm.model.Deal;
import io.identamocrm.model.DealField;
import io.identamocrm.model.Fixtures;
import io.identamocrm.model.Status;
import io.identamocrm.state.Intents.Intent;
import io.identamocrm.state.Intents.Open;
import io.identamocrm.state.LockLostException;
import io.identamocrm.state.LocksForTests;
import java.util.Map;
import org.junit.jupiter.api.Test;

class WriteIntentsTest {

    private final AccountInRedis account = new AccountInRedis();
    private final WriteIntents intents = new WriteIntents(account.mirror, account.intents);
    private final String owner = account.lock.owner();
    private final Deal deal = Fixtures.deal(500).holding(7).updatedAt(77).build();

    private static Open deals(Map<Long, Intent> deals) {
        return new Open(deals, Map.of(), Map.of());
    }

    @Test
    void deals_are_noted_with_the_newest_deal_that_the_reception_has_already_and_with_what_is_to_be_remembered() {
        account.store(
                Fixtures.deal(500).holding(7).build(),
                Fixtures.deal(502).holding(7).build());
        WriteBatch noted = intents.note(account.batch(Decided.newDealFor(7, 11, 600), Decided.newDealFor(8, 12, 601)));
        var remembered = delivered(0, Status.SCHEDULED).putInto(Fixtures.PRIMARY_STAGE);
        Open expected = deals(Map.of(
                7L,
                Intent.ofDeal(owner, 7, 502, remembered.of(11L).build()),
                8L,
                Intent.ofDeal(owner, 8, 0, remembered.of(12L).build())));
        assertThat(account.intents.open()).isEqualTo(expected);
        assertThat(noted.intents()).isEqualTo(expected);
    }

    @Test
    void contacts_are_noted_by_patient_those_made_with_a_deal_too_with_the_newest_that_the_patient_has_and_the_name() {
        account.store(Fixtures.contact(600).ofPatient(12).build());
        intents.note(account.batch(Decided.newContact(Fixtures.patient(11).build())));
        intents.note(account.batch(Decided.newDealWithContact(7, 12)));
        assertThat(account.intents.open().contacts())
                .isEqualTo(Map.of(
                        11L,
                        Intent.ofContact(owner, 0, "#Вымышленная Анна"),
                        12L,
                        Intent.ofContact(owner, 600, "#Вымышленная Анна")));
        assertThat(account.intents.open().deals()).containsOnlyKeys(7L);
    }

    @Test
    void of_a_visit_moved_while_its_deal_was_unsent_the_intent_names_the_reception_that_the_body_holds() {
        WriteBuffer buffer = account.buffer(50);
        buffer.add(Decided.newDealFor(7, 11, 600));
        buffer.add(Decided.changedDeal(Fixtures.deal(-1).build(), 8, null, null, Map.of(DealField.RECEPTION_ID, "8")));
        buffer.flush();
        intents.note(buffer.takeBatch());
        assertThat(account.intents.open().deals()).containsOnlyKeys(8L);
        assertThat(account.intents.open().deals().get(8L).reception()).isEqualTo(8);
    }

    @Test
    void moves_are_noted_with_how_the_deal_stood() {
        intents.note(account.batch(Decided.changedDeal(deal, 7, 100L, 105L, Map.of())));
        assertThat(account.intents.open())
                .isEqualTo(new Open(
                        Map.of(),
                        Map.of(),
                        Map.of(
                                500L,
                                Intent.ofStage(
                                        owner,
                                        7,
                                        deal,
                                        delivered(500, Status.SCHEDULED)
                                                .putInto(105)
                                                .of(Fixtures.PATIENT)
                                                .build()))));
    }

    @Test
    void other_changes_and_links_leave_no_note() {
        intents.note(account.batch(Decided.changedDeal(deal, 7, "Осмотр")));
        intents.note(account.batch(Decided.linkedDeal(deal, 7, 600)));
        assertThat(account.intents.open().isEmpty()).isTrue();
    }

    @Test
    void a_batch_may_be_sent_for_a_while_after_the_proof() {
        WriteBatch noted = intents.note(account.batch(Decided.changedDeal(deal, 7, "Осмотр")));
        assertThat(noted.sendBefore()).isEqualTo(account.locks.timing().nanos() + LocksForTests.REQUEST.toNanos());
    }

    @Test
    void nothing_is_noted_and_nothing_may_be_sent_once_another_run_has_taken_over() {
        account.takeOver();
        WriteBatch late = account.batch(Decided.newDealWithContact(7, 11));
        assertThatThrownBy(() -> intents.note(late)).isInstanceOf(LockLostException.class);
        assertThat(account.intents.open().isEmpty()).isTrue();
    }

    @Test
    void where_the_mirror_is_not_whole_deals_may_be_changed_and_none_created() {
        account.lock.setMirrorWhole(false);
        intents.note(account.batch(Decided.changedDeal(deal, 7, "Осмотр")));
        WriteBatch creation = account.batch(Decided.newDealWithContact(8, 11));
        assertThatThrownBy(() -> intents.note(creation))
                .isInstanceOf(LockLostException.class)
                .hasMessageContaining("not whole");
    }

    @Test
    void what_became_known_is_forgotten_and_nothing_else() {
        WriteBatch known = intents.note(account.batch(Decided.newDealWithContact(7, 11)));
        intents.note(account.batch(Decided.newDealWithContact(8, 12)));
        intents.forget(known);
        assertThat(account.intents.open().deals()).containsOnlyKeys(8L);
        assertThat(account.intents.open().contacts()).containsOnlyKeys(12L);
    }
}
