package io.identamocrm.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.identamocrm.amocrm.Response;
import io.identamocrm.mirror.MirrorRefresh;
import io.identamocrm.model.Fixtures;
import io.identamocrm.state.Intents;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class UnconfirmedCreationsTest {

    private static final Duration WINDOW = Duration.ofSeconds(30);
    private static final Response.Usable NOTHING = new Response.NoContent(AccountInRedis.NOW);

    private final AccountInRedis account = new AccountInRedis();
    /** What amoCRM lists of deals and of contacts. */
    private Response.Usable leads = NOTHING;
    private Response.Usable contacts = NOTHING;

    private UnconfirmedCreations overTime(Intents.Open creations) {
        account.intents.record(creations);
        return UnconfirmedCreations.overTime(this::listing, account.mirror, account.intents, creations, WINDOW);
    }

    private MirrorRefresh listing() {
        return new MirrorRefresh(account.mirror, account.setup.tools().reader());
    }

    private void amocrmHolds(long deal, long reception) {
        leads = AccountInRedis.success("{'_embedded': {'leads': [{'id': " + deal + ", 'pipeline_id': 100, 'status_id': 101, "
                + "'updated_at': 1, 'custom_fields_values': [{'field_id': 801, 'values': [{'value': '" + reception + "'}]}]}]}}");
    }

    private void amocrmHoldsContact(long contact, long patient) {
        contacts = AccountInRedis.success("{'_embedded': {'contacts': [{'id': " + contact + ", 'updated_at': 1, "
                + "'custom_fields_values': [{'field_id': 925, 'values': [{'value': '" + patient + "'}]}]}]}}");
    }

    /** One listing of deals and contacts; returns the pauses asked for before its requests. */
    private List<Long> list(UnconfirmedCreations search) {
        List<Long> pauses = new ArrayList<>();
        for (Response.Usable answer : List.of(leads, contacts)) {
            assertThat(search.hasNext()).isTrue();
            pauses.add(search.pause());
            assertThat(search.next().path()).isEqualTo(answer == leads && pauses.size() == 1 ? "/api/v4/leads" : "/api/v4/contacts");
            search.aggregate(answer);
        }
        return pauses;
    }

    @Test
    void what_the_first_listing_shows_was_created_and_no_further_one_is_needed() {
        UnconfirmedCreations search = overTime(new Intents.Open(Map.of(7L, 0L), Set.of(11L)));
        amocrmHolds(501, 7);
        amocrmHoldsContact(601, 11);
        assertThat(list(search)).containsExactly(0L, 0L);
        assertThat(search.hasNext()).isFalse();
        assertThat(search.dealOf(7)).isEqualTo(501);
        assertThat(search.contactOf(11)).isEqualTo(601);
        assertThat(account.intents.open().isEmpty()).isTrue();
    }

    @Test
    void absent_is_what_four_listings_over_the_window_do_not_show() {
        UnconfirmedCreations search = overTime(new Intents.Open(Map.of(7L, 0L), Set.of(11L)));
        assertThat(list(search)).containsExactly(0L, 0L);
        for (int further = 1; further <= 3; further++) {
            assertThat(account.intents.open().isEmpty()).as("it is not known yet").isFalse();
            assertThat(list(search)).as("pauses of the further listing %s", further).containsExactly(10_000L, 0L);
        }
        assertThat(search.hasNext()).isFalse();
        assertThat(search.dealOf(7)).isNull();
        assertThat(search.contactOf(11)).isNull();
        assertThat(account.intents.open().isEmpty()).isTrue();
    }

    @Test
    void what_a_later_listing_shows_was_created() {
        UnconfirmedCreations search = overTime(new Intents.Open(Map.of(7L, 0L), Set.of()));
        list(search);
        list(search);
        amocrmHolds(501, 7);
        list(search);
        assertThat(search.hasNext()).isFalse();
        assertThat(search.dealOf(7)).isEqualTo(501);
    }

    @Test
    void as_long_as_one_creation_is_not_seen_the_search_goes_on() {
        UnconfirmedCreations search = overTime(new Intents.Open(Map.of(7L, 0L, 8L, 0L), Set.of(11L)));
        amocrmHolds(501, 7);
        amocrmHoldsContact(601, 11);
        for (int listing = 1; listing <= 4; listing++) {
            list(search);
        }
        assertThat(search.hasNext()).isFalse();
        assertThat(search.dealOf(7)).isEqualTo(501);
        assertThat(search.dealOf(8)).isNull();
    }

    @Test
    void a_deal_that_was_known_before_is_not_the_one_created() {
        UnconfirmedCreations search = overTime(new Intents.Open(Map.of(7L, 501L), Set.of()));
        amocrmHolds(501, 7);
        for (int listing = 1; listing <= 3; listing++) {
            list(search);
        }
        assertThat(search.hasNext()).isTrue();
        amocrmHolds(502, 7);
        list(search);
        assertThat(search.dealOf(7)).isEqualTo(502);
    }

    @Test
    void after_a_refusal_one_listing_is_enough() {
        Intents.Open creations = new Intents.Open(Map.of(7L, 0L), Set.of());
        account.intents.record(creations);
        UnconfirmedCreations search = UnconfirmedCreations.atOnce(this::listing, account.mirror, account.intents, creations);
        assertThat(list(search)).containsExactly(0L, 0L);
        assertThat(search.hasNext()).isFalse();
        assertThat(search.dealOf(7)).isNull();
        assertThat(account.intents.open().isEmpty()).isTrue();
    }

    @Test
    void other_creations_on_record_stay_there() {
        account.intents.record(new Intents.Open(Map.of(9L, 0L), Set.of()));
        UnconfirmedCreations search = overTime(new Intents.Open(Map.of(7L, 0L), Set.of()));
        amocrmHolds(501, 7);
        list(search);
        assertThat(account.intents.open()).isEqualTo(new Intents.Open(Map.of(9L, 0L), Set.of()));
    }

    @Test
    void a_batch_is_looked_for_over_time_after_a_lost_answer_and_once_after_a_refusal() {
        CreationSearch searches = new CreationSearch(account.setup, account.mirror, account.intents, WINDOW);
        WriteBatch batch = new CreationIntents(account.mirror, account.intents).note(account.batch(Decided.newDealWithContact(7, 11)));
        UnconfirmedCreations once = searches.once(batch).search();
        list(once);
        assertThat(once.hasNext()).isFalse();
        UnconfirmedCreations overTime = searches.overTime(batch).search();
        list(overTime);
        assertThat(list(overTime)).containsExactly(10_000L, 0L);
        assertThat(overTime.hasNext()).isTrue();
    }

    @Test
    void what_was_seen_is_done_and_what_was_not_is_absent() {
        Delivery seen = Decided.newDealWithContact(7, 11);
        Delivery half = Decided.newDealWithContact(8, 12);
        WriteBatch batch = new CreationIntents(account.mirror, account.intents).note(account.batch(seen, half));
        WriteBatch searched = new CreationSearch(account.setup, account.mirror, account.intents, WINDOW).once(batch);
        leads = AccountInRedis.success("""
                {'_embedded': {'leads': [
                  {'id': 501, 'custom_fields_values': [{'field_id': 801, 'values': [{'value': '7'}]}]},
                  {'id': 502, 'custom_fields_values': [{'field_id': 801, 'values': [{'value': '8'}]}]}]}}""");
        amocrmHoldsContact(601, 11);
        list(searched.search());
        assertThat(searched.absent()).as("its contact is not there").containsExactly(batch.writes().get(1));
        new BatchConfirmation(account.mirror, account.rows).confirmSeen(searched);
        assertThat(account.completed).containsExactly(seen);
        assertThat(seen.isOutdated()).isFalse();
        assertThat(seen.withWritten().reasons()).singleElement()
                .satisfies(reason -> assertThat(reason.toString()).contains("deal 501 created, with a new contact"));
    }

    @Test
    void a_contact_that_was_seen_frees_those_who_wait_for_it() {
        WriteBuffer buffer = account.buffer(50);
        buffer.add(Decided.newContact(Fixtures.patient(11).build()));
        buffer.add(Decided.newDealFor(7, 11, -1));
        buffer.flush();
        WriteBatch searched = new CreationSearch(account.setup, account.mirror, account.intents, WINDOW)
                .overTime(new CreationIntents(account.mirror, account.intents).note(buffer.takeBatch()));
        amocrmHoldsContact(601, 11);
        list(searched.search());
        new BatchConfirmation(account.mirror, account.rows).confirmSeen(searched);
        assertThat(buffer.takeBatch().writes()).extracting(write -> write.contactId).containsExactly(601L);
    }

    @Test
    void after_a_refusal_what_was_seen_is_left_out_of_what_goes_again() {
        WriteBatch batch = new CreationIntents(account.mirror, account.intents).note(account.batch(Decided.newDealFor(7, 11, 600),
                Decided.newDealFor(8, 11, 600), Decided.newDealFor(9, 11, 600)));
        WriteBatch searched = new CreationSearch(account.setup, account.mirror, account.intents, WINDOW)
                .once(batch.answered(new Response.Refused(List.of(), "status 400")));
        amocrmHolds(501, 7);
        list(searched.search());
        new BatchConfirmation(account.mirror, account.rows).confirmSeen(searched);
        new BatchRefusal(account.setup).failNamedOrHalve(searched);
        assertThat(List.of(batch.buffer().takeBatch(), batch.buffer().takeBatch())).extracting(each -> each.writes().get(0).receptionId())
                .containsExactly(8L, 9L);
        assertThat(batch.buffer().hasBatch()).isFalse();
    }

    @Test
    void after_a_refusal_that_names_items_what_was_seen_does_not_fail() {
        Delivery seen = Decided.newDealFor(7, 11, 600);
        WriteBatch batch = new CreationIntents(account.mirror, account.intents).note(account.batch(seen, Decided.newDealFor(8, 11, 600)));
        WriteBatch searched = new CreationSearch(account.setup, account.mirror, account.intents, WINDOW)
                .once(batch.answered(new Response.Refused(List.of(new Response.RefusedItem("0", "Odd", "name")), "status 400")));
        amocrmHolds(501, 7);
        list(searched.search());
        new BatchConfirmation(account.mirror, account.rows).confirmSeen(searched);
        new BatchRefusal(account.setup).failNamedOrHalve(searched);
        assertThat(account.completed).containsExactly(seen);
        assertThat(seen.failure()).isNull();
        assertThat(batch.buffer().takeBatch().writes()).extracting(Write::receptionId).containsExactly(8L);
    }
}
