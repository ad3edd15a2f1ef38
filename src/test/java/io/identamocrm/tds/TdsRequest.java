package io.identamocrm.tds;

import java.io.ByteArrayOutputStream;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;

/**
 * What a client asks.
 *
 * @param procedure its name, or its number as text; null if a batch is asked
 * @param batch     null if a procedure is asked
 * @param values    of the procedure, in order
 */
record TdsRequest(String procedure, String batch, List<Object> values) {

    static final String EXECUTE_SQL = "10";
    static final String EXECUTE = "12";
    static final String PREPARE_AND_EXECUTE = "13";
    static final String UNPREPARE = "15";

    private static final int NUMBERED = 0xFFFF;
    private static final int NONE = 0xFFFF;
    private static final int LONG_VALUE = 0xFFFF;
    private static final int COLLATION = 5;
    private static final LocalDate FIRST_OF_DATE = LocalDate.of(1, 1, 1);
    private static final LocalDate FIRST_OF_DATETIME = LocalDate.of(1900, 1, 1);
    private static final int BEATS = 300;

    static TdsRequest of(TdsChannel.Message message) {
        ByteBuffer in = ByteBuffer.wrap(message.content()).order(ByteOrder.LITTLE_ENDIAN);
        in.position(in.getInt(0));
        if (message.type() == TdsChannel.BATCH) {
            return new TdsRequest(null, text(in, in.remaining()), List.of());
        }
        int length = unsignedShort(in);
        String procedure = length == NUMBERED ? Integer.toString(unsignedShort(in)) : text(in, length * 2);
        in.getShort();
        List<Object> values = new ArrayList<>();
        while (in.hasRemaining()) {
            text(in, 2 * unsignedByte(in));
            in.get();
            values.add(value(in));
        }
        return new TdsRequest(procedure, null, values);
    }

    private static Object value(ByteBuffer in) {
        int type = unsignedByte(in);
        return switch (type) {
            case 0x26, 0x68 -> {
                in.get();
                byte[] value = bytes(in, unsignedByte(in));
                yield value.length == 0 ? null : (Object) new BigInteger(reversed(value)).longValue();
            }
            case 0x6A, 0x6C -> {
                in.getShort();
                yield decimal(bytesAfterScale(in));
            }
            case 0xA5, 0xAD -> varying(in, unsignedShort(in));
            case 0xA7, 0xAF, 0xE7, 0xEF -> {
                int most = unsignedShort(in);
                bytes(in, COLLATION);
                byte[] value = varying(in, most);
                yield value == null
                        ? null
                        : new String(value, type >= 0xE7 ? StandardCharsets.UTF_16LE : StandardCharsets.ISO_8859_1);
            }
            case 0x28 -> {
                byte[] value = bytes(in, unsignedByte(in));
                yield value.length == 0 ? null : day(value, 0);
            }
            case 0x2A -> {
                int scale = unsignedByte(in);
                byte[] value = bytes(in, unsignedByte(in));
                yield value.length == 0
                        ? null
                        : LocalDateTime.of(day(value, value.length - 3), time(value, value.length - 3, scale));
            }
            case 0x6F -> {
                in.get();
                int length = unsignedByte(in);
                yield length == 0
                        ? null
                        : FIRST_OF_DATETIME
                                .plusDays(in.getInt())
                                .atStartOfDay()
                                .plusNanos(Math.round(in.getInt() * 1e9 / BEATS));
            }
            default -> throw new IllegalArgumentException("A parameter of type 0x" + Integer.toHexString(type));
        };
    }

    private record Scaled(int scale, byte[] value) {}

    private static Scaled bytesAfterScale(ByteBuffer in) {
        return new Scaled(unsignedByte(in), bytes(in, unsignedByte(in)));
    }

    private static BigDecimal decimal(Scaled scaled) {
        if (scaled.value.length == 0) {
            return null;
        }
        byte[] size = reversed(scaled.value);
        size[size.length - 1] = 0;
        BigInteger unscaled = new BigInteger(1, size).shiftRight(Byte.SIZE);
        return new BigDecimal(scaled.value[0] == 0 ? unscaled.negate() : unscaled, scaled.scale);
    }

    private static LocalDate day(byte[] value, int from) {
        return FIRST_OF_DATE.plusDays(
                value[from] & 0xFF | (value[from + 1] & 0xFF) << 8 | (value[from + 2] & 0xFF) << 16);
    }

    private static LocalTime time(byte[] value, int length, int scale) {
        long units = 0;
        for (int i = length - 1; i >= 0; i--) {
            units = units << Byte.SIZE | value[i] & 0xFF;
        }
        return LocalTime.ofNanoOfDay(
                BigDecimal.valueOf(units, scale).movePointRight(9).longValueExact());
    }

    private static byte[] varying(ByteBuffer in, int most) {
        if (most != LONG_VALUE) {
            int length = unsignedShort(in);
            return length == NONE ? null : bytes(in, length);
        }
        if (in.getLong() == -1) {
            return null;
        }
        ByteArrayOutputStream value = new ByteArrayOutputStream();
        for (int length = in.getInt(); length > 0; length = in.getInt()) {
            value.writeBytes(bytes(in, length));
        }
        return value.toByteArray();
    }

    private static byte[] reversed(byte[] value) {
        byte[] reversed = new byte[value.length];
        for (int i = 0; i < value.length; i++) {
            reversed[i] = value[value.length - 1 - i];
        }
        return reversed;
    }

    private static byte[] bytes(ByteBuffer in, int length) {
        byte[] value = new byte[length];
        in.get(value);
        return value;
    }

    private static String text(ByteBuffer in, int bytes) {
        return new String(bytes(in, bytes), StandardCharsets.UTF_16LE);
    }

    private static int unsignedByte(ByteBuffer in) {
        return in.get() & 0xFF;
    }

    private static int unsignedShort(ByteBuffer in) {
        return in.getShort() & 0xFFFF;
    }
}
