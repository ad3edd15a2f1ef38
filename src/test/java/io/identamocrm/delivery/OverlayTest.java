package io.identamocrm.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.identamocrm.model.Deal;
import io.identamocrm.model.DealField;
import io.identamocrm.model.Fixtures;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a run's next decision sees of the decisions before it. */
class OverlayTest {

    private final AccountInRedis account = new AccountInRedis();
    private final WriteBuffer buffer = account.buffer(50);

    @Test
    void a_deal_and_a_contact_on_their_way_are_found_linked_and_taken() {
        buffer.add(Decided.newDealWithContact(7, 11));
        long contact =
                account.snapshot(7, 11).contactsOfPatient(11).iterator().next().id();
        assertThat(contact).isNegative();
        assertThat(account.snapshot(7, 11).dealsOfReception(7)).singleElement().satisfies(deal -> {
            assertThat(deal.id()).isNegative().isNotEqualTo(contact);
            assertThat(deal.contactIds()).containsExactly(contact);
            assertThat(account.snapshot(7, 11).claimedBy(deal.id())).isEqualTo(7);
        });
    }

    @Test
    void a_changed_deal_is_seen_changed_and_taken_though_the_mirror_is_not() {
        Deal free = Fixtures.deal(500).build();
        account.store(free);
        buffer.add(Decided.changedDeal(free, 7, null, null, Map.of(DealField.RECEPTION_ID, "7")));
        assertThat(account.snapshot(7, 11).dealsOfReception(7))
                .extracting(Deal::id)
                .containsExactly(500L);
        assertThat(account.snapshot(7, 11).claimedBy(500)).isEqualTo(7);
        assertThat(account.deal(500)).isEqualTo(free);
    }

    @Test
    void a_link_on_its_way_is_seen() {
        Deal deal = Fixtures.deal(500).holding(7).build();
        account.store(deal);
        buffer.add(Decided.linkedDeal(deal, 7, 600));
        assertThat(account.snapshot(7, 11).dealsOfReception(7))
                .singleElement()
                .satisfies(seen -> assertThat(seen.contactIds()).containsExactly(600L));
    }

    @Test
    void when_the_last_write_of_a_deal_is_closed_the_mirror_tells_the_truth_again() {
        Deal deal = Fixtures.deal(500).holding(7).build();
        account.store(deal);
        buffer.add(Decided.changedDeal(deal, 7, "Осмотр"));
        buffer.add(Decided.linkedDeal(deal, 7, 600));
        buffer.flush();
        Write link = buffer.takeBatch().writes().get(0);
        buffer.close(link);
        assertThat(account.snapshot(7, 11).dealsOfReception(7))
                .singleElement()
                .as("the change is still to be sent")
                .isNotEqualTo(deal);
        buffer.close(buffer.takeBatch().writes().get(0));
        assertThat(account.snapshot(7, 11).dealsOfReception(7)).containsExactly(deal);
        assertThat(account.snapshot(7, 11).claimedBy(500)).isNull();
    }

    @Test
    void when_the_write_of_a_contact_is_closed_it_is_gone_from_the_overlay() {
        buffer.add(Decided.newContact(Fixtures.patient(11).build()));
        buffer.flush();
        buffer.close(buffer.takeBatch().writes().get(0));
        assertThat(account.snapshot(7, 11).contactsOfPatient(11)).isEmpty();
    }

    @Test
    void a_dry_run_sees_its_decisions_as_if_they_were_carried_out() {
        buffer.overlay(Decided.newDealWithContact(7, 11));
        assertThat(account.snapshot(7, 11).dealsOfReception(7)).hasSize(1);
        assertThat(account.snapshot(7, 11).contactsOfPatient(11)).hasSize(1);
    }
}
