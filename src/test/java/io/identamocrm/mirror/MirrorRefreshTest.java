package io.identamocrm.mirror;

import static io.identamocrm.mirror.ListedAccount.READER;
import static io.identamocrm.model.Fixtures.FOREIGN_PIPELINE;
import static io.identamocrm.model.Fixtures.FOREIGN_STAGE;
import static io.identamocrm.model.Fixtures.contact;
import static io.identamocrm.model.Fixtures.deal;
import static io.identamocrm.model.Fixtures.delivered;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.identamocrm.amocrm.AmocrmException;
import io.identamocrm.amocrm.AmocrmRequest;
import io.identamocrm.amocrm.AmocrmRequest.Entity;
import io.identamocrm.amocrm.EntityReader;
import io.identamocrm.model.ContactField;
import io.identamocrm.model.Deal;
import io.identamocrm.model.DealField;
import io.identamocrm.model.Fingerprint;
import io.identamocrm.model.OwnContact;
import io.identamocrm.model.Sent;
import io.identamocrm.model.Status;
import io.identamocrm.state.Changes;
import io.identamocrm.state.LockLostException;
import io.identamocrm.state.LocksForTests;
import io.identamocrm.state.Memory;
import io.identamocrm.state.RedisForTests;
import io.identamocrm.state.WriteLock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The mirror follows the account: what is known afterwards, what is forgotten, and what is remembered of it. */
class MirrorRefreshTest {

    /** amoCRM's clock at the first refresh, and a time long before it. */
    private static final long FIRST = 100_000;

    private static final long LONG_AGO = 1_000;

    @RegisterExtension
    private final RedisForTests redis = new RedisForTests();

    private final Mirror mirror = new Mirror(
            redis.client(),
            redis.keys()::of,
            deal -> deal.pipelineId() != FOREIGN_PIPELINE,
            deal -> deal.stageId() != 142);
    private final Memory memory = new Memory(redis.client(), redis.keys());
    private final LocksForTests locks = new LocksForTests(redis);
    private final WriteLock lock = locks.held();
    private final ListedAccount account = new ListedAccount(FIRST);

    private MirrorRefresh changes() {
        return MirrorRefresh.ofChanges(mirror, READER, memory, lock);
    }

    private MirrorRefresh everything() {
        return MirrorRefresh.ofEverything(mirror, READER, memory, lock, false);
    }

    private void putDeals(long from, long to, long updatedAt) {
        LongStream.rangeClosed(from, to)
                .forEach(id -> account.put(deal(id).holding(id).updatedAt(updatedAt)));
    }

    private void commit(Consumer<Changes> change) {
        Changes changes = new Changes();
        change.accept(changes);
        lock.commit(changes);
    }

    private void assertThatAllIsKnown() {
        List<Deal> deals = new ArrayList<>();
        mirror.forEachDeal(deals::add);
        assertThat(deals).containsExactlyInAnyOrderElementsOf(account.deals().values());
        assertThat(mirror.contacts(account.contacts().keySet())).isEqualTo(account.contacts());
        assertThat(mirror.contactCount()).isEqualTo(account.contacts().size());
    }

    /** Answers all requests, but for what somebody does before they are answered. */
    private void answerAll(MirrorRefresh refresh, Consumer<AmocrmRequest> before) {
        while (refresh.hasNext()) {
            AmocrmRequest request = refresh.next();
            before.accept(request);
            refresh.aggregate(account.answer(request));
        }
    }

    private void answerOne(MirrorRefresh refresh) {
        refresh.aggregate(account.answer(refresh.next()));
    }

    private static boolean asksById(AmocrmRequest request) {
        return request.path().matches(".*/\\d+") || request.query().contains("filter[id]");
    }

