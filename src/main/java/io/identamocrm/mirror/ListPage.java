package io.identamocrm.mirror;

import java.util.Comparator;
import java.util.List;

/**
 * One page of a list, as far as proofs need it.
 *
 * @param rows          its rows in their order; empty also where amoCRM answered 204
 * @param announcesNext true if it links to a next page
 * @param full          true if it does not claim to be the last: it links to a next page, or is as long as was asked for
 * @param settled       Unix second: whatever is changed after this answer is changed in a later one
 * @param shown         Unix second: what was changed up to it shows in this answer, even where lists lag behind
 */
record ListPage(List<Row> rows, boolean announcesNext, boolean full, long settled, long shown) {

    static final Comparator<Row> BY_ID = Comparator.comparingLong(Row::id);
    static final Comparator<Row> BY_CHANGE = Comparator.comparingLong(Row::updatedAt);

    /**
     * A row.
     *
     * @param id        amoCRM's id
     * @param updatedAt Unix second of its last change
     */
    record Row(long id, long updatedAt) {}

    boolean isEmpty() {
        return rows.isEmpty();
    }

    Row first() {
        return rows.get(0);
    }

    Row last() {
        return rows.get(rows.size() - 1);
    }

    boolean isIn(Comparator<Row> order) {
        for (int i = 1; i < rows.size(); i++) {
            if (order.compare(rows.get(i - 1), rows.get(i)) > 0) {
                return false;
            }
        }
        return true;
    }
}
