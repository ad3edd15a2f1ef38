package io.identamocrm.tds;

import java.io.ByteArrayOutputStream;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Types;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.temporal.ChronoUnit;

/** The tokens of a reply, as [MS-TDS] writes them; columns in the types that SQL Server has for them. */
final class TdsTokens {

    private static final byte[] CYRILLIC = {0x19, 0x04, (byte) 0xD0, 0, 0};
    private static final LocalDate FIRST_OF_DATETIME = LocalDate.of(1900, 1, 1);
    private static final LocalDate FIRST_OF_DATE = LocalDate.of(1, 1, 1);
    /** The clock of datetime goes by so many beats in a second. */
    private static final int BEATS = 300;

    private static final int MOST_BYTES = 8000;
    private static final int DECIMAL_BYTES = 17;
    private static final int DECIMAL_PRECISION = 38;

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    byte[] bytes() {
        return bytes.toByteArray();
    }

    /** The login is taken: a database, a collation, a server of 2012. */
    TdsTokens loggedIn(String database) {
        TdsTokens change = new TdsTokens().one(1).shortText(database).one(0);
        one(0xE3).two(change.bytes.size()).raw(change.bytes());
        one(0xE3).two(8).one(7).one(CYRILLIC.length).raw(CYRILLIC).one(0);
        TdsTokens size = new TdsTokens()
                .one(4)
                .shortText(Integer.toString(TdsChannel.PACKET))
                .shortText(Integer.toString(8000));
        one(0xE3).two(size.bytes.size()).raw(size.bytes());
        TdsTokens taken = new TdsTokens()
                .one(1)
                .raw(new byte[] {0x74, 0, 0, 4})
                .shortText("Microsoft SQL Server")
                .raw(new byte[] {11, 0, 0x1B, 0x58});
        return one(0xAD).two(taken.bytes.size()).raw(taken.bytes()).done(0xFD, 0, 0);
    }

    /** An error in the server's language. */
    TdsTokens error(int number, int severity, String text) {
        TdsTokens error = new TdsTokens()
                .four(number)
                .one(1)
                .one(severity)
                .two(text.length())
                .text(text)
                .shortText("CLINIC")
                .one(0)
                .four(1);
        return one(0xAA).two(error.bytes.size()).raw(error.bytes());
    }

    /** The end of a statement ({@code 0xFD}), of one in a procedure ({@code 0xFF}) or of a procedure ({@code 0xFE}). */
    TdsTokens done(int token, int status, long rows) {
        return one(token).two(status).two(0).eight(rows);
    }

    TdsTokens returnStatus() {
        return one(0x79).four(0);
    }

    /** The handle of a prepared statement, as the procedure's output. */
    TdsTokens handle(int handle) {
        return one(0xAC)
                .two(0)
                .one(0)
                .one(1)
                .four(0)
                .two(0)
                .one(0x26)
                .one(4)
                .one(4)
                .four(handle);
    }

    TdsTokens columns(ResultSetMetaData columns) throws SQLException {
        one(0x81).two(columns.getColumnCount());
        for (int i = 1; i <= columns.getColumnCount(); i++) {
            four(0).two(1);
            type(columns, i);
            shortText(columns.getColumnLabel(i));
        }
        return this;
    }

    private void type(ResultSetMetaData columns, int i) throws SQLException {
        switch (columns.getColumnType(i)) {
            case Types.BIT, Types.BOOLEAN -> one(0x68).one(1);
            case Types.TINYINT, Types.SMALLINT, Types.INTEGER -> one(0x26).one(4);
            case Types.BIGINT -> one(0x26).one(8);
            case Types.DECIMAL, Types.NUMERIC ->
                one(0x6A).one(DECIMAL_BYTES).one(DECIMAL_PRECISION).one(columns.getScale(i));
            case Types.TIMESTAMP, Types.TIMESTAMP_WITH_TIMEZONE -> one(0x6F).one(8);
            case Types.DATE -> one(0x28);
            case Types.BINARY, Types.VARBINARY -> one(0xA5).two(MOST_BYTES);
            default -> one(0xE7).two(MOST_BYTES).raw(CYRILLIC);
        }
    }

