package io.identamocrm.mirror;

import static org.assertj.core.api.Assertions.assertThat;

import io.identamocrm.amocrm.AmocrmException;
import io.identamocrm.amocrm.AmocrmRequest;
import io.identamocrm.amocrm.Response;
import io.identamocrm.mirror.ListedRows.Row;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/** Whatever happens to an account between two requests of a listing, and whatever its lists are like: what the listing claims is so. */
class ListingPropertyTest {

    private static final long BEGIN = 100_000;
    private static final int ENOUGH = 5_000;

    /** How the account's lists differ from what is documented. */
    private enum Habit {
        NONE,
        FILTERS_IGNORED,
        ENDS_OF_FILTERS_IGNORED,
        ORDER_IGNORED,
        LIMIT_IGNORED,
        FILTERS_AND_LIMIT_IGNORED,
        LAG
    }

    /**
     * What a listing meets.
     *
     * @param seconds for each row that is there at first, how long ago it was changed last
     * @param future  rows dated far in the future
     * @param since   how long ago the listing before it closed; 0 = there was none
     * @param known   true if rows are known from elsewhere, where there are any
     * @param page    rows per page
     * @param habit   of the account
     * @param story   what happens, one before each request, as kind (the remainder by 16) and what it happens to
     */
    private record World(
            List<Integer> seconds, int future, int since, boolean known, int page, Habit habit, List<Integer> story) {}

    @Provide
    Arbitrary<World> worlds() {
        Arbitrary<List<Integer>> seconds = Arbitraries.oneOf(
                        Arbitraries.integers().between(0, 6),
                        Arbitraries.integers().between(0, 300))
                .list()
                .ofMaxSize(90);
        return Combinators.combine(
                        seconds,
                        Arbitraries.of(0, 0, 0, 1, 3),
                        Arbitraries.of(0, 0, 1, 3, 20, 100),
                        Arbitraries.of(true, false),
                        Arbitraries.integers().between(4, 12),
                        Arbitraries.of(Habit.class),
                        story())
                .as(World::new);
    }

    private static Arbitrary<List<Integer>> story() {
        Arbitrary<Integer> calm = Arbitraries.integers().between(0, 11 * 16).filter(event -> event % 16 < 11);
        Arbitrary<Integer> any = Arbitraries.integers().between(0, 100 * 16);
        return Arbitraries.oneOf(
                calm.list().ofMaxSize(60), any.list().ofMaxSize(60), any.list().ofMaxSize(8));
    }

    @Property(tries = 1_500, edgeCases = EdgeCasesMode.NONE)
    void what_a_listing_claims_is_so(@ForAll("worlds") World world) {
        Play play = new Play(world);
        try {
            play.play();
        } catch (AmocrmException.Ambiguous unclear) {
            assertThat(play.mayBeUnclear())
                    .as("%s: %s", unclear.getMessage(), play.told)
                    .isTrue();
            return;
        }
        play.check();
    }

    @Property(tries = 40, edgeCases = EdgeCasesMode.NONE)
    void a_listing_costs_a_request_for_each_page_and_a_few(
            @ForAll @IntRange(max = 1_500) int rows,
            @ForAll @IntRange(min = 1, max = 50) int inEachSecond,
            @ForAll @IntRange(max = 3) int changes,
            @ForAll boolean filtersIgnored) {
        ListedRows account = new ListedRows(BEGIN);
        if (filtersIgnored) {
            account.ignoringFilters();
        }
        for (int row = 0; row < rows; row++) {
            account.createAt(BEGIN - 10_000 + row / inEachSecond);
        }
        Listing<Row> listing = account.listing(0, () -> true, some -> {});
        int requests = 0;
        for (; listing.hasNext(); requests++) {
            account.pass(1);
            for (int change = 1; change <= changes; change++) {
                account.change(rows / change);
                account.delete(requests * 7L + change);
                account.create();
            }
            listing.aggregate(account.answer(listing.next()));
        }
        // What pages have in common: a second's rows, or what they reach over each other.
        int newOnEachPage = AmocrmRequest.PAGE_LIMIT - (filtersIgnored ? 130 : inEachSecond);
        assertThat(requests).isLessThanOrEqualTo(rows / newOnEachPage + (rows < 250 ? 10 : 5));
    }

    /** One listing of one account. */
    private static final class Play {
        private final World world;
        private final ListedRows account = new ListedRows(BEGIN);
        private final Map<Long, Row> handed = new HashMap<>();
        private final Set<Long> throughout;
        private final Iterator<Integer> story;
        private final List<String> told = new ArrayList<>();
        private final Listing<Row> listing;
        private final long from;
        private final int untouched;
        /** What the account held when it gave its last answer. */
        private List<Row> asAnsweredLast = List.of();

        private boolean odd;
        private boolean everOdd;

