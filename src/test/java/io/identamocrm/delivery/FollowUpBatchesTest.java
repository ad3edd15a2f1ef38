package io.identamocrm.delivery;

import static io.identamocrm.model.Fixtures.delivered;
import static io.identamocrm.model.Fixtures.reception;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.identamocrm.amocrm.AmocrmException;
import io.identamocrm.amocrm.AmocrmRequest;
import io.identamocrm.amocrm.Response;
import io.identamocrm.amocrm.Response.RefusedItem;
import io.identamocrm.model.FollowUp;
import io.identamocrm.model.FollowUp.Event;
import io.identamocrm.model.FollowUp.Kind;
import io.identamocrm.model.FollowUpForm;
import io.identamocrm.model.Status;
import io.identamocrm.model.WorkingHours;
import io.identamocrm.state.Changes;
import io.identamocrm.state.FollowUps;
import io.identamocrm.state.LockLostException;
import java.time.Clock;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Follow-ups on their way to amoCRM: on record before, looked for after a lost answer, done once. */
class FollowUpBatchesTest {

    private static final long DEAL = 500;
    private static final long NOW = AccountInRedis.NOW.getEpochSecond();
    private static final long SOMEBODY = 9002;

    private final AccountInRedis account = new AccountInRedis();
    private final Clock clock = Clock.fixed(AccountInRedis.NOW, ZoneOffset.UTC);
    private final FollowUps followUps =
            new FollowUps(account.redis().client(), account.redis().keys());
    private final FollowUpBatches batches = new FollowUpBatches(followUps, clock);
    private final FollowUpLooks looks =
            new FollowUpLooks(account.setup, account.memory, Duration.ofSeconds(30), Duration.ofDays(1), clock);
    private final FollowUpTemplates templates = new FollowUpTemplates(form(), clock);
    private final List<AmocrmRequest> asked = new ArrayList<>();

    private static FollowUpForm form() {
        Map<Event, String> texts = new EnumMap<>(Event.class);
        for (Event event : Event.values()) {
            texts.put(event, event.key() + " <id> in <deal>, <date> <time>, <doctor>");
        }
        return new FollowUpForm(
                texts,
                new WorkingHours(LocalTime.of(9, 0), LocalTime.of(20, 0), EnumSet.allOf(DayOfWeek.class)),
                Duration.ofHours(1),
                1);
    }

    /** Open since the change was delivered, each reception in a deal of its own. */
    private void open(Kind kind, Long user, long... receptions) {
        for (long id : receptions) {
            account.remember(
                    id,
                    delivered(DEAL + id, Status.CANCELLED)
                            .build()
                            .telling(List.of(new FollowUp(id, Event.CANCELLED, kind, "news", user, NOW))));
        }
    }

    private FollowUpRound round(boolean doubtful) {
        FollowUpRound round = new FollowUpRound(account.lock, doubtful, 50);
        followUps
                .all()
                .values()
                .forEach(open ->
                        round.add(open, reception(open.what().reception()).build()));
        return round;
    }

    /** What the routes do before the first batch, with nothing in amoCRM but these rows. */
    private FollowUpRound begun(boolean doubtful, ObjectNode... rows) {
        FollowUpRound round = round(doubtful);
        look(looks.begin(round), rows);
        batches.keepNew(round);
        round.items().forEach(item -> batches.collect(templates.fill(item)));
        return round;
    }

    private void look(FollowUpLook look, ObjectNode... rows) {
        while (look.hasNext()) {
            AmocrmRequest request = look.next();
            asked.add(request);
            String last = request.path().substring(request.path().lastIndexOf('/') + 1);
            List<ObjectNode> found = Stream.of(rows)
                    .filter(row -> row.path("id").asText().equals(last)
                            || last.equals(
                                    row.has("responsible_user_id") ? "leads" : row.has("params") ? "notes" : "tasks"))
                    .toList();
            ObjectNode list = JsonNodeFactory.instance.objectNode();
            found.forEach(row -> list.withObject("/_embedded").withArray(last).add(row));
            look.aggregate(
                    found.isEmpty()
                            ? new Response.NoContent(AccountInRedis.NOW)
                            : new Response.Success(last.matches("\\d+") ? found.get(0) : list, AccountInRedis.NOW));
        }
    }

