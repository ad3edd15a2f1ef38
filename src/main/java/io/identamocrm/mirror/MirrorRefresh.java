package io.identamocrm.mirror;

import com.fasterxml.jackson.databind.JsonNode;
import io.identamocrm.amocrm.AmocrmException;
import io.identamocrm.amocrm.AmocrmRequest;
import io.identamocrm.amocrm.AmocrmRequest.Entity;
import io.identamocrm.amocrm.EntityReader;
import io.identamocrm.amocrm.RequestSequence;
import io.identamocrm.amocrm.Response;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings the mirror up to date by listing: once everything, by ascending id; later what has changed, latest first, down to the last
 * refresh less an overlap. Filters are not used: amoCRM ignores them on some accounts.
 *
 * <p>After a large run of our own the newest rows are our own writes, which the mirror knows. Instead of paging through all of them, one
 * page is read: the one on which, if nobody else wrote, the rows older than the last refresh begin. If they do begin there, no unknown row
 * exists; otherwise everything is paged after all. Known rows that somebody may have touched in that time are remembered as
 * {@link Mirror#isStale stale} and read again before they are changed.
 */
public final class MirrorRefresh implements RequestSequence {

    private static final Logger LOG = LoggerFactory.getLogger(MirrorRefresh.class);
    /** Lists may lag behind writes; nobody states by how much. */
    private static final long OVERLAP_SECONDS = 60;
    /** A gateway may answer a page that exists by 204, and a page may lose its last rows while the list is read. */
    private static final int LOOKS_AT_AN_EMPTY_PAGE = 3;

    private final Mirror mirror;
    private final List<Pass<?>> passes = new ArrayList<>();
    private int current;

    /**
     * A refresh to be walked through: {@link #next()}, ask amoCRM, {@link #aggregate}, until {@link #hasNext()} is false.
     *
     * @param mirror the mirror
     * @param reader reads the account's rows
     */
    public MirrorRefresh(Mirror mirror, EntityReader reader) {
        this(mirror, reader, false);
    }

    private MirrorRefresh(Mirror mirror, EntityReader reader, boolean everything) {
        this.mirror = mirror;
        passes.add(new Pass<>(Entity.LEADS, mirror.deals, reader::deal, OptimisticRows::reread, everything));
        passes.add(new Pass<>(Entity.CONTACTS, mirror.contacts, reader::contact, OptimisticRows::reread, everything));
    }

    /** Lists everything and forgets what amoCRM no longer has: deleted and merged rows tell nothing by themselves. */
    public static MirrorRefresh ofEverything(Mirror mirror, EntityReader reader) {
        return new MirrorRefresh(mirror, reader, true);
    }

    @Override
    public boolean hasNext() {
        return current < passes.size();
    }

    @Override
    public AmocrmRequest next() {
        return passes.get(current).request();
    }

    @Override
    public void aggregate(Response.Usable answer) {
        if (passes.get(current).aggregate(answer)) {
            current++;
            if (!hasNext()) {
                LOG.debug("The mirror knows {} deals and {} contacts", mirror.dealCount(), mirror.contactCount());
            }
        }
    }

    /** The walk through one kind of entity. */
    private final class Pass<T> {
        private final Entity entity;
        private final Mirror.Table<T> table;
        private final Function<JsonNode, T> reader;
        private final BinaryOperator<T> reread;
        private final Long since;
        /** With older rows known, the list cannot end where they should begin. */
        private final boolean olderKnown;
        /** Ids listed, if everything is; else null. */
        private final Set<Long> seen;
        private int page;
        private int expectedRows = -1;
        private boolean announced;
        private int emptyAnswers;
        private Instant startedAt;

        Pass(Entity entity, Mirror.Table<T> table, Function<JsonNode, T> reader, BinaryOperator<T> reread, boolean everything) {
            this.entity = entity;
            this.table = table;
            this.reader = reader;
            this.reread = reread;
            String cursor = mirror.progress().get(entity + ":cursor");
            seen = everything ? new HashSet<>() : null;
            since = cursor == null || everything ? null : Long.parseLong(cursor) - OVERLAP_SECONDS;
            int known = since == null ? 0 : table.countChangedSince(since);
            page = known / AmocrmRequest.PAGE_LIMIT + 1;
            if (page > 1) {
                expectedRows = known % AmocrmRequest.PAGE_LIMIT;
            }
            olderKnown = expectedRows >= 0 && table.size() > known;
        }

        AmocrmRequest request() {
            return since == null ? AmocrmRequest.pageById(entity, page) : AmocrmRequest.pageByChange(entity, page);
        }

        /** Returns true when this kind is up to date. */
        boolean aggregate(Response.Usable answer) {
            return answer.match(this::page, this::empty, this::refused, this::refused, Response.NotSent::unexpected);
        }

        private boolean page(Response.Success done) {
            JsonNode list = done.body().path("_embedded").path(entity.embedded());
            if (!list.isArray()) {
                // Taken for an empty page, it would end the list, and a deep listing would forget everything.
                throw new AmocrmException.Ambiguous("amoCRM answers page " + page + " of " + entity.embedded() + " without a list",
                        "the next run lists them anew", done);
            }
            List<T> rows = new ArrayList<>();
            list.forEach(json -> rows.add(reader.apply(json)));
            return take(rows, done.body().path("_links").has("next"), done.serverTime());
        }

        private boolean empty(Response.NoContent answer) {
            return announced ? askAgain(answer) : take(List.of(), false, answer.serverTime());
        }

        private boolean refused(Response answer) {
            throw new IllegalStateException(request() + " was refused: " + answer);
        }

        private boolean take(List<T> rows, boolean nextAnnounced, Instant serverTime) {
            emptyAnswers = 0;
            announced = nextAnnounced;
            // The first answer's time: whatever changes while the pages are read is found by the next refresh.
            startedAt = startedAt == null ? serverTime : startedAt;
            store(rows);
            if (seen != null) {
                rows.forEach(row -> seen.add(table.idOf(row)));
            }
            if (expectedRows >= 0) {
                boolean asExpected = olderRowsBeginAt(expectedRows, rows);
                expectedRows = -1;
                if (asExpected) {
                    mirror.markStale(entity, since, startedAt.getEpochSecond());
                    return finish();
                }
                page = 1;
                return false;
            }
            boolean last = !announced && rows.size() < AmocrmRequest.PAGE_LIMIT
                    || since != null && !rows.isEmpty() && table.updatedAtOf(rows.get(rows.size() - 1)) < since;
            page++;
            return last && finish();
        }

        /** Taken for the end of the list, it would hide deals, and they would be created once more. */
        private boolean askAgain(Response answer) {
            String what = "amoCRM announces page " + page + " of " + entity.embedded() + " and sends none";
            if (++emptyAnswers == LOOKS_AT_AN_EMPTY_PAGE) {
                throw new AmocrmException.Ambiguous(what, "the next run lists them anew", answer);
            }
            LOG.warn("{}; asking again", what);
            return false;
        }

        private void store(List<T> rows) {
            Map<Long, T> known = table.get(rows.stream().map(table::idOf).toList());
            List<T> changed = new ArrayList<>();
            for (T row : rows) {
                T old = known.get(table.idOf(row));
                T merged = reread.apply(row, old);
                if (!merged.equals(old)) {
                    changed.add(merged);
                }
            }
            table.put(changed);
        }

        private boolean olderRowsBeginAt(int index, List<T> rows) {
            boolean olderFollow = index >= rows.size() ? index == rows.size() && !olderKnown : table.updatedAtOf(rows.get(index)) < since;
            boolean newerPrecede = index == 0 || index <= rows.size() && table.updatedAtOf(rows.get(index - 1)) >= since;
            return olderFollow && newerPrecede;
        }

        private boolean finish() {
            if (seen != null) {
                int gone = table.keepOnly(seen);
                mirror.markFresh(entity);
                LOG.info("amoCRM holds {} {}; {} that we knew are gone", seen.size(), entity.embedded(), gone);
            }
            mirror.progress().fastPut(entity + ":cursor", Long.toString(startedAt.getEpochSecond()));
            return true;
        }
    }
}
