package io.identamocrm.delivery;

import static io.identamocrm.model.Fixtures.delivered;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.identamocrm.amocrm.Response;
import io.identamocrm.mirror.MirrorRefresh;
import io.identamocrm.model.Delivered;
import io.identamocrm.model.Fixtures;
import io.identamocrm.model.OwnContact;
import io.identamocrm.model.Status;
import io.identamocrm.state.Intents;
import io.identamocrm.state.Intents.Intent;
import io.identamocrm.state.LockLostException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class UnconfirmedCreationsTest {

    private static final Duration WINDOW = Duration.ofSeconds(30);
    private static final Delivered DELIVERED =
            delivered(0, Status.SCHEDULED).putInto(101).build();

    private final AccountInRedis account = new AccountInRedis();
    private final ScriptedAmocrm amocrm = new ScriptedAmocrm();
    private final CreationSearch searches =
            new CreationSearch(account.setup, account.mirror, account.intents, account.memory, WINDOW);
    private final BatchConfirmation confirmation =
            new BatchConfirmation(account.mirror, account.rows, account.memory, account.intents);

    private static Intents.Open deals(long... receptions) {
        Map<Long, Intent> deals = new HashMap<>();
        LongStream.of(receptions)
                .forEach(reception -> deals.put(reception, Intent.ofDeal("a-run", reception, 0, DELIVERED)));
        return new Intents.Open(deals, Map.of(), Map.of());
    }

    private static Intents.Open dealAndContact(long reception, long patient) {
        return new Intents.Open(
                deals(reception).deals(), Map.of(patient, Intent.ofContact("a-run", 0, "#Анна")), Map.of());
    }

    private UnconfirmedCreations.Account accountOf() {
        return new UnconfirmedCreations.Account(
                () -> MirrorRefresh.ofChanges(
                        account.mirror, account.setup.tools().reader(), account.memory, account.lock),
                account.mirror,
                account.intents,
                account.memory,
                account.lock);
    }

    private UnconfirmedCreations overTime(Intents.Open creations) {
        account.lock.prove(true, creations.entries());
        return UnconfirmedCreations.overTime(accountOf(), creations, WINDOW);
    }

    private static boolean isOver(UnconfirmedCreations search) {
        return !search.hasNext();
    }

    /** One listing of deals and contacts, until the search ends or asks for a pause before the next one; returns that pause. */
    private long list(UnconfirmedCreations search) {
        assertThat(isOver(search)).isFalse();
        while (search.hasNext()) {
            search.aggregate(amocrm.answer(search.next()));
            long pause = search.hasNext() ? search.pause() : 0;
            if (pause > 0) {
                return pause;
            }
        }
        return 0;
    }

    @Test
    void what_the_first_listing_shows_was_created_and_no_further_one_is_needed() {
        UnconfirmedCreations search = overTime(dealAndContact(7, 11));
        amocrm.hold(501, 101, 7);
        amocrm.holdContact(601, 11);
        assertThat(search.pause()).as("it begins at once").isZero();
        assertThat(list(search)).isZero();
        assertThat(isOver(search)).isTrue();
        assertThat(search.dealOf(7)).isEqualTo(501);
        assertThat(search.contactOf(11)).isEqualTo(601);
        assertThat(account.intents.open().isEmpty()).isTrue();
    }

    @Test
    void what_was_created_is_remembered_as_ours() {
        UnconfirmedCreations search = overTime(dealAndContact(7, 11));
        amocrm.hold(501, 101, 7);
        amocrm.link(501, 601);
        amocrm.holdContact(601, 11);
        list(search);
        assertThat(account.delivered(7)).isEqualTo(DELIVERED.in(501).linkedTo(601L));
        assertThat(account.own(11)).isEqualTo(new OwnContact(601, "#Анна", false));
    }

    @Test
    void absent_is_what_four_listings_over_the_window_do_not_show() {
        UnconfirmedCreations search = overTime(dealAndContact(7, 11));
        for (int listing = 1; listing <= 3; listing++) {
            assertThat(list(search)).as("pause after listing %s", listing).isEqualTo(10_000);
            assertThat(account.intents.open().isEmpty())
                    .as("it is not known yet")
                    .isFalse();
        }
        list(search);
        assertThat(isOver(search)).isTrue();
        assertThat(search.dealOf(7)).isNull();
        assertThat(search.contactOf(11)).isNull();
        assertThat(account.intents.open().isEmpty()).isTrue();
        assertThat(account.delivered(7)).isNull();
        assertThat(account.own(11)).isNull();
    }

    @Test
    void what_a_later_listing_shows_was_created() {
        UnconfirmedCreations search = overTime(deals(7));
        list(search);
        list(search);
        amocrm.hold(501, 101, 7);
        list(search);
        assertThat(isOver(search)).isTrue();
        assertThat(search.dealOf(7)).isEqualTo(501);
    }

    @Test
    void as_long_as_one_creation_is_not_seen_the_search_goes_on() {
        UnconfirmedCreations search = overTime(deals(7, 8));
        amocrm.hold(501, 101, 7);
        for (int listing = 1; listing <= 4; listing++) {
            list(search);
        }
        assertThat(isOver(search)).isTrue();
        assertThat(search.dealOf(7)).isEqualTo(501);
        assertThat(search.dealOf(8)).isNull();
    }

    @Test
    void a_deal_that_was_known_before_is_not_the_one_created() {
        UnconfirmedCreations search =
                overTime(new Intents.Open(Map.of(7L, Intent.ofDeal("a-run", 7, 501, DELIVERED)), Map.of(), Map.of()));
        amocrm.hold(501, 101, 7);
        for (int listing = 1; listing <= 3; listing++) {
            list(search);
        }
        assertThat(isOver(search)).isFalse();
        amocrm.hold(502, 101, 7);
        list(search);
        assertThat(search.dealOf(7)).isEqualTo(502);
    }

    @Test
    void after_a_refusal_one_listing_is_enough() {
        account.lock.prove(true, deals(7).entries());
        UnconfirmedCreations search = UnconfirmedCreations.atOnce(accountOf(), deals(7));
        assertThat(list(search)).isZero();
        assertThat(isOver(search)).isTrue();
        assertThat(search.dealOf(7)).isNull();
        assertThat(account.intents.open().isEmpty()).isTrue();
    }

    @Test
    void other_creations_on_record_stay_there() {
        account.lock.prove(true, deals(9).entries());
        UnconfirmedCreations search = overTime(deals(7));
        amocrm.hold(501, 101, 7);
        list(search);
        assertThat(account.intents.open()).isEqualTo(deals(9));
    }

    @Test
    void a_run_that_has_lost_its_lock_puts_nothing_of_it_on_record() {
        UnconfirmedCreations search = overTime(deals(7));
        account.takeOver();
        assertThatThrownBy(() -> list(search)).isInstanceOf(LockLostException.class);
        assertThat(account.intents.open()).isEqualTo(deals(7));
    }

    @Test
    void a_batch_is_looked_for_over_time_after_a_lost_answer_and_once_after_a_refusal() {
        WriteBatch batch = account.note(account.batch(Decided.newDealWithContact(7, 11)));
        UnconfirmedCreations once = searches.once(batch).search();
        assertThat(list(once)).isZero();
        assertThat(isOver(once)).isTrue();
        assertThat(list(searches.overTime(batch).search())).isEqualTo(10_000);
    }

    @Test
    void what_was_seen_is_done_and_what_was_not_is_absent() {
        Delivery seen = Decided.newDealWithContact(7, 11);
        Delivery half = Decided.newDealWithContact(8, 12);
        WriteBatch batch = account.note(account.batch(seen, half));
        WriteBatch searched = searches.once(batch);
        amocrm.hold(501, 101, 7);
        amocrm.hold(502, 101, 8);
        amocrm.holdContact(601, 11);
        list(searched.search());
        assertThat(searched.absent())
                .as("its contact is not there")
                .containsExactly(batch.writes().get(1));
        confirmation.confirmSeen(searched);
        assertThat(account.completed).containsExactly(seen);
        assertThat(seen.isOutdated()).isFalse();
        assertThat(seen.delivered().deal()).isEqualTo(501);
        assertThat(seen.withWritten().reasons())
                .singleElement()
                .satisfies(reason -> assertThat(reason.toString()).contains("deal 501 created, with a new contact"));
    }

    @Test
    void a_contact_that_was_seen_frees_those_who_wait_for_it() {
        WriteBuffer buffer = account.buffer(50);
        buffer.add(Decided.newContact(Fixtures.patient(11).build()));
        buffer.add(Decided.newDealFor(7, 11, -1));
        buffer.flush();
        WriteBatch searched = searches.overTime(account.note(buffer.takeBatch()));
        amocrm.holdContact(601, 11);
        list(searched.search());
        confirmation.confirmSeen(searched);
        assertThat(buffer.takeBatch().writes())
                .extracting(write -> write.contactId)
                .containsExactly(601L);
    }

    @Test
    void after_a_refusal_what_was_seen_is_left_out_of_what_goes_again() {
        WriteBatch batch = account.note(account.batch(
                Decided.newDealFor(7, 11, 600), Decided.newDealFor(8, 11, 600), Decided.newDealFor(9, 11, 600)));
        WriteBatch searched = searches.once(batch.answered(new Response.Refused(List.of(), "status 400")));
        amocrm.hold(501, 101, 7);
        list(searched.search());
        confirmation.confirmSeen(searched);
        new BatchRefusal(account.setup, account.mirror, Fixtures.PRINT).failNamedOrHalve(searched);
        assertThat(List.of(batch.buffer().takeBatch(), batch.buffer().takeBatch()))
                .extracting(each -> each.writes().get(0).receptionId())
                .containsExactly(8L, 9L);
        assertThat(batch.buffer().hasBatch()).isFalse();
    }

    @Test
    void after_a_refusal_that_names_items_what_was_seen_does_not_fail() {
        Delivery seen = Decided.newDealFor(7, 11, 600);
        WriteBatch batch = account.note(account.batch(seen, Decided.newDealFor(8, 11, 600)));
        WriteBatch searched = searches.once(batch.answered(
                new Response.Refused(List.of(new Response.RefusedItem("0", "Odd", "name")), "status 400")));
        amocrm.hold(501, 101, 7);
        list(searched.search());
        confirmation.confirmSeen(searched);
        new BatchRefusal(account.setup, account.mirror, Fixtures.PRINT).failNamedOrHalve(searched);
        assertThat(account.completed).containsExactly(seen);
        assertThat(seen.failure()).isNull();
        assertThat(batch.buffer().takeBatch().writes())
                .extracting(Write::receptionId)
                .containsExactly(8L);
    }
}