    private static ObjectNode deal(long id, long user) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("id", id)
                .put("responsible_user_id", user)
                .put("pipeline_id", 100)
                .put("status_id", 101);
    }

    private static ObjectNode task(long deal, String text) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("id", 1)
                .put("entity_id", deal)
                .put("text", text)
                .put("created_at", NOW);
    }

    private static Response.Usable made(int count) {
        ArrayNode tasks = JsonNodeFactory.instance.arrayNode();
        for (int i = 0; i < count; i++) {
            tasks.addObject().put("id", i + 1);
        }
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.putObject("_embedded").set("tasks", tasks);
        return new Response.Success(body, AccountInRedis.NOW);
    }

    private static Response.Usable refused(RefusedItem... items) {
        return new Response.Refused(List.of(items), "Bad Request");
    }

    private static List<Long> receptions(FollowUpBatch batch) {
        return batch.items().stream().map(item -> item.what().reception()).toList();
    }

    @Test
    void what_is_remembered_opens_what_is_due_once_and_no_second_time_when_it_is_done() {
        open(Kind.TASK, 0L, 7);
        assertThat(followUps.all().keySet()).containsExactly("7:cancelled:news");
        assertThat(followUps.all().get("7:cancelled:news").deal()).isEqualTo(DEAL + 7);
        assertThat(account.delivered(7).due())
                .as("the reception itself remembers nothing of it")
                .isEmpty();
        FollowUpRound round = begun(false);
        FollowUpBatch batch = batches.note(round.takeBatch());
        open(Kind.TASK, 0L, 7);
        assertThat(followUps.all().get("7:cancelled:news").sender())
                .as("what may have been sent is not made new")
                .isEqualTo(account.lock.owner());
        batches.confirm(batches.sent(batch, made(1)));
        open(Kind.TASK, 0L, 7);
        assertThat(followUps.all()).isEmpty();
        assertThat(followUps.isOpen("7:cancelled:news")).isFalse();
    }

    @Test
    void a_task_goes_to_its_deals_user_with_text_and_deadline_and_a_note_with_its_text() {
        open(Kind.TASK, null, 7);
        open(Kind.NOTE, null, 8);
        FollowUpRound round = begun(false, deal(DEAL + 7, SOMEBODY));
        AmocrmRequest tasks = batches.request(batches.note(round.takeBatch()));
        AmocrmRequest notes = batches.request(batches.note(round.takeBatch()));
        assertThat(round.hasBatch()).isFalse();
        assertThat(asked).as("one look, at the deal of the task").hasSize(1);
        assertThat(tasks.path()).isEqualTo("/api/v4/tasks");
        ObjectNode task = (ObjectNode) tasks.body().get(0);
        assertThat(task.path("text").asText()).isEqualTo("cancelled 7 in 507, 03.03.2026 12:00, Лужин П. А. [7-news]");
        assertThat(task.path("responsible_user_id").asLong()).isEqualTo(SOMEBODY);
        assertThat(task.path("complete_till").asLong()).as("an hour later").isEqualTo(NOW + 3600);
        assertThat(task.path("entity_id").asLong()).isEqualTo(DEAL + 7);
        assertThat(task.path("entity_type").asText()).isEqualTo("leads");
        assertThat(notes.path()).isEqualTo("/api/v4/leads/notes");
        assertThat(notes.body().get(0).path("params").path("text").asText()).startsWith("cancelled 8 in 508");
        assertThat(notes.body().get(0).path("note_type").asText()).isEqualTo("common");
    }

    @Test
    void what_an_earlier_run_may_have_sent_is_looked_for_and_done_where_it_is_there() {
        open(Kind.TASK, 0L, 7, 8);
        batches.note(begun(false).takeBatch());
        assertThat(asked).isEmpty();
        FollowUpRound next = begun(
                false,
                deal(DEAL + 7, SOMEBODY),
                deal(DEAL + 8, SOMEBODY),
                task(DEAL + 7, "cancelled 7 [7-news]"),
                task(DEAL + 8, "cancelled 8 [7-news]"));
        assertThat(asked.get(0).path()).as("one look at the deals").isEqualTo("/api/v4/leads");
        assertThat(asked.subList(1, asked.size()))
                .isNotEmpty()
                .allMatch(request -> request.path().equals("/api/v4/tasks"));
        assertThat(receptions(next.takeBatch())).containsExactly(8L);
        assertThat(followUps.all().keySet()).containsExactly("8:cancelled:news");
    }

    /** Redis went back by hours: what was told since is older than the moment at which it was found out again. */
    @Test
    void what_was_told_hours_before_redis_went_back_is_seen_behind_a_page_of_other_notes() {
        open(Kind.NOTE, 0L, 7);
        FollowUpLook look = looks.begin(round(true));
        ObjectNode first = list(note("called", NOW - 5 * 3600));
        first.withObject("/_links/next").put("href", "page 2");
        look.next();
        look.aggregate(new Response.Success(first, AccountInRedis.NOW));
        assertThat(look.hasNext()).isTrue();
        assertThat(look.next().query()).contains("page=2");
        look.aggregate(new Response.Success(list(note("cancelled 7 [7-news]", NOW - 6 * 3600)), AccountInRedis.NOW));
        assertThat(look.seen()).hasSize(1);
    }

    private static ObjectNode note(String text, long created) {
        ObjectNode note = JsonNodeFactory.instance
                .objectNode()
                .put("id", 1)
                .put("entity_id", DEAL + 7)
                .put("created_at", created);
        note.putObject("params").put("text", text);
        return note;
    }

    private static ObjectNode list(ObjectNode row) {
        ObjectNode list = JsonNodeFactory.instance.objectNode();
        list.withObject("/_embedded").withArray("notes").add(row);
        return list;
    }

    @Test
    void absence_is_believed_after_several_looks_only() {
        open(Kind.TASK, 0L, 7);
        batches.note(begun(false).takeBatch());
        begun(false, deal(DEAL + 7, SOMEBODY));
        assertThat(asked.stream().filter(request -> request.path().equals("/api/v4/tasks")))
                .hasSize(4);
        asked.clear();
        open(Kind.NOTE, 0L, 9);
        begun(true);
        assertThat(asked.stream().map(AmocrmRequest::path)).contains("/api/v4/leads/notes");
    }

    @Test
    void after_a_lost_answer_what_is_there_is_done_and_the_rest_goes_again() {
        open(Kind.TASK, 0L, 7, 8);
        FollowUpRound round = begun(false);
        FollowUpBatch lost =
                batches.sent(batches.note(round.takeBatch()), new Response.Ambiguous("504 from a gateway"));
        assertThat(lost.isUnclear()).isTrue();
        look(looks.overTime(lost), task(DEAL + 7, "cancelled 7 [7-news]"));
        batches.settle(lost);
        assertThat(receptions(round.takeBatch())).containsExactly(8L);
        assertThat(followUps.all().keySet()).containsExactly("8:cancelled:news");
    }

    @Test
    void looks_after_a_lost_answer_are_spread_over_the_window_in_which_lists_may_lag() {
        open(Kind.TASK, 0L, 7);
        FollowUpRound round = begun(false);
        FollowUpLook look = looks.overTime(
                batches.sent(batches.note(round.takeBatch()), new Response.Ambiguous("504 from a gateway")));
        List<Long> pauses = new ArrayList<>();
        while (look.hasNext()) {
            pauses.add(look.pause());
            look.next();
            look.aggregate(new Response.NoContent(AccountInRedis.NOW));
        }
        assertThat(pauses).containsExactly(0L, 10_000L, 10_000L, 10_000L);
    }

    @Test
    void a_deal_that_a_list_leaves_out_is_asked_for_alone_before_it_counts_as_gone() {
        open(Kind.TASK, null, 7, 8, 9);
        FollowUpRound round = begun(false, deal(DEAL + 7, SOMEBODY));
        assertThat(receptions(round.takeBatch())).containsExactly(7L);
        assertThat(followUps.all().keySet()).containsExactly("7:cancelled:news");
        assertThat(asked.stream().map(AmocrmRequest::path))
                .containsExactlyInAnyOrder("/api/v4/leads", "/api/v4/leads/508", "/api/v4/leads/509");
    }

    /** We opened it again a moment ago, and the list lags behind that; somebody closed the other one. */
    @Test
    void a_deal_that_a_list_shows_closed_is_asked_for_alone_before_it_counts_as_over() {
        open(Kind.TASK, null, 7, 8);
        FollowUpRound round = round(false);
        FollowUpLook look = looks.begin(round);
        look.next();
        look.aggregate(answer(
                deal(DEAL + 7, SOMEBODY).put("status_id", 143),
                deal(DEAL + 8, SOMEBODY).put("status_id", 143)));
        while (look.hasNext()) {
            boolean opened = look.next().path().endsWith("/507");
            look.aggregate(new Response.Success(
                    opened ? deal(DEAL + 7, SOMEBODY) : deal(DEAL + 8, SOMEBODY).put("status_id", 143),
                    AccountInRedis.NOW));
        }
        batches.keepNew(round);
        assertThat(round.items()).extracting(item -> item.what().reception()).containsExactly(7L);
        assertThat(followUps.all().keySet()).containsExactly("7:cancelled:news");
    }

    private static Response.Success answer(ObjectNode... deals) {
        ObjectNode list = JsonNodeFactory.instance.objectNode();
        Stream.of(deals)
                .forEach(
                        deal -> list.withObject("/_embedded").withArray("leads").add(deal));
        return new Response.Success(list, AccountInRedis.NOW);
    }

    /** An account that keeps to no order may show all old rows first; in the order asked for, the newest come first. */
    @Test
    void a_page_of_old_rows_ends_a_list_only_in_the_order_asked_for() {
        assertThat(goesOnAfter(5, 4)).isFalse();
        assertThat(goesOnAfter(4, 5)).isTrue();
        assertThat(goesOnAfter(5)).as("one row is in any order").isTrue();
    }

    private boolean goesOnAfter(long... ids) {
        open(Kind.NOTE, 0L, 7);
        FollowUpLook look = looks.begin(round(true));
        ObjectNode page = JsonNodeFactory.instance.objectNode();
        page.withObject("/_links/next").put("href", "page 2");
        for (long id : ids) {
            page.withObject("/_embedded")
                    .withArray("notes")
                    .add(note("called", NOW - 90 * 3600).put("id", id));
        }
        look.next();
        look.aggregate(new Response.Success(page, AccountInRedis.NOW));
        return look.next().query().contains("page=2");
    }

    @Test
    void an_answer_is_confirming_refusing_unclear_or_that_nothing_was_sent() {
        open(Kind.TASK, 0L, 7);
        FollowUpBatch batch = batches.note(begun(false).takeBatch());
        assertThat(batch.isConfirmed() || batch.isRefused() || batch.isUnclear() || batch.isNotSent())
                .as("not asked yet")
                .isFalse();
        List<Response.Usable> answers = List.of(
                made(1),
                refused(),
                new Response.NoContent(AccountInRedis.NOW),
                new Response.Ambiguous("reset"),
                new Response.NotSent());
        assertThat(answers)
                .extracting(answer -> batches.sent(batch, answer).isConfirmed())
                .containsExactly(true, false, false, false, false);
        assertThat(answers)
                .extracting(answer -> batches.sent(batch, answer).isRefused())
                .containsExactly(false, true, false, false, false);
        assertThat(answers)
                .extracting(answer -> batches.sent(batch, answer).isUnclear())
                .containsExactly(false, false, true, true, false);
        assertThat(answers)
                .extracting(answer -> batches.sent(batch, answer).isNotSent())
                .containsExactly(false, false, false, false, true);
    }

    @Test
    void an_answer_that_does_not_mention_all_tells_nothing() {
        open(Kind.TASK, 0L, 7, 8);
        FollowUpBatch batch = begun(false).takeBatch();
        assertThat(batches.sent(batch, made(1)).isUnclear()).isTrue();
        assertThat(batches.sent(batch, made(2)).isConfirmed()).isTrue();
        assertThat(batches.sent(batch, new Response.NoContent(AccountInRedis.NOW))
                        .isUnclear())
                .isTrue();
    }

    @Test
    void three_lost_answers_in_a_row_end_the_run_and_everything_stays_open() {
        open(Kind.TASK, 0L, 7);
        FollowUpRound round = begun(false);
        for (int i = 1; i <= 2; i++) {
            FollowUpBatch lost = batches.sent(batches.note(round.takeBatch()), new Response.Ambiguous("reset"));
            look(looks.overTime(lost));
            batches.settle(lost);
        }
        FollowUpBatch third = batches.sent(batches.note(round.takeBatch()), new Response.Ambiguous("reset"));
        look(looks.overTime(third));
        assertThatThrownBy(() -> batches.settle(third)).isInstanceOf(AmocrmException.Ambiguous.class);
        assertThat(followUps.all()).hasSize(1);
    }

    @Test
    void what_could_not_go_in_time_goes_again_as_it_is_nine_times_in_a_row_and_the_tenth_ends_the_run() {
        open(Kind.TASK, 0L, 7);
        FollowUpRound round = begun(false);
        FollowUpBatch batch = round.takeBatch();
        for (int i = 1; i < 10; i++) {
            batches.sendAgain(batch);
            batch = round.takeBatch();
            assertThat(receptions(batch)).containsExactly(7L);
        }
        FollowUpBatch tenth = batch;
        assertThatThrownBy(() -> batches.sendAgain(tenth)).isInstanceOf(AmocrmException.Transient.class);
        assertThat(followUps.all()).as("the next run tells it").hasSize(1);
    }

    @Test
    void an_answer_that_tells_something_ends_the_row_of_late_ones() {
        open(Kind.TASK, 0L, LongStream.rangeClosed(1, 100).toArray());
        FollowUpRound round = begun(false);
        for (int i = 1; i < 10; i++) {
            batches.sendAgain(round.takeBatch());
        }
        batches.confirm(batches.sent(batches.note(round.takeBatch()), made(50)));
        assertThatCode(() -> batches.sendAgain(round.takeBatch())).doesNotThrowAnyException();
        assertThat(round.hasBatch()).isTrue();
    }

    @Test
    void what_amocrm_refuses_by_name_is_left_out_and_the_others_go_again() {
        open(Kind.TASK, 0L, 7, 8, 9);
        FollowUpRound round = begun(false);
        FollowUpBatch batch = batches.sent(
                batches.note(round.takeBatch()), refused(new RefusedItem("1", "NotSupportedChoice", "entity_id")));
        batches.refuse(batch);
        assertThat(receptions(round.takeBatch())).containsExactly(7L, 9L);
        assertThat(followUps.all().keySet()).containsExactly("7:cancelled:news", "9:cancelled:news");
    }

    @Test
    void where_it_refuses_the_user_alone_the_task_goes_to_nobody_in_particular() {
        open(Kind.TASK, SOMEBODY, 7);
        FollowUpRound round = begun(false);
        RefusedItem user = new RefusedItem("0", "NotSupportedChoice", "responsible_user_id");
        batches.refuse(batches.sent(batches.note(round.takeBatch()), refused(user)));
        FollowUpBatch again = batches.note(round.takeBatch());
        assertThat(batches.request(again).body().get(0).has("responsible_user_id"))
                .isFalse();
        batches.refuse(batches.sent(again, refused(user)));
        assertThat(round.hasBatch()).as("and if that is refused too, not again").isFalse();
        assertThat(followUps.all()).isEmpty();
    }

    @Test
    void where_it_names_none_the_batch_goes_by_halves() {
        open(Kind.TASK, 0L, 6, 7, 8);
        FollowUpRound round = begun(false);
        batches.refuse(batches.sent(batches.note(round.takeBatch()), refused()));
        assertThat(receptions(round.takeBatch())).hasSize(1);
        FollowUpBatch second = round.takeBatch();
        assertThat(receptions(second)).hasSize(2);
        batches.refuse(batches.sent(second, refused()));
        FollowUpBatch one = round.takeBatch();
        batches.refuse(batches.sent(one, refused()));
        assertThat(followUps.all()).as("one that is refused alone is given up").hasSize(2);
    }

    @Test
    void batches_hold_fifty_at_most() {
        open(Kind.TASK, 0L, LongStream.rangeClosed(1, 120).toArray());
        FollowUpRound round = begun(false);
        List<Integer> sizes = new ArrayList<>();
        while (round.hasBatch()) {
            sizes.add(round.takeBatch().items().size());
        }
        assertThat(sizes).containsExactly(50, 50, 20);
    }

    @Test
    void a_deal_that_is_gone_and_a_reception_that_ident_no_longer_has_are_not_told_of() {
        open(Kind.TASK, null, 7, 8);
        FollowUpRound round = new FollowUpRound(account.lock, false, 50);
        followUps.all().values().forEach(open -> {
            if (open.what().reception() == 8) {
                round.leaveOut(open);
            } else {
                round.add(open, reception(7).build());
            }
        });
        look(looks.begin(round));
        batches.keepNew(round);
        assertThat(round.items()).isEmpty();
        assertThat(followUps.all()).isEmpty();
    }

    @Test
    void without_the_lock_nothing_goes() {
        open(Kind.TASK, 0L, 7);
        FollowUpRound round = begun(false);
        account.takeOver();
        assertThatThrownBy(() -> batches.note(round.takeBatch())).isInstanceOf(LockLostException.class);
        assertThat(followUps.all().get("7:cancelled:news").sender()).isNull();
    }

    @Test
    void a_doubt_is_on_record_until_it_is_ended_and_is_no_follow_up() {
        Changes doubt = new Changes();
        followUps.doubt(doubt);
        account.lock.commit(doubt);
        assertThat(followUps.isDoubtful()).isTrue();
        assertThat(followUps.areLeft()).isTrue();
        assertThat(followUps.all()).isEmpty();
        Changes end = new Changes();
        followUps.endDoubt(end);
        account.lock.commit(end);
        assertThat(followUps.areLeft()).isFalse();
    }
}
