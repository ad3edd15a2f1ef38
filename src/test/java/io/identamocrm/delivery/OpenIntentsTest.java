package io.identamocrm.delivery;

import static io.identamocrm.model.Fixtures.SECONDARY_PIPELINE;
import static io.identamocrm.model.Fixtures.SECONDARY_STAGE;
import static io.identamocrm.model.Fixtures.deal;
import static io.identamocrm.model.Fixtures.delivered;
import static org.assertj.core.api.Assertions.assertThat;

import io.identamocrm.model.Deal;
import io.identamocrm.model.Delivered;
import io.identamocrm.model.Status;
import io.identamocrm.model.SyncState;
import io.identamocrm.state.Intents.Intent;
import io.identamocrm.state.Intents.Open;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** What became of writes that a run left behind. */
class OpenIntentsTest {

    private static final long LOOKED = AccountInRedis.NOW.getEpochSecond();
    private static final Delivered MOVED =
            delivered(500, Status.ARRIVED).putInto(105).build();

    private final AccountInRedis account = new AccountInRedis();
    private final ScriptedAmocrm amocrm = new ScriptedAmocrm();

    private static Intent move(long deal, long reception, Delivered intended) {
        return Intent.ofStage(
                "a-run",
                reception,
                deal(deal).holding(reception).in(100, 101).updatedAt(LOOKED).build(),
                intended);
    }

    private void leave(Open open) {
        account.lock.prove(true, open.entries());
    }

    private void leaveMove(Delivered intended) {
        leave(new Open(Map.of(), Map.of(), Map.of(500L, move(500, 7, intended))));
    }

    private void settle() {
        OpenIntents open = new CreationSearch(
                        account.setup, account.mirror, account.intents, account.memory, Duration.ofSeconds(30))
                .leftBehind(account.lock);
        while (open.hasNext()) {
            open.aggregate(amocrm.answer(open.next()));
        }
        assertThat(account.intents.open().isEmpty()).isTrue();
    }

    @Test
    void where_nothing_is_open_nothing_is_asked() {
        settle();
        assertThat(amocrm.requests()).isEmpty();
    }

    @Test
    void a_deal_that_stands_as_at_the_look_before_was_not_moved_and_nothing_is_remembered() {
        leaveMove(MOVED);
        amocrm.hold(500, 101, 7);
        settle();
        assertThat(account.delivered(7)).isNull();
        assertThat(account.deal(500).stageId()).isEqualTo(101);
    }

    @Test
    void a_deal_that_stands_in_the_intended_stage_was_moved_by_us() {
        leaveMove(MOVED);
        amocrm.hold(500, 105, 7);
        settle();
        assertThat(account.delivered(7)).isEqualTo(MOVED);
        assertThat(account.deal(500).stageId())
                .as("the mirror knows what was read")
                .isEqualTo(105);
    }

    @Test
    void a_deal_that_stands_elsewhere_was_moved_by_a_manager_and_our_stage_is_not_made_up_for() {
        leaveMove(MOVED);
        amocrm.hold(500, 118, 7);
        settle();
        assertThat(account.delivered(7))
                .isEqualTo(delivered(500, Status.ARRIVED).withheld().build());
    }

    @Test
    void a_deal_that_does_not_hold_the_reception_was_not_taken_whoever_moved_it() {
        leaveMove(MOVED);
        amocrm.hold(500, 118, 8);
        settle();
        assertThat(account.delivered(7)).isNull();
    }

    @Test
    void a_deal_that_is_no_more_is_left_to_the_next_decision() {
        leaveMove(MOVED);
        settle();
        assertThat(account.delivered(7)).isNull();
    }

    @Test
    void many_moves_are_looked_at_in_few_requests() {
        Map<Long, Intent> moves = new HashMap<>();
        LongStream.rangeClosed(1, 101).forEach(id -> {
            moves.put(
                    id, move(id, id, delivered(id, Status.ARRIVED).putInto(105).build()));
            amocrm.hold(id, 105, id);
        });
        leave(new Open(Map.of(), Map.of(), moves));
        settle();
        assertThat(amocrm.requests()).containsExactly(ScriptedAmocrm.LEADS, "GET /api/v4/leads/ID");
        assertThat(account.memory.receptions(moves.keySet()))
                .hasSize(101)
                .allSatisfy((reception, delivered) -> assertThat(delivered)
                        .isEqualTo(delivered(reception, Status.ARRIVED)
                                .putInto(105)
                                .build()));
    }

    @Test
    void moves_are_looked_at_before_creations_are_looked_for() {
        leave(new Open(
                Map.of(
                        8L,
                        Intent.ofDeal(
                                "a-run", 8, 0, delivered(0, Status.ARRIVED).build())),
                Map.of(12L, Intent.ofContact("a-run", 0, null)),
                Map.of(500L, move(500, 7, MOVED))));
        amocrm.hold(500, 105, 7);
        amocrm.hold(501, 101, 8);
        amocrm.holdContact(601, 12);
        settle();
        assertThat(amocrm.requests())
                .containsExactly("GET /api/v4/leads/ID", ScriptedAmocrm.LEADS, ScriptedAmocrm.CONTACTS);
        assertThat(account.delivered(8).deal()).isEqualTo(501);
        assertThat(account.own(12).contact()).isEqualTo(601);
    }

    @Test
    void what_an_older_build_left_behind_is_looked_for_and_nothing_is_made_up_to_remember() {
        leave(new Open(Map.of(8L, Intent.ofDeal("", 8, 0, null)), Map.of(), Map.of()));
        amocrm.hold(501, 101, 8);
        settle();
        assertThat(account.delivered(8)).isNull();
        assertThat(account.deal(501).receptionId()).isEqualTo(8);
    }

    @Nested
    class Settled {

        private Delivered settled(Delivered intended, Deal now) {
            return OpenIntents.settled(intended, now);
        }

        @Test
        void as_confirmed_where_the_deal_stands_in_the_intended_stage() {
            assertThat(settled(MOVED, deal(500).in(100, 105).build())).isEqualTo(MOVED);
        }

        @Test
        void as_confirmed_where_only_a_pipeline_was_intended_and_the_deal_stands_in_it() {
            Delivered anyStage = delivered(500, Status.ARRIVED)
                    .ofPipeline(SECONDARY_PIPELINE)
                    .build();
            assertThat(settled(anyStage, deal(500).in(SECONDARY_PIPELINE, 219).build()))
                    .isEqualTo(anyStage);
            assertThat(settled(anyStage, deal(500).build())).isEqualTo(anyStage.asWithheld());
        }

        @Test
        void as_confirmed_where_the_deal_itself_says_so_wherever_a_manager_has_put_it_since() {
            assertThat(settled(
                            MOVED,
                            deal(500)
                                    .in(SECONDARY_PIPELINE, SECONDARY_STAGE)
                                    .saying(SyncState.of(MOVED))
                                    .build()))
                    .isEqualTo(MOVED);
        }

        @Test
        void as_withheld_otherwise() {
            assertThat(settled(MOVED, deal(500).in(100, 118).build())).isEqualTo(MOVED.asWithheld());
            assertThat(settled(
                            MOVED,
                            deal(500).in(100, 118).saying("scheduled 100 -").build()))
                    .isEqualTo(MOVED.asWithheld());
        }
    }
}