    @Test
    void everything_that_amocrm_holds_is_known_after_a_listing_of_everything() {
        putDeals(1, 600, LONG_AGO);
        account.put(deal(601).in(FOREIGN_PIPELINE, FOREIGN_STAGE).ofNumber("N1").linkedTo(60L));
        account.put(
                contact(60).ofPatient(11).withPhones("+79123456789"),
                contact(61).named(null));
        account.answerAll(everything());
        assertThatAllIsKnown();
        assertThat(mirror.newestDealsOf(List.of(1L, 600L))).isEqualTo(Map.of(1L, 1L, 600L, 600L));
        assertThat(mirror.newestContactsOf(List.of(11L))).isEqualTo(Map.of(11L, 60L));
    }

    @Test
    void a_short_run_goes_first_between_two_pages_and_what_it_writes_is_known_too() throws Exception {
        putDeals(1, 1_200, LONG_AGO);
        account.answerAll(everything());
        MirrorRefresh background = MirrorRefresh.ofEverything(mirror, READER, memory, lock, true);
        answerOne(background);
        assertThat(background.hasNext()).as("nobody waits").isTrue();
        WriteLock shortRun = locks.waiting();
        answerOne(background);
        assertThat(background.hasNext()).as("somebody waits").isFalse();
        assertThat(background.isUnderWay()).isTrue();

        lock.release();
        shortRun.acquire(false);
        account.put(
                deal(7).holding(7).updatedAt(FIRST + 1),
                deal(1_201).holding(1_201).updatedAt(FIRST + 1));
        MirrorRows.store(
                mirror,
                shortRun,
                List.of(account.deals().get(7L), account.deals().get(1_201L)),
                List.of());
        shortRun.release();
        lock.acquire(true);

        background.goOn();
        account.setNow(FIRST + 30);
        account.answerAll(background);
        assertThat(background.isUnderWay()).isFalse();
        assertThatAllIsKnown();
    }

    @Test
    void nobody_goes_first_while_rows_are_missing_that_others_decide_on() throws Exception {
        lock.setMirrorWhole(false);
        putDeals(1, 1_200, LONG_AGO);
        MirrorRefresh first = MirrorRefresh.ofEverything(mirror, READER, memory, lock, true);
        locks.waiting();
        account.answerAll(first);
        assertThat(first.isUnderWay()).isFalse();
        assertThatAllIsKnown();
    }

    @Test
    void an_empty_account_is_known_to_be_empty() {
        account.answerAll(everything());
        assertThatAllIsKnown();
        account.answerAll(changes());
        assertThatAllIsKnown();
    }

    @Test
    void an_empty_account_is_doubted_only_where_rows_are_known() {
        List<AmocrmRequest> asked = new ArrayList<>();
        answerAll(everything(), asked::add);
        assertThat(asked).as("two orders of each kind").hasSize(4);
        putDeals(1, 3, LONG_AGO);
        account.put(contact(60).updatedAt(LONG_AGO));
        account.answerAll(everything());
        account.deals().keySet().clear();
        account.contacts().keySet().clear();
        asked.clear();
        answerAll(everything(), asked::add);
        assertThat(asked.stream().filter(MirrorRefreshTest::asksById).map(AmocrmRequest::path))
                .anyMatch(path -> path.contains("/leads"))
                .anyMatch(path -> path.contains("/contacts"));
        assertThat(mirror.dealCount() + mirror.contactCount()).isZero();
    }

    @Test
    void later_it_is_enough_to_list_what_has_changed() {
        putDeals(1, 600, LONG_AGO);
        account.put(
                contact(60).withPhones("+79123456789").updatedAt(LONG_AGO),
                contact(61).updatedAt(LONG_AGO));
        account.answerAll(everything());
        account.put(
                deal(5).holding(1_005).updatedAt(FIRST + 30),
                deal(601).holding(601).linkedTo(60L).updatedAt(FIRST + 40));
        account.put(contact(60).ofPatient(11).updatedAt(FIRST + 50));
        account.setNow(FIRST + 60);
        account.answerAll(changes());
        assertThatAllIsKnown();
        assertThat(mirror.newestDealsOf(List.of(5L, 1_005L, 601L))).isEqualTo(Map.of(1_005L, 5L, 601L, 601L));
    }

