package io.identamocrm.mirror;

import com.fasterxml.jackson.databind.JsonNode;
import io.identamocrm.amocrm.AmocrmException;
import io.identamocrm.amocrm.AmocrmRequest;
import io.identamocrm.amocrm.AmocrmRequest.Entity;
import io.identamocrm.amocrm.RequestSequence;
import io.identamocrm.amocrm.Response;
import io.identamocrm.mirror.ListPage.Row;
import io.identamocrm.model.Text;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lists what amoCRM holds of one kind, all of it or what has changed, with proof that nothing slipped through while rows were changed,
 * created and deleted.
 *
 * <p>From below, everything up to a second is <em>covered</em>: listed as it is. The first page from there on, by ascending time of change,
 * covers all before its last second: it is the beginning of the list, and what changes later moves behind it. From above, the first page
 * by descending time of change holds everything after its last second. Once it reaches down to what is covered, everything that amoCRM
 * held at that moment has been listed; this ends every listing, and mostly is its only request. A short page is no proof of anything,
 * since answers come cut and empty pages where rows are: only the two meeting is.
 *
 * <p>More rows of one second than a page holds are listed by id ({@link IdWalk}); so is everything where that and the following fail.
 * Where the account ignores filters, the way down goes on in pages that reach over each other ({@link ChangeWalk}). Where it does not keep
 * to the order asked for, or more than a page of rows is dated in the future, everything is listed until two passes agree.
 *
 * <p>What is not proven: rows restored while ids are walked through; rows hidden by lists that lag behind more than {@value #LAG_SECONDS}
 * seconds; an account that keeps to no order, but whose first page happens to be in it; two answers in a row that are empty, or cut to the
 * same rows of one second, in an account of which nothing else is known.
 *
 * @param <T> the rows
 */
public final class Listing<T> implements RequestSequence {

    /** Lists may lag behind writes, and amoCRM's machines have clocks of their own; nobody states by how much. */
    static final long LAG_SECONDS = 5;

    private static final Logger LOG = LoggerFactory.getLogger(Listing.class);
    private static final int TRIES = 3;
    private static final int ROUNDS = 6;
    private static final int PASSES = 5;
    private static final int MOST_REQUESTS = 100_000;
    private static final long PAUSE_MILLIS = 1_000;

    private final Entity entity;
    private final Function<JsonNode, T> reader;
    private final ToLongFunction<T> id;
    private final ToLongFunction<T> updatedAt;
    private final long from;
    private final BooleanSupplier knowsRows;
    private final LongSupplier nanos;
    private final Consumer<List<T>> sink;
    private final int limit;

    private final Set<Long> seen = new HashSet<>();
    private @Nullable Step step;
    private AmocrmRequest request;
    private long askedAt;
    private long pauseMillis;
    private int requests;
    private int oddAnswers;
    private boolean anyRow;
    private boolean filterIgnored;
    private long settled;
    private long shown;
    /** Every row that was changed last in this second or before, and after {@link #from}, has been listed as it is. */
    private long covered;
    /** The same, even if lists lag behind. */
    private long surelyCovered;

    private long coveredBefore = -1;
    private int idleRounds;
    private int emptyTops;
    private boolean showedNothing;
    private int walksAnew;
    private long closedUntil;

    /**
     * A listing to be walked through: {@link #next()}, ask amoCRM, {@link #aggregate}, until {@link #hasNext()} is false.
     *
     * @param entity    what is listed
     * @param reader    reads a row
     * @param id        a row's id
     * @param updatedAt the Unix second of its last change
     * @param from      {@link #closedUntil()} of the listing before it; 0 = list everything
     * @param knowsRows tells whether rows are known from elsewhere, so that an empty account is doubted
     * @param nanos     a clock that only goes on, in nanoseconds: rows may change while an answer is on its way
     * @param sink      takes the rows, page by page; a row may come several times, each time as it is then
     */
    public Listing(
            Entity entity,
            Function<JsonNode, T> reader,
            ToLongFunction<T> id,
            ToLongFunction<T> updatedAt,
            long from,
            BooleanSupplier knowsRows,
            LongSupplier nanos,
            Consumer<List<T>> sink) {
        this(entity, reader, id, updatedAt, from, knowsRows, nanos, sink, AmocrmRequest.PAGE_LIMIT);
    }

    /** With smaller pages than amoCRM's. */
    Listing(
            Entity entity,
            Function<JsonNode, T> reader,
            ToLongFunction<T> id,
            ToLongFunction<T> updatedAt,
            long from,
            BooleanSupplier knowsRows,
            LongSupplier nanos,
            Consumer<List<T>> sink,
            int limit) {
        this.entity = entity;
        this.reader = reader;
        this.id = id;
        this.updatedAt = updatedAt;
        this.from = from;
        this.knowsRows = knowsRows;
        this.nanos = nanos;
        this.sink = sink;
        this.limit = limit;
        covered = from;
        surelyCovered = from;
        Step first = from == 0 ? new Ascent() : new Top(null);
        step = first;
        request = first.request();
    }

    @Override
    public boolean hasNext() {
        return step != null;
    }

    private Step step() {
        return Objects.requireNonNull(step, "everything is listed");
    }

    @Override
    public long pause() {
        long pause = pauseMillis;
        pauseMillis = 0;
        return pause;
    }

    @Override
    public AmocrmRequest next() {
        if (++requests > MOST_REQUESTS) {
            throw unclear(MirrorText.ENDLESS.with(entity.embedded()), null);
        }
        askedAt = nanos.getAsLong();
        request = step().request();
        return request;
    }

    @Override
    public void aggregate(Response.Usable answer) {
        ListPage page =
                answer.match(this::page, this::empty, this::refused, this::refused, Response.NotSent::unexpected);
        if (page != null) {
            oddAnswers = 0;
            step = step().take(page);
        } else if (++oddAnswers == TRIES) {
            throw unclear(MirrorText.NO_LIST.with(request), answer);
        }
    }

    private @Nullable ListPage page(Response.Success done) {
        JsonNode list = done.body().path("_embedded").path(entity.embedded());
        boolean announcesNext = done.body().path("_links").has("next");
        if (!list.isArray() || list.isEmpty() && announcesNext) {
            LOG.warn("amoCRM answers {} without its rows; asking again", request);
            return null;
        }
        List<Row> all = new ArrayList<>();
        List<T> rows = new ArrayList<>();
        list.forEach(json -> {
            T row = reader.apply(json);
            all.add(new Row(id.applyAsLong(row), updatedAt.applyAsLong(row)));
            if (!json.path("is_deleted").asBoolean()) {
                rows.add(row);
            }
        });
        if (from == 0) {
            rows.forEach(row -> seen.add(id.applyAsLong(row)));
        }
        anyRow |= !all.isEmpty();
        sink.accept(rows);
        return page(all, announcesNext, done.serverTime());
    }

    private ListPage empty(Response.NoContent answer) {
        return page(List.of(), false, answer.serverTime());
    }

    private ListPage refused(Response answer) {
        throw new IllegalStateException(request + " was refused: " + answer);
    }

    private ListPage page(List<Row> rows, boolean announcesNext, Instant serverTime) {
        // What it shows may be as old as the question; a row dated in the future tells nothing of amoCRM's clock.
        long at = serverTime.getEpochSecond() + Math.floorDiv(askedAt - nanos.getAsLong(), TimeUnit.SECONDS.toNanos(1));
        long newest = rows.stream()
                .mapToLong(Row::updatedAt)
                .filter(second -> second <= at + LAG_SECONDS)
                .max()
                .orElse(0);
        settled = Math.max(settled, Math.max(at, newest) - 1);
        shown = Math.max(shown, at - LAG_SECONDS);
        return new ListPage(rows, announcesNext, announcesNext || rows.size() >= limit, settled, shown);
    }

    /**
     * True if the list is empty, time and again, though rows are known: whether those are gone is to be asked by id. Only after the
     * listing has ended.
     */
    public boolean showedNothing() {
        return showedNothing;
    }

    /** After the last request: everything that was changed last in this Unix second or before has been listed as it is. */
    public long closedUntil() {
        return closedUntil;
    }

    /**
     * The ids listed, if everything was to be: every row that was there throughout is among them. Empty though rows are known if amoCRM
     * insisted that it holds none; {@link #closedUntil()} is 0 then.
     */
    public Set<Long> seen() {
        return Collections.unmodifiableSet(seen);
    }

    /** What was changed after what is covered and up to this second is listed, too, as it was at this answer. */
    private void cover(long upTo, ListPage answer) {
        long second = Math.min(upTo, answer.settled());
        if (surelyCovered == covered) {
            // Else earlier answers may have hidden something, which this one does not make up for.
            surelyCovered = Math.max(surelyCovered, Math.min(second, answer.shown()));
        }
        covered = Math.max(covered, second);
    }

    /** Everything is listed as it was at this answer. */
    private void coverAll(ListPage answer) {
        covered = Math.max(covered, answer.settled());
        surelyCovered = Math.max(surelyCovered, Math.min(answer.settled(), answer.shown()));
    }

    /** Always null: there is no next step. */
    private @Nullable Step finish(long second) {
        closedUntil = Math.max(from, second);
        return null;
    }

    private AmocrmException unclear(Text what, @Nullable Response answer) {
        return new AmocrmException.Ambiguous(what, MirrorText.LISTS_ANEW, answer);
    }

    private AmocrmException contradictory() {
        return unclear(MirrorText.CONTRADICTORY.with(entity.embedded()), null);
    }

    private Step walkAnew(long second) {
        if (++walksAnew == ROUNDS) {
            throw contradictory();
        }
        pauseMillis = PAUSE_MILLIS;
        return new ById(second);
    }

    /** A part of the proof. */
    private interface Step {

        AmocrmRequest request();

        /** Returns what is done after this answer; null = all is done. */
        @Nullable
        Step take(ListPage page);
    }

    /** From what is covered upwards: the first page of the rest, again and again. */
    private final class Ascent implements Step {

        @Override
        public AmocrmRequest request() {
            return AmocrmRequest.pageByChangeFrom(entity, covered + 1);
        }

        @Override
        public Step take(ListPage page) {
            if (!page.isIn(ListPage.BY_CHANGE)) {
                return new Passes();
            }
            if (page.isEmpty()) {
                return new Top(page);
            }
            if (page.first().updatedAt() <= covered) {
                filterIgnored = true;
                return new Top(null);
            }
            long before = covered;
            cover(page.last().updatedAt() - 1, page);
            if (!page.full()) {
                return new Top(page);
            }
            return covered > before
                    ? this
                    : page.last().updatedAt() == covered + 1 ? new ById(covered + 1) : new Top(null);
        }
    }

    /** The last changes: they end the listing if they reach down to what is covered. */
    private final class Top implements Step {
        /** The page with which the ascent said that it was at its end; null if it has not said so. */
        private final @Nullable ListPage end;

        Top(@Nullable ListPage end) {
            this.end = end;
        }

        @Override
        public AmocrmRequest request() {
            return AmocrmRequest.pageByChange(entity, 1);
        }

        @Override
        public @Nullable Step take(ListPage page) {
            if (!page.isIn(ListPage.BY_CHANGE.reversed())) {
                return new Passes();
            }
            if (page.isEmpty()) {
                return nothing(page);
            }
            emptyTops = 0;
            long lowest = page.last().updatedAt();
            if (lowest <= covered) {
                return finish(lowest <= surelyCovered ? page.shown() : surelyCovered);
            }
            if (isAllFromBelow(page)) {
                return finish(lowest - 1 <= surelyCovered ? page.shown() : surelyCovered);
            }
            // Below a page of rows dated in the future no change shows.
            return page.full() && lowest > page.settled() + 1 + LAG_SECONDS ? new Passes() : goOn(page);
        }

        /** Both say that they are the end of the list, from below and from above, and hold the same. */
        private boolean isAllFromBelow(ListPage page) {
            return end != null && !page.full() && Set.copyOf(end.rows()).equals(Set.copyOf(page.rows()));
        }

        private Step goOn(ListPage page) {
            idleRounds = covered > coveredBefore ? 0 : idleRounds + 1;
            coveredBefore = covered;
            if (idleRounds == ROUNDS) {
                throw contradictory();
            }
            if (idleRounds > 0) {
                pauseMillis = PAUSE_MILLIS;
            }
            if (filterIgnored) {
                return new Descent(page);
            }
            return end != null && !end.isEmpty() && end.last().updatedAt() == covered + 1
                    ? new ById(covered + 1)
                    : new Ascent();
        }

        /** No rows at all, or an empty page in their place. */
        private @Nullable Step nothing(ListPage page) {
            boolean known = anyRow || knowsRows.getAsBoolean();
            if (!known && end != null && end.isEmpty()) {
                return finish(page.shown());
            }
            if (known && ++emptyTops == TRIES) {
                if (anyRow) {
                    throw unclear(MirrorText.LISTS_NOTHING.with(entity.embedded()), null);
                }
                showedNothing = true;
                return finish(from);
            }
            return new Ascent();
        }
    }

    /** From the last changes down, where the account ignores filters. */
    private final class Descent implements Step {
        private final ChangeWalk walk;

        Descent(ListPage top) {
            walk = new ChangeWalk(top, limit);
        }

        @Override
        public AmocrmRequest request() {
            return AmocrmRequest.pageByChange(entity, walk.nextPage(), walk.nextSize());
        }

        @Override
        public Step take(ListPage page) {
            if (!page.isIn(ListPage.BY_CHANGE.reversed())) {
                return new Passes();
            }
            walk.take(page);
            if (walk.hasReached(covered)) {
                cover(walk.first().settled(), walk.first());
                return new Top(null);
            }
            return walk.isStuck() ? new ById(0) : this;
        }
    }

    /** By id: the rows that were changed last in one second, or all. */
    private final class ById implements Step {
        private final long second;
        private final IdWalk walk = new IdWalk();

        /** Of this Unix second; 0 = all. */
        ById(long second) {
            this.second = second;
        }

        @Override
        public AmocrmRequest request() {
            return second == 0
                    ? AmocrmRequest.pageById(entity, walk.nextPage(), walk.nextAscending())
                    : AmocrmRequest.pageOfSecond(entity, second, walk.nextPage(), walk.nextAscending());
        }

        @Override
        public Step take(ListPage page) {
            if (!page.isIn(walk.nextAscending() ? ListPage.BY_ID : ListPage.BY_ID.reversed())) {
                return new Passes();
            }
            if (second > 0 && page.rows().stream().anyMatch(row -> row.updatedAt() != second)) {
                filterIgnored = true;
                return new Top(null);
            }
            walk.take(page);
            return walk.isComplete() ? complete() : walk.isStuck() ? walkAnew(second) : this;
        }

        private Step complete() {
            if (second == 0) {
                coverAll(walk.first());
                return new Top(null);
            }
            cover(second, walk.first());
            if (covered < second) {
                // It is not over yet.
                return walkAnew(second);
            }
            walksAnew = 0;
            return new Ascent();
        }
    }

    /** Everything, in whatever order it comes, until nothing has changed from one pass to the next. */
    private final class Passes implements Step {
        private @Nullable Map<Long, Long> before;
        private long shownBefore;
        private Map<Long, Long> rows = new HashMap<>();
        private long shownAtFirst;
        private int page = 1;
        private int passes;
        private int idlePages;
        private boolean announced = anyRow;
        private boolean endTold;

        @Override
        public AmocrmRequest request() {
            return AmocrmRequest.pageById(entity, page);
        }

        @Override
        public @Nullable Step take(ListPage answer) {
            int known = rows.size();
            answer.rows().forEach(row -> rows.put(row.id(), row.updatedAt()));
            boolean goesOn = answer.isEmpty() ? announced : answer.full();
            idlePages = goesOn && rows.size() == known ? idlePages + 1 : 0;
            if (idlePages == TRIES) {
                return passAnew(null);
            }
            if (answer.isEmpty() && announced) {
                return this;
            }
            shownAtFirst = page == 1 ? answer.shown() : shownAtFirst;
            announced = answer.announcesNext();
            if (answer.full() || !endTold) {
                // The last page is asked for twice: it may have been cut.
                endTold = !answer.full();
                page += endTold ? 0 : 1;
                return this;
            }
            return rows.equals(before) ? finish(shownBefore) : passAnew(rows);
        }

        private Step passAnew(@Nullable Map<Long, Long> done) {
            if (++passes == PASSES) {
                throw contradictory();
            }
            before = done;
            shownBefore = shownAtFirst;
            rows = new HashMap<>();
            page = 1;
            endTold = false;
            idlePages = 0;
            announced = anyRow;
            return this;
        }
    }
}
