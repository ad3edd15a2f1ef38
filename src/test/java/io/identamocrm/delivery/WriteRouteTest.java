package io.identamocrm.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.identamocrm.amocrm.AmocrmException;
import io.identamocrm.amocrm.AmocrmRequest;
import io.identamocrm.amocrm.Response;
import io.identamocrm.amocrm.ResponseAggregation;
import io.identamocrm.model.Deal;
import io.identamocrm.model.Fixtures;
import io.identamocrm.state.Intents;
import io.identamocrm.state.LockLostException;
import io.identamocrm.sync.FailedAttempts;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.LongStream;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.spi.Resource;
import org.apache.camel.support.PluginHelper;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Route file {@code write.camel.yaml} and the route that repeats its requests, with the client of amoCRM replaced. */
class WriteRouteTest {

    private static final String LEADS = ScriptedAmocrm.LEADS;
    private static final String CONTACTS = ScriptedAmocrm.CONTACTS;
    private static final String ONE_LEAD = "GET /api/v4/leads/ID";

    private final AccountInRedis account = new AccountInRedis();
    private final ScriptedAmocrm amocrm = new ScriptedAmocrm();
    private final DefaultCamelContext camel = new DefaultCamelContext();
    private ProducerTemplate template;

    @BeforeEach
    void start() throws Exception {
        camel.getPropertiesComponent().addInitialProperty("amocrm.retry-delay", "1");
        Map<String, Object> beans = Map.of(
                "freshnessCheck",
                        new FreshnessCheck(account.setup, account.mirror, account.memory, account.intents, Set.of()),
                "writeIntents", new WriteIntents(account.mirror, account.intents),
                "batchRequest", new BatchRequest(account.setup),
                "batchResponses", new BatchResponses(),
                "batchConfirmation",
                        new BatchConfirmation(account.mirror, account.rows, account.memory, account.intents),
                "batchRefusal", new BatchRefusal(account.setup, account.mirror, Fixtures.PRINT),
                "refusedContacts", new RefusedContacts(account.setup, account.mirror, account.memory),
                "lostAnswers", new LostAnswers(),
                "creationSearch",
                        new CreationSearch(
                                account.setup, account.mirror, account.intents, account.memory, Duration.ofMillis(3)),
                "failedAttempts", new FailedAttempts());
        beans.forEach(camel.getRegistry()::bind);
        camel.getRegistry().bind("accountSetup", account.setup);
        camel.getRegistry().bind("responseAggregation", new ResponseAggregation());
        List<Resource> files = new ArrayList<>();
        for (String file : List.of("errors", "write", "crm-mirror", "amocrm-api")) {
            files.add(PluginHelper.getResourceLoader(camel).resolveResource("file:routes/" + file + ".camel.yaml"));
        }
        PluginHelper.getRoutesLoader(camel).loadRoutes(files);
        for (String neighbour : List.of(
                "crm-mirror", "follow-amocrm", "amocrm-api", "amocrm-request", "amocrm-token", "amocrm-authorize")) {
            camel.removeRouteDefinition(camel.getRouteDefinition(neighbour));
        }
        camel.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:amocrm-api")
                        .errorHandler(noErrorHandler())
                        .process(exchange -> exchange.getMessage()
                                .setBody(amocrm.answer(exchange.getMessage().getBody(AmocrmRequest.class))));
            }
        });
        camel.start();
        template = camel.createProducerTemplate();
    }

    @AfterEach
    void stop() {
        camel.stop();
    }

    private void write(WriteBuffer buffer) {
        template.requestBody("direct:write", buffer);
    }

    private WriteBuffer newDeals(int batchSize, int count) {
        WriteBuffer buffer = account.buffer(batchSize);
        LongStream.rangeClosed(1, count).forEach(id -> buffer.add(Decided.newDealWithContact(id, id)));
        return buffer;
    }

    private static List<String> listings(int count) {
        return Collections.nCopies(count, List.of(LEADS, CONTACTS)).stream()
                .flatMap(List::stream)
                .toList();
    }

    private List<Long> completed() {
        return account.completed.stream().map(delivery -> delivery.item.id()).toList();
    }

    /** The deal of this reception and the contact of the patient with the same number. */
    private static void assertThatOpen(Intents.Open open, long id) {
        assertThat(open.deals()).containsOnlyKeys(id);
        assertThat(open.contacts()).containsOnlyKeys(id);
        assertThat(open.stages()).isEmpty();
    }

    @Test
    void full_batches_go_and_the_rest_stays_until_it_is_flushed() {
        WriteBuffer buffer = newDeals(2, 5);
        write(buffer);
        assertThat(amocrm.requests())
                .containsExactly("POST /api/v4/leads/complex (2 items)", "POST /api/v4/leads/complex (2 items)");
        buffer.flush();
        write(buffer);
        assertThat(amocrm.requests()).hasSize(3).last().isEqualTo("POST /api/v4/leads/complex (1 items)");
        assertThat(completed()).containsExactly(1L, 2L, 3L, 4L, 5L);
        assertThat(buffer.isEmpty()).isTrue();
    }

    @Test
    void an_empty_buffer_asks_nothing() {
        WriteBuffer buffer = account.buffer(2);
        buffer.flush();
        write(buffer);
        assertThat(amocrm.requests()).isEmpty();
    }

    @Test
    void what_is_about_to_be_created_is_on_record_while_it_is_sent_and_in_the_mirror_afterwards() {
        List<Intents.Open> meanwhile = new ArrayList<>();
        amocrm.beforeWrites(() -> meanwhile.add(account.intents.open()));
        write(newDeals(1, 1));
        assertThat(meanwhile).singleElement().satisfies(open -> assertThatOpen(open, 1));
        assertThat(account.intents.open().isEmpty()).isTrue();
        assertThat(account.mirror.newestDealsOf(List.of(1L))).containsOnlyKeys(1L);
        assertThat(account.completed)
                .singleElement()
                .satisfies(delivery -> assertThat(delivery.failure()).isNull());
    }

    @Test
    void what_waits_for_a_contact_goes_as_soon_as_amocrm_has_numbered_it() {
        WriteBuffer buffer = account.buffer(1);
        buffer.add(Decided.newContact(Fixtures.patient(11).build()));
        buffer.add(Decided.newDealFor(7, 11, -1));
        write(buffer);
        assertThat(amocrm.requests())
                .containsExactly("POST /api/v4/contacts (1 items)", "POST /api/v4/leads (1 items)");
        assertThat(completed()).containsExactly(11L, 7L);
    }

    @Test
    void a_deal_is_read_just_before_it_is_changed_and_left_alone_if_it_was_moved() {
        amocrm.hold(500, 101, 7);
        amocrm.hold(501, 142, 8);
        WriteBuffer buffer = account.buffer(2);
        Deal untouched = Fixtures.deal(500).holding(7).build();
        Deal moved = Fixtures.deal(501).holding(8).build();
        buffer.add(Decided.changedDeal(untouched, 7, "Осмотр"));
        buffer.add(Decided.changedDeal(moved, 8, "Осмотр"));
        write(buffer);
        assertThat(amocrm.requests()).containsExactly(LEADS, "PATCH /api/v4/leads (1 items)");
        assertThat(completed()).containsExactly(8L, 7L);
        assertThat(account.completed).extracting(Delivery::isOutdated).containsExactly(true, false);
    }

    @Test
    void if_the_look_leaves_nothing_nothing_is_sent() {
        WriteBuffer buffer = account.buffer(1);
        buffer.add(Decided.changedDeal(Fixtures.deal(500).holding(7).build(), 7, "Осмотр"));
        write(buffer);
        assertThat(amocrm.requests()).containsExactly("GET /api/v4/leads/ID");
        assertThat(account.completed).singleElement().matches(Delivery::isOutdated);
    }

    @Test
    void of_a_refused_batch_the_named_items_fail_and_the_rest_goes_again_after_one_listing() {
        amocrm.nextWrite(amocrm.refusing(1));
        write(newDeals(3, 3));
        assertThat(amocrm.requests())
                .containsExactly(
                        "POST /api/v4/leads/complex (3 items)",
                        LEADS,
                        CONTACTS,
                        "POST /api/v4/leads/complex (2 items)");
        assertThat(completed()).containsExactly(2L, 1L, 3L);
        assertThat(account.completed)
                .extracting(delivery -> delivery.failure() == null)
                .containsExactly(false, true, true);
        assertThat(amocrm.deals()).isEqualTo(2);
        assertThat(account.intents.open().isEmpty()).isTrue();
    }

    @Test
    void a_batch_that_could_not_go_in_time_goes_again() {
        amocrm.nextWrite(request -> new Response.NotSent());
        write(newDeals(2, 2));
        assertThat(amocrm.requests())
                .containsExactly("POST /api/v4/leads/complex (2 items)", "POST /api/v4/leads/complex (2 items)");
        assertThat(amocrm.deals()).isEqualTo(2);
        assertThat(completed()).containsExactly(1L, 2L);
        assertThat(account.intents.open().isEmpty()).isTrue();
    }

    @Test
    void a_batch_refused_without_names_goes_again_in_halves_until_a_single_item_fails() {
        WriteBuffer buffer = account.buffer(3);
        for (long id = 500; id < 503; id++) {
            amocrm.hold(id, 101, id);
            buffer.add(Decided.changedDeal(Fixtures.deal(id).holding(id).build(), id, "Осмотр"));
        }
        amocrm.nextWrite(amocrm::refused).nextWrite(amocrm::refused);
        write(buffer);
        assertThat(amocrm.requests())
                .as("each after a look of its own")
                .containsExactly(
                        LEADS,
                        "PATCH /api/v4/leads (3 items)",
                        ONE_LEAD,
                        "PATCH /api/v4/leads (1 items)",
                        LEADS,
                        "PATCH /api/v4/leads (2 items)");
        assertThat(completed()).containsExactly(500L, 501L, 502L);
        assertThat(account.completed)
                .extracting(delivery -> delivery.failure() == null)
                .containsExactly(false, true, true);
    }

    @Test
    void a_refused_single_creation_fails_without_a_listing_and_is_no_longer_on_record() {
        amocrm.nextWrite(amocrm::refused);
        write(newDeals(1, 1));
        assertThat(amocrm.requests()).containsExactly("POST /api/v4/leads/complex (1 items)");
        assertThat(account.completed)
                .singleElement()
                .satisfies(delivery -> assertThat(delivery.failure()).isNotNull());
        assertThat(account.intents.open().isEmpty()).isTrue();
    }

    @Test
    void creations_that_happened_though_amocrm_refused_the_batch_are_not_sent_again() {
        amocrm.nextWrite(request -> {
            amocrm.carryOut(request);
            return amocrm.refused(request);
        });
        write(newDeals(2, 2));
        assertThat(amocrm.requests()).containsExactly("POST /api/v4/leads/complex (2 items)", LEADS, CONTACTS);
        assertThat(account.completed)
                .hasSize(2)
                .allSatisfy(delivery -> assertThat(delivery.failure()).isNull());
    }

    @Test
    void after_a_lost_answer_creations_that_amocrm_lists_are_done_and_not_sent_again() {
        amocrm.nextWrite(amocrm::doneUnheard);
        write(newDeals(2, 2));
        assertThat(amocrm.requests()).containsExactly("POST /api/v4/leads/complex (2 items)", LEADS, CONTACTS);
        assertThat(completed()).containsExactly(1L, 2L);
        assertThat(account.completed).noneMatch(Delivery::isOutdated);
        assertThat(amocrm.deals()).isEqualTo(2);
        assertThat(account.intents.open().isEmpty()).isTrue();
    }

    @Test
    void after_a_lost_answer_creations_that_four_listings_do_not_show_are_decided_again() {
        amocrm.nextWrite(amocrm::lost);
        List<String> expected = new ArrayList<>(List.of("POST /api/v4/leads/complex (2 items)"));
        expected.addAll(listings(4));
        write(newDeals(2, 2));
        assertThat(amocrm.requests()).isEqualTo(expected);
        assertThat(account.completed).hasSize(2).allMatch(Delivery::isOutdated).allMatch(Delivery::isUnclear);
        assertThat(account.intents.open().isEmpty()).isTrue();
    }

    @Test
    void a_change_whose_answer_was_lost_goes_again_after_another_look() {
        amocrm.hold(500, 101, 7);
        amocrm.nextWrite(amocrm::doneUnheard);
        WriteBuffer buffer = account.buffer(1);
        buffer.add(Decided.changedDeal(Fixtures.deal(500).holding(7).build(), 7, "Осмотр"));
        write(buffer);
        assertThat(amocrm.requests())
                .containsExactly(ONE_LEAD, "PATCH /api/v4/leads (1 items)", ONE_LEAD, "PATCH /api/v4/leads (1 items)");
        assertThat(completed()).containsExactly(7L);
        assertThat(account.completed).noneMatch(Delivery::isOutdated);
    }

    @Test
    void a_link_whose_answer_was_lost_is_not_sent_again_if_it_is_there() {
        amocrm.hold(500, 101, 7);
        amocrm.nextWrite(amocrm::doneUnheard);
        WriteBuffer buffer = account.buffer(1);
        buffer.add(Decided.linkedDeal(Fixtures.deal(500).holding(7).build(), 7, 600));
        write(buffer);
        assertThat(amocrm.requests()).containsExactly(ONE_LEAD, "POST /api/v4/leads/link (1 items)", ONE_LEAD);
        assertThat(completed()).containsExactly(7L);
        assertThat(account.deal(500).contactIds()).containsExactly(600L);
    }

    @Test
    void three_lost_answers_in_a_row_end_the_run_and_the_last_creation_stays_on_record() {
        amocrm.nextWrite(amocrm::lost).nextWrite(amocrm::lost).nextWrite(amocrm::lost);
        WriteBuffer buffer = newDeals(1, 4);
        assertThatThrownBy(() -> write(buffer)).hasCauseInstanceOf(AmocrmException.Ambiguous.class);
        assertThat(amocrm.requests())
                .filteredOn(request -> request.startsWith("POST"))
                .hasSize(3);
        assertThat(amocrm.requests()).last().asString().startsWith("POST");
        assertThatOpen(account.intents.open(), 3);
        assertThat(completed()).containsExactly(1L, 2L);
    }

    @Test
    void a_clear_answer_between_lost_ones_lets_the_run_go_on() {
        amocrm.nextWrite(amocrm::doneUnheard)
                .nextWrite(amocrm::doneUnheard)
                .nextWrite(amocrm::carryOut)
                .nextWrite(amocrm::doneUnheard)
                .nextWrite(amocrm::doneUnheard);
        write(newDeals(1, 5));
        assertThat(completed()).containsExactly(1L, 2L, 3L, 4L, 5L);
        assertThat(amocrm.deals()).isEqualTo(5);
    }

    @Test
    void only_the_failed_request_is_repeated_while_amocrm_is_away_and_attempts_are_counted_for_each() {
        for (int batch = 1; batch <= 2; batch++) {
            for (int attempt = 1; attempt <= 6; attempt++) {
                amocrm.nextWrite(amocrm::away);
            }
            amocrm.nextWrite(amocrm::carryOut);
        }
        write(newDeals(1, 2));
        assertThat(amocrm.requests()).hasSize(14).containsOnly("POST /api/v4/leads/complex (1 items)");
        assertThat(amocrm.deals()).isEqualTo(2);
        assertThat(completed()).containsExactly(1L, 2L);
    }

    @Test
    void attempts_that_an_earlier_request_of_the_run_took_do_not_count() {
        amocrm.nextWrite(amocrm::away).nextWrite(amocrm::away);
        WriteBuffer buffer = newDeals(1, 1);
        template.requestBodyAndHeaders(
                "direct:write", buffer, Map.of(Exchange.REDELIVERY_COUNTER, 6, Exchange.REDELIVERED, true));
        assertThat(completed()).containsExactly(1L);
    }

    @Test
    void a_listing_and_a_look_are_repeated_too() {
        amocrm.hold(500, 101, 7);
        amocrm.nextWrite(amocrm::doneUnheard);
        amocrm.nextRead("contacts", amocrm::away).nextRead("leads/500", amocrm::away);
        WriteBuffer buffer = account.buffer(1);
        buffer.add(Decided.newDealWithContact(1, 1));
        buffer.add(Decided.changedDeal(Fixtures.deal(500).holding(7).build(), 7, "Осмотр"));
        write(buffer);
        assertThat(amocrm.requests())
                .containsExactly(
                        "POST /api/v4/leads/complex (1 items)",
                        LEADS,
                        CONTACTS,
                        ONE_LEAD,
                        ONE_LEAD,
                        "PATCH /api/v4/leads (1 items)");
        assertThat(completed()).containsExactly(1L, 7L);
    }

    @Test
    void a_run_that_lost_its_lock_while_a_creation_was_on_its_way_ends_and_names_it() {
        amocrm.beforeWrites(account::takeOver);
        WriteBuffer buffer = newDeals(1, 2);
        assertThatThrownBy(() -> write(buffer))
                .hasCauseInstanceOf(LockLostException.class)
                .cause()
                .hasMessageContaining("all the same: reception 1: deal 1001");
        assertThat(amocrm.requests()).containsExactly("POST /api/v4/leads/complex (1 items)");
    }

    @Test
    void a_run_that_lost_its_lock_before_sends_nothing() {
        account.takeOver();
        WriteBuffer buffer = newDeals(1, 1);
        assertThatThrownBy(() -> write(buffer)).hasCauseInstanceOf(LockLostException.class);
        assertThat(amocrm.requests()).isEmpty();
    }

    @Test
    void a_move_whose_answer_was_lost_and_that_happened_is_on_record_and_not_sent_again() {
        amocrm.hold(500, 101, 7);
        amocrm.nextWrite(amocrm::doneUnheard);
        WriteBuffer buffer = account.buffer(1);
        buffer.add(Decided.changedDeal(Fixtures.deal(500).holding(7).build(), 7, 100L, 105L, Map.of()));
        write(buffer);
        assertThat(amocrm.requests()).containsExactly(ONE_LEAD, "PATCH /api/v4/leads (1 items)", ONE_LEAD);
        assertThat(account.delivered(7).stage()).isEqualTo(105);
        assertThat(account.intents.open().isEmpty()).isTrue();
        assertThat(account.completed).singleElement().matches(Delivery::isOutdated);
    }

    @Test
    void when_amocrm_stays_away_during_the_search_for_creations_the_run_ends_with_the_reason() {
        amocrm.nextWrite(amocrm::doneUnheard);
        for (int attempt = 1; attempt <= 8; attempt++) {
            amocrm.nextRead("leads", amocrm::away);
        }
        WriteBuffer buffer = newDeals(1, 2);
        assertThatThrownBy(() -> write(buffer)).hasCauseInstanceOf(AmocrmException.Transient.class);
        assertThat(amocrm.requests()).containsExactly("POST /api/v4/leads/complex (1 items)", LEADS);
        assertThat(account.completed).isEmpty();
        assertThatOpen(account.intents.open(), 1);
    }

    @Test
    void when_amocrm_stays_away_the_run_ends_with_the_reason_and_the_creation_stays_on_record() {
        for (int attempt = 1; attempt <= 8; attempt++) {
            amocrm.nextWrite(amocrm::away);
        }
        WriteBuffer buffer = newDeals(1, 2);
        assertThatThrownBy(() -> write(buffer)).hasCauseInstanceOf(AmocrmException.Transient.class);
        assertThat(amocrm.requests()).as("one request and six repetitions").hasSize(7);
        assertThat(account.completed).isEmpty();
        assertThatOpen(account.intents.open(), 1);
    }
}
