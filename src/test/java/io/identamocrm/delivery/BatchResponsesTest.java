package io.identamocrm.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.identamocrm.amocrm.Response;
import io.identamocrm.model.Fixtures;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class BatchResponsesTest {

    private static final Response.Usable EMPTY = new Response.NoContent(AccountInRedis.NOW);
    private static final Response.Usable UNCLEAR = new Response.Ambiguous("status 504");

    private final AccountInRedis account = new AccountInRedis();
    private final BatchResponses responses = new BatchResponses();
    private final WriteBatch batch =
            account.batch(Decided.changedDeal(Fixtures.deal(500).build(), 7, "Осмотр"));

    private static Response.Usable named(String entity, String... items) {
        return AccountInRedis.success("{'_embedded': {'" + entity + "': [" + String.join(",", items) + "]}}");
    }

    @Test
    void a_clear_answer_to_a_batch_ends_a_row_of_unclear_ones() {
        batch.buffer().countUnclear();
        assertThat(responses.sent(batch, named("leads", "{'id': 500}")).isConfirmed())
                .isTrue();
        assertThat(batch.buffer().countUnclear()).isEqualTo(1);
    }

    @Test
    void a_success_that_names_no_change_tells_nothing_at_first_and_after_a_look_that_it_is_gone() {
        assertThat(responses.sent(batch, EMPTY).isUnclear()).isTrue();
        assertThat(responses.sent(batch, named("leads")).isUnclear()).isTrue();
        batch.writes().forEach(Write::mayHaveHappened);
        assertThat(responses.sent(batch, EMPTY).isConfirmed()).isTrue();
        assertThat(responses.sent(batch, named("leads")).isConfirmed()).isTrue();
    }

    @Test
    void a_success_that_does_not_name_all_creations_tells_nothing() {
        WriteBatch creations = account.batch(Decided.newDealFor(7, 11, 600), Decided.newDealFor(8, 11, 600));
        String first = "{'id': 501, 'request_id': '0'}";
        assertThat(responses.sent(creations, EMPTY).isUnclear()).isTrue();
        assertThat(responses.sent(creations, named("leads", first)).isUnclear()).isTrue();
        assertThat(responses
                        .sent(creations, named("leads", first, "{'id': 502, 'request_id': '1'}"))
                        .isConfirmed())
                .isTrue();
    }

    @Test
    void neither_an_unclear_answer_nor_none_nor_one_to_a_read_ends_the_row() {
        batch.buffer().countUnclear();
        assertThat(responses.sent(batch, UNCLEAR).isUnclear()).isTrue();
        assertThat(responses.sent(batch, new Response.NotSent()).isNotSent()).isTrue();
        assertThat(responses.reread(batch, EMPTY).response()).isSameAs(EMPTY);
        assertThat(batch.buffer().countUnclear()).isEqualTo(2);
    }

    @Test
    void a_page_goes_to_the_search() {
        WriteBatch searched = new CreationSearch(
                        account.setup, account.mirror, account.intents, account.memory, Duration.ofSeconds(3))
                .once(account.note(account.batch(Decided.newDealWithContact(7, 11))));
        ScriptedAmocrm amocrm = new ScriptedAmocrm();
        while (searched.search().hasNext()) {
            assertThat(responses.listed(
                            searched, amocrm.answer(searched.search().next())))
                    .isSameAs(searched);
        }
        assertThat(amocrm.requests()).containsExactly(ScriptedAmocrm.LEADS, ScriptedAmocrm.CONTACTS);
    }
}
