package io.identamocrm.model;

/**
 * The id of a deal of amoCRM, where it stands beside another kind of id; alone, ids are plain numbers.
 *
 * @param value the number
 */
public record DealId(long value) implements Comparable<DealId> {

    @Override
    public int compareTo(DealId other) {
        return Long.compare(value, other.value);
    }

    @Override
    public String toString() {
        return Long.toString(value);
    }
}