    TdsTokens row(ResultSet row) throws SQLException {
        one(0xD1);
        for (int i = 1; i <= row.getMetaData().getColumnCount(); i++) {
            value(row, i);
        }
        return this;
    }

    private void value(ResultSet row, int i) throws SQLException {
        boolean none = row.getObject(i) == null;
        switch (row.getMetaData().getColumnType(i)) {
            case Types.BIT, Types.BOOLEAN -> number(none, 1, none ? 0 : row.getInt(i));
            case Types.TINYINT, Types.SMALLINT, Types.INTEGER -> number(none, 4, none ? 0 : row.getInt(i));
            case Types.BIGINT -> number(none, 8, none ? 0 : row.getLong(i));
            case Types.DECIMAL, Types.NUMERIC ->
                decimal(none ? null : row.getBigDecimal(i), row.getMetaData().getScale(i));
            case Types.TIMESTAMP, Types.TIMESTAMP_WITH_TIMEZONE ->
                datetime(none ? null : row.getObject(i, LocalDateTime.class));
            case Types.DATE -> date(none ? null : row.getObject(i, LocalDate.class));
            case Types.BINARY, Types.VARBINARY -> varying(none ? null : row.getBytes(i));
            default -> varying(none ? null : row.getString(i).getBytes(StandardCharsets.UTF_16LE));
        }
    }

    private void number(boolean none, int length, long value) {
        one(none ? 0 : length);
        if (!none) {
            raw(
                    ByteBuffer.allocate(8)
                            .order(ByteOrder.LITTLE_ENDIAN)
                            .putLong(value)
                            .array(),
                    length);
        }
    }

    private void decimal(BigDecimal value, int scale) {
        one(value == null ? 0 : DECIMAL_BYTES);
        if (value != null) {
            byte[] size = value.setScale(scale, RoundingMode.UNNECESSARY)
                    .unscaledValue()
                    .abs()
                    .toByteArray();
            one(value.signum() < 0 ? 0 : 1);
            for (int i = 0; i < DECIMAL_BYTES - 1; i++) {
                one(i < size.length ? size[size.length - 1 - i] : 0);
            }
        }
    }

    private void datetime(LocalDateTime value) {
        one(value == null ? 0 : 8);
        if (value != null) {
            four((int) ChronoUnit.DAYS.between(FIRST_OF_DATETIME, value.toLocalDate()));
            four((int) Math.round(value.toLocalTime().toNanoOfDay() / 1e9 * BEATS));
        }
    }

    private void date(LocalDate value) {
        one(value == null ? 0 : 3);
        if (value != null) {
            int days = (int) ChronoUnit.DAYS.between(FIRST_OF_DATE, value);
            two(days).one(days >> 16);
        }
    }

    private void varying(byte[] value) {
        two(value == null ? 0xFFFF : value.length);
        if (value != null) {
            raw(value);
        }
    }

    private TdsTokens one(int value) {
        bytes.write(value);
        return this;
    }

    private TdsTokens two(int value) {
        return one(value).one(value >> 8);
    }

    private TdsTokens four(int value) {
        return two(value).two(value >> 16);
    }

    private TdsTokens eight(long value) {
        return four((int) value).four((int) (value >> 32));
    }

    private TdsTokens raw(byte[] value) {
        return raw(value, value.length);
    }

    private TdsTokens raw(byte[] value, int length) {
        bytes.write(value, 0, length);
        return this;
    }

    private TdsTokens text(String value) {
        return raw(value.getBytes(StandardCharsets.UTF_16LE));
    }

    private TdsTokens shortText(String value) {
        return one(value.length()).text(value);
    }
}
