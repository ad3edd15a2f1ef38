package io.identamocrm.ident;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.sql.Timestamp;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.temporal.Temporal;
import java.util.Date;
import java.util.Map;

/**
 * One row of a query, read by alias. Widths of numbers and classes of times differ between drivers and IDENT builds, so every
 * reader takes what means the same. What does not is an {@link UnreadableColumnException}; a null is null.
 */
public final class Row {

    private final Map<String, Object> columns;

    /** @param columns alias to value; as Camel's sql component gives it, the map ignores the case of aliases */
    Row(Map<String, Object> columns) {
        this.columns = columns;
    }

    /** True when the query returns the column at all. */
    boolean has(String column) {
        return columns.containsKey(column);
    }

    /** True when the column holds anything at all, of whatever type. */
    boolean isSet(String column) {
        return value(column) != null;
    }

    Long number(String column) {
        Object value = value(column);
        if (value == null) {
            return null;
        }
        if (value instanceof Number number && number.doubleValue() == number.longValue()) {
            return number.longValue();
        }
        throw new UnreadableColumnException(column, "whole number");
    }

    BigDecimal decimal(String column) {
        Object value = value(column);
        if (value == null || value instanceof BigDecimal) {
            return (BigDecimal) value;
        }
        if (value instanceof Number number && Double.isFinite(number.doubleValue())) {
            return exact(number);
        }
        throw new UnreadableColumnException(column, "number");
    }

    /** Clinic wall clock; an offset, if there is one, is the server's own and dropped. */
    LocalDateTime time(String column) {
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
    LocalDateTime timeIfAny(String column) {
        return timeOf(value(column));
    }

    /** Trimmed text; null if nothing is left. Numbers and dates are taken as text too, because builds differ in the types. */
    String text(String column) {
        Object value = value(column);
        if (value == null) {
            return null;
        }
        if (value instanceof CharSequence || value instanceof Date || value instanceof Temporal) {
            String text = value.toString().strip();
            return text.isEmpty() ? null : text;
        }
        if (value instanceof Number number && Double.isFinite(number.doubleValue())) {
            BigDecimal exact = exact(number);
            return exact.signum() == 0 ? "0" : exact.stripTrailingZeros().toPlainString();
        }
        throw new UnreadableColumnException(column, "text");
    }

    /** A date, whether the column is one or holds it as text; null for text that is no date. */
    LocalDate date(String column) {
        Object value = value(column);
        if (value instanceof Number || value instanceof Boolean) {
            throw new UnreadableColumnException(column, "date");
        }
        return DateText.parse(text(column));
    }

    Boolean flag(String column) {
        Object value = value(column);
        if (value == null || value instanceof Boolean) {
            return (Boolean) value;
        }
        if (value instanceof Number number) {
            return number.doubleValue() != 0;
        }
        throw new UnreadableColumnException(column, "bit");
    }

    private Object value(String column) {
        Object value = columns.get(column);
        if (value == null && !columns.containsKey(column)) {
            throw new UnreadableColumnException(column, "a column of this name");
        }
        return value;
    }

    private static LocalDateTime timeOf(Object value) {
        if (value instanceof Timestamp timestamp) {
            return timestamp.toLocalDateTime();
        }
        if (value instanceof LocalDateTime time) {
            return time;
        }
        if (value instanceof OffsetDateTime time) {
            return time.toLocalDateTime();
        }
        return null;
    }

    private static BigDecimal exact(Number number) {
        if (number instanceof BigDecimal decimal) {
            return decimal;
        }
        if (number instanceof BigInteger integer) {
            return new BigDecimal(integer);
        }
        return new BigDecimal(number.toString());
    }
}
