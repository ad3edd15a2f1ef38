package io.identamocrm.ident;

import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/**
 * SQL Server's count of writes, the change cursor that no clock can confuse.
 *
 * <p>A transaction takes a row's version when it writes and shows the row when it ends, possibly after others with later versions. So a run
 * reads only what lies below {@code MIN_ACTIVE_ROWVERSION()}, the lowest version that may still be under way, asked for before the first
 * row; the next run begins at that very version, not behind it. A row that is written again meanwhile gets a later version and belongs to
 * the next run. Nothing is read twice, and nothing is skipped.
 *
 * @param hex the eight bytes, highest first, as 16 hexadecimal digits: their order as text is the order of the versions
 */
public record RowVersion(String hex) implements Comparable<RowVersion> {

    private static final int BYTES = 8;

    public RowVersion {
        if (!hex.matches("[0-9a-f]{16}")) {
            throw new IllegalArgumentException("A row version has 16 hexadecimal digits, not \"" + hex + "\"");
        }
    }

    /**
     * The answer of {@code row-version-column.sql}.
     *
     * @return false if this IDENT has no row versions
     * @throws UnreadableColumnException if it holds no number
     */
    public static boolean isThere(List<Map<String, Object>> rows) {
        Long columns = rows.isEmpty() ? null : new Row(rows.get(0)).number("row_version_columns");
        if (columns == null) {
            throw new UnreadableColumnException("row_version_columns", "whole number");
        }
        return columns > 0;
    }

    /**
     * The answer of {@code row-version.sql}.
     *
     * @throws UnreadableColumnException if it holds no row version: no run can start without
     */
    public static RowVersion read(List<Map<String, Object>> rows) {
        byte[] bytes = rows.isEmpty() ? null : new Row(rows.get(0)).bytes("active_version");
        if (bytes == null || bytes.length != BYTES) {
            throw new UnreadableColumnException("active_version", "row version of " + BYTES + " bytes");
        }
        return new RowVersion(HexFormat.of().formatHex(bytes));
    }

    /** As JDBC takes it. */
    public byte[] bytes() {
        return HexFormat.of().parseHex(hex);
    }

    @Override
    public int compareTo(RowVersion other) {
        return hex.compareTo(other.hex);
    }
}