        Play(World world) {
            this.world = world;
            // Whether an order is kept shows by rows that are not in it.
            untouched = world.habit() == Habit.ORDER_IGNORED ? 2 : 0;
            for (int row = 0; row < untouched; row++) {
                account.createAt(BEGIN - 1_000 + row);
            }
            world.seconds().stream()
                    .sorted((one, other) -> other - one)
                    .forEach(second -> account.createAt(BEGIN - second));
            account.createAt(BEGIN + 1_000_000, world.future());
            account.withPagesOf(world.page());
            switch (world.habit()) {
                case FILTERS_IGNORED -> account.ignoringFilters();
                case ENDS_OF_FILTERS_IGNORED -> account.ignoringEndsOfFilters();
                case ORDER_IGNORED -> account.ignoringOrder();
                case LIMIT_IGNORED -> account.withPagesOf(world.page() / 2).ignoringLimit();
                case FILTERS_AND_LIMIT_IGNORED ->
                    account.ignoringFilters().withPagesOf(world.page() / 2).ignoringLimit();
                case LAG -> account.laggingBehind(Listing.LAG_SECONDS);
                default -> {}
            }
            throughout = new HashSet<>(account.rows().keySet());
            boolean known = world.known() && !throughout.isEmpty();
            story = world.story().iterator();
            from = world.since() == 0 ? 0 : BEGIN - world.since() - Listing.LAG_SECONDS;
            listing = account.listing(
                    from, () -> known, rows -> rows.forEach(row -> handed.put(row.id(), row)), world.page());
        }

        void play() {
            int requests = 0;
            while (listing.hasNext()) {
                long pause = listing.pause();
                account.pass((pause + 999) / 1_000);
                AmocrmRequest request = listing.next();
                told.add(ListedRows.text(request));
                listing.aggregate(answer(request));
                assertThat(++requests).as("requests").isLessThan(ENOUGH);
            }
        }

        private Response.Usable answer(AmocrmRequest request) {
            int event = story.hasNext() ? story.next() : 0;
            int what = event / 16;
            boolean oddBefore = odd;
            odd = false;
            happen(event % 16, what);
            asAnsweredLast = List.copyOf(account.rows().values());
            Response.Usable answer = account.answer(request);
            return event % 16 < 11 || oddBefore ? answer : odd(event % 16, what, answer);
        }

        private void happen(int kind, int what) {
            switch (kind) {
                case 1 -> account.pass(1);
                case 2 -> account.pass(what % 7);
                case 3 -> delete(what);
                case 4 -> {
                    for (int i = 0; i < what % 6; i++) {
                        delete(what);
                    }
                }
                case 5, 6 -> change(what);
                case 7 -> account.create();
                case 8 -> {
                    delete(what);
                    change(what + 1);
                }
                case 9 -> account.createAt(account.now(), what % 30);
                case 10 -> {
                    for (int i = 0; i < what % 12; i++) {
                        change(what + i);
                    }
                }
                default -> {}
            }
        }

        private Response.Usable odd(int kind, int what, Response.Usable answer) {
            if (kind == 11) {
                // It was on its way for long.
                account.pass(what % 20);
                change(what);
                delete(what + 1);
                return answer instanceof Response.Success success
                        ? new Response.Success(success.body(), Instant.ofEpochSecond(account.now()))
                        : account.nothing();
            }
            odd = true;
            everOdd = true;
            boolean rows = !answer.body().isMissingNode();
            return switch (kind) {
                case 12 -> account.nothing();
                case 13 -> rows ? account.withoutList() : answer;
                case 14 -> account.emptyWithNext();
                default -> rows && untouched == 0 ? account.cut(answer) : answer;
            };
        }

        private Long pick(int what) {
            List<Long> ids = account.rows().keySet().stream().skip(untouched).toList();
            return ids.isEmpty() ? 0L : ids.get(what % ids.size());
        }

        private void change(int what) {
            account.change(pick(what));
        }

        private void delete(int what) {
            Long id = pick(what);
            account.delete(id);
            throughout.remove(id);
        }

        /** Without odd answers only where two passes are waited for that agree, or where no row shows. */
        boolean mayBeUnclear() {
            return everOdd
                    || world.habit() == Habit.ORDER_IGNORED
                    || world.habit() == Habit.LAG
                    || world.future() >= world.page() / 2
                    || account.rows().isEmpty();
        }

        void check() {
            assertThat(listing.closedUntil())
                    .as("%s", told)
                    .isGreaterThanOrEqualTo(from)
                    .isLessThanOrEqualTo(account.now());
            assertThatAreHanded(account.rows().values(), listing.closedUntil());
            boolean shownAtOnce = world.habit() != Habit.LAG
                    && world.habit() != Habit.ORDER_IGNORED
                    && world.future() < world.page() / 2;
            if (shownAtOnce && listing.closedUntil() > 0) {
                assertThatAreHanded(asAnsweredLast, Long.MAX_VALUE);
            }
            if (from == 0 && world.habit() != Habit.LAG && listing.closedUntil() > 0) {
                assertThat(listing.seen()).as("%s", told).containsAll(throughout);
            }
        }

        private void assertThatAreHanded(Collection<Row> rows, long until) {
            rows.stream()
                    .filter(row -> row.updatedAt() > from && row.updatedAt() <= until)
                    .forEach(row -> assertThat(handed.get(row.id()))
                            .as("closed until %s, %s", listing.closedUntil(), told)
                            .isEqualTo(row));
        }
    }
}
