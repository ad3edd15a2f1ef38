package io.identamocrm.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.identamocrm.amocrm.AmocrmException;
import io.identamocrm.amocrm.Response;
import io.identamocrm.model.Fixtures;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class LostAnswersTest {

    private static final Response.Usable UNCLEAR = new Response.Ambiguous("status 504");

    private final AccountInRedis account = new AccountInRedis();
    private final LostAnswers lost = new LostAnswers();

    @Test
    void the_third_in_a_row_ends_the_run_whatever_the_batches() {
        WriteBuffer buffer = account.buffer(1);
        for (int id = 1; id <= 3; id++) {
            buffer.add(Decided.changedDeal(Fixtures.deal(id).build(), id, "Осмотр"));
        }
        lost.requireFewInARow(buffer.takeBatch().answered(UNCLEAR));
        lost.requireFewInARow(buffer.takeBatch().answered(UNCLEAR));
        WriteBatch third = buffer.takeBatch().answered(UNCLEAR);
        assertThatExceptionOfType(AmocrmException.Ambiguous.class)
                .isThrownBy(() -> lost.requireFewInARow(third))
                .withMessageContaining("status 504")
                .withMessageContaining("the next run");
    }

    @Test
    void a_clear_answer_in_between_begins_the_row_anew() {
        WriteBatch batch = account.batch(Decided.changedDeal(Fixtures.deal(500).build(), 7, "Осмотр"));
        for (int i = 1; i <= 4; i++) {
            lost.requireFewInARow(batch.answered(UNCLEAR));
            new BatchResponses().sent(batch, AccountInRedis.success("{'_embedded': {'leads': [{'id': 500}]}}"));
        }
        lost.requireFewInARow(batch.answered(UNCLEAR));
        lost.requireFewInARow(batch.answered(UNCLEAR));
        assertThatExceptionOfType(AmocrmException.Ambiguous.class)
                .isThrownBy(() -> lost.requireFewInARow(batch.answered(UNCLEAR)));
    }

    @Test
    void changes_go_again_as_one_batch_after_a_recheck() {
        WriteBatch batch = account.batch(
                Decided.changedDeal(Fixtures.deal(500).build(), 7, "Осмотр"),
                Decided.changedDeal(Fixtures.deal(501).build(), 8, "Осмотр"));
        lost.sendAgainRechecked(batch);
        WriteBatch again = batch.buffer().takeBatch();
        assertThat(again.writes()).isEqualTo(batch.writes()).allMatch(Write::isUnclear);
        assertThat(account.completed).isEmpty();
    }

    @Test
    void what_could_not_go_in_time_goes_again_as_the_same_batch() {
        WriteBatch batch = account.batch(Decided.newDealWithContact(7, 11), Decided.newDealWithContact(8, 12));
        lost.sendAgain(batch);
        assertThat(batch.buffer().takeBatch().writes()).isEqualTo(batch.writes());
        assertThat(account.completed).isEmpty();
    }

    @Test
    void creations_that_are_not_there_are_decided_again_and_that_attempt_does_not_count() {
        Delivery delivery = Decided.newDealWithContact(7, 11);
        WriteBatch searched = new CreationSearch(
                        account.setup, account.mirror, account.intents, account.memory, Duration.ZERO)
                .once(account.note(account.batch(delivery)));
        ScriptedAmocrm amocrm = new ScriptedAmocrm();
        while (searched.search().hasNext()) {
            searched.search().aggregate(amocrm.answer(searched.search().next()));
        }
        lost.decideAbsentAgain(searched);
        assertThat(account.completed).containsExactly(delivery);
        assertThat(delivery.isOutdated()).isTrue();
        assertThat(delivery.isUnclear()).isTrue();
        assertThat(searched.buffer().isEmpty()).isTrue();
    }
}
