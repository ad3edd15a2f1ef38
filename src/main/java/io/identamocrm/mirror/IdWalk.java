package io.identamocrm.mirror;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Lists by id more rows than a page holds, while rows leave the list: every one that stays in it is listed. New rows come in at the end
 * only, so all that can happen is that rows move up, and the first of a page slips onto the page before. A page is therefore believed to
 * follow its predecessor without a gap only if it begins within it, or if the predecessor, asked for again, is still full and ends with
 * the same row: rows that only move up stood there in between, too. Where the list ends no short page tells; the walk is complete when it
 * meets the page of the highest ids, which was listed first.
 */
final class IdWalk {

    private static final int IDLE_REQUESTS = 8;

    private @Nullable ListPage highest;
    /** Number of the page that ends with {@link #reached}; 0 = none. */
    private int page;
    /** Every row up to this id is listed. */
    private long reached;
    /** The page after it, if that is not yet known to follow without a gap. */
    private @Nullable ListPage ahead;

    private boolean again;
    private boolean empty;
    private boolean vacant;
    private int idle;

    /** Number of the page to ask for. */
    int nextPage() {
        return highest == null ? 1 : again ? page : page + 1;
    }

    /** Order in which it is asked for. */
    boolean nextAscending() {
        return highest != null;
    }

    void take(ListPage answer) {
        if (answer.isEmpty() && !empty) {
            // An empty page comes in the place of any; the same is asked for again.
            empty = true;
            idle++;
            return;
        }
        empty = false;
        if (highest == null) {
            highest = answer;
            return;
        }
        long before = reached;
        if (again) {
            takeAgain(answer);
        } else if (isConnected(answer, page + 1)) {
            reachEndOf(answer);
            page++;
        } else if (page > 0) {
            ahead = answer;
            again = true;
        } else {
            vacant = highest.isEmpty();
        }
        idle = reached > before ? 0 : idle + 1;
    }

    private void takeAgain(ListPage answer) {
        again = false;
        if (ahead != null
                && !ahead.isEmpty()
                && answer.full()
                && !answer.isEmpty()
                && answer.last().id() == reached) {
            reachEndOf(ahead);
            page++;
        } else if (isConnected(answer, page)) {
            reachEndOf(answer);
        } else {
            page = Math.max(1, page - 1);
            again = true;
        }
        ahead = null;
    }

    private boolean isConnected(ListPage answer, int number) {
        return !answer.isEmpty() && (number == 1 || answer.first().id() <= reached);
    }

    private void reachEndOf(ListPage answer) {
        reached = Math.max(reached, answer.last().id());
    }

    /** True when every row is listed that was in the list with its first answer and still is. */
    boolean isComplete() {
        return vacant
                || highest != null
                        && !highest.isEmpty()
                        && reached >= highest.last().id();
    }

    /** True if it should begin anew: the answers contradict each other, or bring nothing new. */
    boolean isStuck() {
        return idle >= IDLE_REQUESTS || highest != null && highest.isEmpty() && page > 0;
    }

    /** The first answer: what changes after it may be missing. */
    ListPage first() {
        return Objects.requireNonNull(highest, "nothing is listed yet");
    }
}