    @Test
    void each_kind_goes_on_from_the_second_up_to_which_it_was_listed_itself() {
        putDeals(1, 1, LONG_AGO);
        MirrorRefresh refresh = everything();
        answerAll(refresh, request -> account.setNow(request.path().endsWith("/leads") ? FIRST : FIRST + 60));
        assertThat(mirror.fact("listed-until:leads")).isEqualTo(Long.toString(FIRST - Listing.LAG_SECONDS));
        assertThat(mirror.fact("listed-until:contacts")).isEqualTo(Long.toString(FIRST + 60 - Listing.LAG_SECONDS));
    }

    @Test
    void it_waits_as_long_as_its_listing_asks_for() {
        putDeals(1, 300, FIRST);
        MirrorRefresh refresh = everything();
        long waited = 0;
        while (refresh.hasNext()) {
            long pause = refresh.pause();
            waited += pause;
            account.setNow(FIRST + waited / 1_000);
            answerOne(refresh);
        }
        assertThat(waited)
                .as("more deals than a page in a second that is not over")
                .isPositive();
        assertThatAllIsKnown();
    }

    @Test
    void a_row_read_anew_keeps_what_we_remember_beside_it() {
        Sent midnight = Sent.of("#noon", FIRST + 1, null);
        account.put(deal(70).holding(42).updatedAt(LONG_AGO));
        account.answerAll(everything());
        MirrorRows.store(
                mirror,
                lock,
                List.of(deal(70).holding(42)
                        .holding(DealField.RECEPTION_DATE, "noon")
                        .updatedAt(FIRST + 1)
                        .sentInVain(DealField.RECEPTION_DATE, midnight)
                        .sentInVain(DealField.RECEPTION_ID, Sent.of("#42", FIRST + 1, null))
                        .build()),
                List.of());
        account.put(deal(70).holding(42)
                .holding(DealField.RECEPTION_DATE, "midnight")
                .updatedAt(FIRST + 1));
        account.setNow(FIRST + 60);
        account.answerAll(changes());
        assertThat(mirror.deals(List.of(70L)).get(70L).sent())
                .isEqualTo(Map.of(DealField.RECEPTION_DATE, midnight.readAs("#midnight", FIRST + 1)));
    }

    @Test
    void a_run_that_has_lost_its_lock_stops_at_the_next_page() throws Exception {
        putDeals(1, 600, LONG_AGO);
        MirrorRefresh refresh = everything();
        locks.timing().pass(LocksForTests.LOCK);
        locks.process().of("another", null).acquire(false);
        AmocrmRequest request = refresh.next();
        assertThatThrownBy(() -> refresh.aggregate(account.answer(request))).isInstanceOf(LockLostException.class);
    }

    @Test
    void a_listing_that_breaks_off_forgets_nothing_and_the_next_one_misses_nothing() {
        putDeals(1, 300, LONG_AGO);
        account.answerAll(everything());
        account.delete(Entity.LEADS, 1);
        account.put(deal(2).holding(1_002).updatedAt(FIRST + 10), deal(301).updatedAt(FIRST + 10));
        account.put(contact(60).updatedAt(FIRST + 10));
        account.setNow(FIRST + 20);
        MirrorRefresh broken = everything();
        broken.aggregate(account.answer(broken.next()));
        assertThat(mirror.dealCount()).isGreaterThanOrEqualTo(300);
        account.setNow(FIRST + 5_000);
        account.answerAll(changes());
        account.delete(Entity.LEADS, 1);
        assertThat(mirror.deals(account.deals().keySet())).isEqualTo(account.deals());
        assertThat(mirror.contacts(List.of(60L))).isEqualTo(account.contacts());
    }

    // What is gone

