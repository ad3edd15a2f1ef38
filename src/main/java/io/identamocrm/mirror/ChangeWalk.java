package io.identamocrm.mirror;

/**
 * Lists by descending time of change more rows than a page holds, without a filter and down to any second, while rows move to the top or
 * leave. Opposite moves cancel out, so neither counting nor asking for a page again shows that none slipped through: each page is asked
 * for in such a size that it reaches over the end of the one before, and is believed to follow it only if it begins with a later second
 * than that one ended with.
 */
final class ChangeWalk {

    private final ListPage first;
    private final int limit;
    /** Rows down to the {@link #boundary}, as they stood when it was reached. */
    private int position;
    /** Every row that was changed after this second is listed. */
    private long boundary;

    private int overlap;
    private int size;
    private int page;

    /**
     * A walk that goes on from the first page.
     *
     * @param first not empty
     * @param limit rows per page at most
     */
    ChangeWalk(ListPage first, int limit) {
        this.first = first;
        this.limit = limit;
        position = first.rows().size();
        boundary = first.last().updatedAt();
        overlap = usualOverlap();
        choosePage();
    }

    /** More than one of our batches, whose rows share a second. */
    private int usualOverlap() {
        return Math.max(1, limit / 4);
    }

    private void choosePage() {
        int start = Math.max(0, position - overlap);
        int end = 0;
        for (int some = limit; some > limit / 2; some--) {
            int number = start / some + 1;
            if (number * some > end) {
                end = number * some;
                size = some;
                page = number;
            }
        }
    }

    int nextPage() {
        return page;
    }

    /** Rows to ask for. */
    int nextSize() {
        return size;
    }

    void take(ListPage answer) {
        long before = boundary;
        if (!answer.isEmpty() && answer.first().updatedAt() > boundary) {
            boundary = Math.min(boundary, answer.last().updatedAt());
            position = (page - 1) * size + answer.rows().size();
        }
        overlap = boundary < before ? usualOverlap() : overlap * 2;
        choosePage();
    }

    /** True when every row is listed that was changed after this second, and had been when the walk began. */
    boolean hasReached(long second) {
        return boundary <= second;
    }

    /** True if no page follows: too many rows of one second, or the size is not kept to. */
    boolean isStuck() {
        return overlap > limit;
    }

    /** The first answer: what changes after it may be missing. */
    ListPage first() {
        return first;
    }
}
