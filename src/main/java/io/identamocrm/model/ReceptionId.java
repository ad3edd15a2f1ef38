package io.identamocrm.model;

/**
 * The id of a reception of IDENT, where it stands beside another kind of id; alone, ids are plain numbers.
 *
 * @param value the number
 */
public record ReceptionId(long value) implements Comparable<ReceptionId> {

    @Override
    public int compareTo(ReceptionId other) {
        return Long.compare(value, other.value);
    }

    @Override
    public String toString() {
        return Long.toString(value);
    }
}
