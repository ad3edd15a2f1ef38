package io.identamocrm.ident;

import java.math.BigDecimal;
import java.sql.Timestamp;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import microsoft.sql.DateTimeOffset;
import org.jspecify.annotations.Nullable;

/**
 * One row of a query, read by alias. Widths of numbers and classes of times differ between drivers and IDENT builds, so every
 * reader takes what means the same. What does not is an {@link UnreadableColumnException}; a null is null.
 */
public final class Row {

    private static final Pattern NUMBER = Pattern.compile("[+-]?\\d{1,30}(?:\\.\\d{1,30})?");
    private static final Set<String> YES = Set.of("1", "true", "yes", "y", "t", "да", "д");
    private static final Set<String> NO = Set.of("0", "false", "no", "n", "f", "нет", "н", "");

    private final Map<String, Object> columns;

    /** @param columns alias to value; as Camel's sql component gives it, the map ignores the case of aliases */
    Row(Map<String, Object> columns) {
        this.columns = columns;
    }

    /** True when the query returns the column at all. */
    boolean has(String column) {
        return columns.containsKey(column);
    }

    /** True when the column holds anything at all, of whatever type, but SQL Server's empty date. */
    boolean isSet(String column) {
        Object value = value(column);
        return value != null && (timeOf(value) == null || filled(timeOf(value)) != null);
    }

    @Nullable
    Long number(String column) {
        Object value = value(column);
        try {
            return value == null ? null : exact(column, value, "whole number").longValueExact();
        } catch (ArithmeticException e) {
            throw new UnreadableColumnException(column, "whole number");
        }
    }

    /** The same where the contract knows no null. */
    long requiredNumber(String column) {
        Long number = number(column);
        if (number == null) {
            throw new UnreadableColumnException(column, "whole number");
        }
        return number;
    }

    @Nullable
    BigDecimal decimal(String column) {
        Object value = value(column);
        return value == null ? null : exact(column, value, "number");
    }

    /** Clinic wall clock; an offset, if there is one, is the server's own and dropped. SQL Server's empty date is null. */
    @Nullable
    LocalDateTime time(String column) {
        return filled(storedTime(column));
    }

    /** The time by which IDENT sorts: as it stands there, an empty date too. */
    @Nullable
    LocalDateTime storedTime(String column) {
        Object value = value(column);
        if (value == null) {
            return null;
        }
        LocalDateTime time = timeOf(value);
        if (time == null) {
            throw new UnreadableColumnException(column, "date and time");
        }
        return time;
    }

    /** The time in a column that may be of any type; null if it holds something else. */
    @Nullable
    LocalDateTime timeIfAny(String column) {
        return filled(timeOf(value(column)));
    }

    /** Trimmed text; null if nothing is left. Whatever else a build holds is taken as SQL Server writes it. */
    @Nullable
    String text(String column) {
        Object value = value(column);
        if (value == null) {
            return null;
        }
        if (value instanceof Boolean flag) {
            return flag ? "1" : "0";
        }
        if (value instanceof byte[] bytes) {
            return "0x" + HexFormat.of().withUpperCase().formatHex(bytes);
        }
        if (value instanceof Number) {
            BigDecimal exact = exact(column, value, "text");
            return exact.signum() == 0 ? "0" : exact.stripTrailingZeros().toPlainString();
        }
        String text = value.toString().strip();
        return text.isEmpty() ? null : text;
    }

    /** A date, whether the column is one or holds it as text; null for text that is no date, and for SQL Server's empty date. */
    @Nullable
    LocalDate date(String column) {
        Object value = value(column);
        if (value instanceof Number || value instanceof Boolean || value instanceof byte[]) {
            throw new UnreadableColumnException(column, "date");
        }
        LocalDate date = DateText.parse(text(column));
        return DateText.EMPTY.equals(date) ? null : date;
    }

    /** Yes or no, whether the column is a bit, a number or a word; null for any other word. */
    @Nullable
    Boolean flag(String column) {
        Object value = value(column);
        if (value == null || value instanceof Boolean) {
            return (Boolean) value;
        }
        if (value instanceof Number number) {
            return number.doubleValue() != 0;
        }
        if (value instanceof CharSequence) {
            String word = value.toString().strip().toLowerCase(Locale.ROOT);
            return YES.contains(word) ? Boolean.TRUE : NO.contains(word) ? Boolean.FALSE : null;
        }
        throw new UnreadableColumnException(column, "bit");
    }

    private @Nullable Object value(String column) {
        Object value = columns.get(column);
        if (value == null && !columns.containsKey(column)) {
            throw new UnreadableColumnException(column, "a column of this name");
        }
        return value instanceof DateTimeOffset time ? time.getOffsetDateTime() : value;
    }

    private static @Nullable LocalDateTime timeOf(@Nullable Object value) {
        if (value instanceof Timestamp timestamp) {
            return timestamp.toLocalDateTime();
        }
        if (value instanceof LocalDateTime time) {
            return time;
        }
        if (value instanceof OffsetDateTime time) {
            return time.toLocalDateTime();
        }
        if (value instanceof java.sql.Date day) {
            return day.toLocalDate().atStartOfDay();
        }
        return value instanceof LocalDate day ? day.atStartOfDay() : null;
    }

    private static @Nullable LocalDateTime filled(@Nullable LocalDateTime time) {
        return time == null || time.toLocalDate().equals(DateText.EMPTY) ? null : time;
    }

    private static BigDecimal exact(String column, Object value, String expected) {
        if (value instanceof BigDecimal decimal) {
            return decimal;
        }
        if (value instanceof Number number && Double.isFinite(number.doubleValue())) {
            return new BigDecimal(number.toString());
        }
        if (value instanceof CharSequence
                && NUMBER.matcher(value.toString().strip()).matches()) {
            return new BigDecimal(value.toString().strip());
        }
        throw new UnreadableColumnException(column, expected);
    }
}