    @Test
    void what_is_gone_is_forgotten_by_a_listing_of_everything_and_by_no_other() {
        putDeals(1, 600, LONG_AGO);
        account.put(contact(60).withPhones("+79123456789"), contact(61));
        account.answerAll(everything());
        List.of(1L, 300L, 600L).forEach(id -> account.delete(Entity.LEADS, id));
        account.delete(Entity.CONTACTS, 60);
        account.setNow(FIRST + 100);
        account.answerAll(changes());
        assertThat(mirror.deals(List.of(300L)))
                .as("a deletion tells nothing by itself")
                .isNotEmpty();
        account.answerAll(everything());
        assertThatAllIsKnown();
        assertThat(mirror.newestDealsOf(List.of(1L, 2L, 300L))).isEqualTo(Map.of(2L, 2L));
    }

    @Test
    void what_was_ours_is_remembered_as_gone_also_where_the_mirror_is_new() {
        account.put(deal(71).holding(43).updatedAt(LONG_AGO));
        account.put(contact(61).ofPatient(12).updatedAt(LONG_AGO));
        commit(changes -> {
            memory.remember(
                    changes, 42, delivered(70, Status.ARRIVED).putInto(105).build());
            memory.remember(changes, 43, delivered(71, Status.ARRIVED).build());
            memory.remember(changes, 44, delivered(0, Status.CANCELLED).build());
            memory.remember(changes, 11, new OwnContact(60, "#Анна", false));
            memory.remember(changes, 12, new OwnContact(61, null, false));
        });
        account.answerAll(everything());
        assertThat(memory.receptions(List.of(42L, 43L, 44L)))
                .isEqualTo(Map.of(
                        42L,
                        delivered(70, Status.ARRIVED).gone().build(),
                        43L,
                        delivered(71, Status.ARRIVED).build(),
                        44L,
                        delivered(0, Status.CANCELLED).build()));
        assertThat(memory.patients(List.of(11L, 12L)))
                .isEqualTo(Map.of(11L, new OwnContact(60, "#Анна", true), 12L, new OwnContact(61, null, false)));
    }

    @Test
    void what_is_remembered_as_gone_is_not_asked_for_again() {
        commit(changes -> {
            memory.remember(changes, 42, delivered(70, Status.ARRIVED).gone().build());
            memory.remember(changes, 11, new OwnContact(60, null, true));
        });
        answerAll(
                everything(),
                request -> assertThat(asksById(request)).as("%s", request).isFalse());
    }

    @Test
    void a_row_that_the_list_left_out_though_it_is_there_shows_that_the_list_is_not_to_be_believed() {
        account.put(deal(70).holding(42).updatedAt(LONG_AGO));
        account.answerAll(everything());
        account.delete(Entity.LEADS, 70);
        assertThatThrownBy(() -> answerAll(everything(), request -> {
                    if (asksById(request)) {
                        account.put(deal(70).holding(42).updatedAt(LONG_AGO));
                    }
                }))
                .isInstanceOf(AmocrmException.Ambiguous.class)
                .hasMessageContaining("leads leaves out rows that are there");
        assertThat(mirror.deals(List.of(70L))).isNotEmpty();
    }

    @Test
    void a_row_that_came_back_after_it_was_listed_is_taken() {
        account.put(deal(69).updatedAt(LONG_AGO));
        account.put(deal(70).holding(42).updatedAt(LONG_AGO));
        account.answerAll(everything());
        account.delete(Entity.LEADS, 70);
        answerAll(everything(), request -> {
            if (asksById(request)) {
                account.put(deal(70).holding(43).updatedAt(FIRST + 9));
            }
        });
        assertThat(mirror.newestDealsOf(List.of(42L, 43L))).isEqualTo(Map.of(43L, 70L));
    }

    // What was made with other settings

    private static EntityReader readerOf(String key) {
        return ListedAccount.reader(canonical -> key + canonical);
    }

    private void listWith(String setup, EntityReader reader) {
        mirror.ensureMadeWith(setup, lock);
        account.answerAll(MirrorRefresh.ofEverything(mirror, reader, memory, lock, false));
    }

