package io.identamocrm.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.identamocrm.amocrm.Response;
import io.identamocrm.model.Deal;
import io.identamocrm.model.Fixtures;
import io.identamocrm.state.Intents;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class WriteBatchTest {

    private static final Response.Usable DONE = AccountInRedis.success("{}");
    private static final Response.Usable EMPTY = new Response.NoContent(AccountInRedis.NOW);
    private static final Response.Usable REFUSED = new Response.Refused(List.of(), "status 400");
    private static final Response.Usable UNCLEAR = new Response.Ambiguous("status 504");
    private static final Response.Usable NOT_SENT = new Response.NotSent();
    private static final List<Response.Usable> ANSWERS = List.of(DONE, EMPTY, REFUSED, UNCLEAR, NOT_SENT);

    private final AccountInRedis account = new AccountInRedis();
    private final Deal deal = Fixtures.deal(500).build();

    @Test
    void an_answer_is_confirming_refusing_unclear_or_that_nothing_was_sent() {
        WriteBatch batch = account.batch(Decided.changedDeal(deal, 7, "Осмотр"));
        assertThat(ANSWERS)
                .extracting(answer -> batch.answered(answer).isConfirmed())
                .containsExactly(true, true, false, false, false);
        assertThat(ANSWERS)
                .extracting(answer -> batch.answered(answer).isRefused())
                .containsExactly(false, false, true, false, false);
        assertThat(ANSWERS)
                .extracting(answer -> batch.answered(answer).isUnclear())
                .containsExactly(false, false, false, true, false);
        assertThat(ANSWERS)
                .extracting(answer -> batch.answered(answer).isNotSent())
                .containsExactly(false, false, false, false, true);
        assertThat(batch.isConfirmed() || batch.isRefused() || batch.isUnclear() || batch.isNotSent())
                .as("not asked yet")
                .isFalse();
    }

    @Test
    void only_creations_must_not_be_sent_twice_and_only_several_can_be_half_written() {
        Deal other = Fixtures.deal(501).build();
        assertThat(account.batch(Decided.changedDeal(deal, 7, "Осмотр"), Decided.changedDeal(other, 8, "Осмотр")))
                .satisfies(changes -> {
                    assertThat(changes.isCreation() || changes.isCreationOfSeveral())
                            .isFalse();
                    assertThat(changes.isChange()).as("looked at just before").isTrue();
                });
        assertThat(account.batch(Decided.linkedDeal(deal, 7, 600)).isChange()).isTrue();
        assertThat(account.batch(Decided.newDealWithContact(7, 11))).satisfies(one -> {
            assertThat(one.isCreation()).isTrue();
            assertThat(one.isCreationOfSeveral() || one.isChange()).isFalse();
        });
        assertThat(account.batch(Decided.newDealFor(7, 11, 600), Decided.newDealFor(8, 11, 600))
                        .isCreationOfSeveral())
                .isTrue();
    }

    @Test
    void a_batch_of_which_nothing_is_kept_has_nothing_to_send() {
        WriteBatch batch = account.batch(Decided.changedDeal(deal, 7, "Осмотр"));
        assertThat(batch.hasWrites()).isTrue();
        assertThat(batch.keeping(List.of()).hasWrites()).isFalse();
    }

    @Test
    void each_step_keeps_what_the_steps_before_have_added() {
        Intents.Open intents =
                new Intents.Open(Map.of(7L, Intents.Intent.ofDeal("a-run", 7, 0, null)), Map.of(), Map.of());
        WriteBatch batch = account.batch(Decided.newDealWithContact(7, 11));
        WriteBatch later = new CreationSearch(
                        account.setup, account.mirror, account.intents, account.memory, Duration.ofMillis(3))
                .once(batch.noted(intents, 77).answered(REFUSED));
        assertThat(later.intents()).isEqualTo(intents);
        assertThat(later.sendBefore()).isEqualTo(77);
        assertThat(later.response()).isSameAs(REFUSED);
        assertThat(later.search().hasNext()).isTrue();
        assertThat(later.writes()).isEqualTo(batch.writes());
        assertThat(later.buffer()).isSameAs(batch.buffer());
    }

    @Test
    void without_a_search_all_its_writes_count_as_absent() {
        WriteBatch batch = account.batch(Decided.newDealFor(7, 11, 600), Decided.newDealFor(8, 11, 600));
        assertThat(batch.absent()).isEqualTo(batch.writes());
    }

    @Test
    void it_shows_kind_and_size_and_nothing_of_a_patient() {
        WriteBatch batch = account.batch(Decided.newDealWithContact(7, 11)).answered(REFUSED);
        assertThat(batch).hasToString("WriteBatch[CREATE_DEAL_WITH_CONTACT, 1]");
        assertThat(batch.keeping(List.of())).hasToString("WriteBatch[nothing, 0]");
    }
}