    @Test
    void a_name_that_we_gave_stays_ours_when_only_the_fingerprints_key_is_another() {
        account.put(
                contact(60).ofPatient(11).named("Анна").updatedAt(LONG_AGO),
                contact(61).ofPatient(12).named("Вера").updatedAt(LONG_AGO),
                contact(62).ofPatient(13).named("Ольга").updatedAt(LONG_AGO));
        listWith("one key", readerOf("!"));
        commit(changes -> {
            memory.remember(changes, 11, new OwnContact(60, "!Анна", false));
            memory.remember(changes, 12, new OwnContact(61, "!Вера", false));
            memory.remember(changes, 13, new OwnContact(62, "!Оля", false));
        });
        account.put(contact(61).ofPatient(12).named("Вера, жена Петра").updatedAt(FIRST));
        listWith("another key", readerOf("?"));
        assertThat(memory.patients(List.of(11L, 12L, 13L)))
                .isEqualTo(Map.of(
                        11L,
                        new OwnContact(60, "?Анна", false),
                        12L,
                        new OwnContact(61, "!Вера", false),
                        13L,
                        new OwnContact(62, "!Оля", false)));
        assertThat(mirror.hasRowsOfOtherSetup()).isFalse();
    }

    @Test
    void rows_count_as_another_setups_until_the_contacts_are_listed_too() {
        account.put(deal(70).updatedAt(LONG_AGO));
        account.put(contact(60).updatedAt(LONG_AGO));
        listWith("one key", readerOf("!"));
        mirror.ensureMadeWith("another key", lock);
        MirrorRefresh refresh = MirrorRefresh.ofEverything(mirror, readerOf("?"), memory, lock, false);
        AmocrmRequest request = refresh.next();
        while (request.path().endsWith("/leads")) {
            refresh.aggregate(account.answer(request));
            request = refresh.next();
        }
        assertThat(mirror.hasRowsOfOtherSetup()).isTrue();
        refresh.aggregate(account.answer(request));
        account.answerAll(refresh);
        assertThat(mirror.hasRowsOfOtherSetup()).isFalse();
    }

    @Test
    void a_name_that_is_another_without_another_key_is_a_managers() {
        listWith("one key", readerOf("!"));
        account.put(contact(60).ofPatient(11).named("Анна").updatedAt(FIRST));
        account.answerAll(MirrorRefresh.ofEverything(mirror, readerOf("!"), memory, lock, false));
        commit(changes -> memory.remember(changes, 11, new OwnContact(60, "!Анна", false)));
        account.put(contact(60).ofPatient(11).named("Аня").updatedAt(FIRST));
        account.answerAll(MirrorRefresh.ofEverything(mirror, readerOf("!"), memory, lock, false));
        assertThat(memory.patients(List.of(11L))).isEqualTo(Map.of(11L, new OwnContact(60, "!Анна", false)));
    }

    @Test
    void nothing_but_ids_and_fingerprints_is_kept() {
        String name = "Вымышленная Анна";
        String phone = "+79123456789";
        account.put(contact(60)
                .ofPatient(11)
                .named(name)
                .withPhones(phone)
                .holding(ContactField.CITY, "Тверь")
                .holding(ContactField.SNILS, "112-233-445 95")
                .holding(ContactField.COMMENT, "боится уколов"));
        account.put(deal(70).holding(42)
                .ofNumber("Карта-17")
                .holding(DealField.DOCTOR_NAME, "Зубов")
                .linkedTo(60L));
        Fingerprint keyed = new KeyedFingerprint("a secret", "smile");
        account.answerAll(MirrorRefresh.ofEverything(mirror, ListedAccount.reader(keyed), memory, lock, false));
        assertThat(mirror.contactCount() + mirror.dealCount()).isEqualTo(2);
        assertThat(redis.contents())
                .contains("42")
                .doesNotContain("Вымышленная", "Анна", "9123456789", "Тверь", "112-233", "уколов", "Карта", "Зубов");
    }
}
