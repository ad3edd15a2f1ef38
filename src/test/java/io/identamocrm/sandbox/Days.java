package io.identamocrm.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;

/**
 * How the account takes days and moments (amoCRM facts, sections 6 and 12).
 *
 * @param zone       the account's, in which days are meant
 * @param before1970 true if days before 1970 may be written as Unix seconds; as RFC 3339 they always may
 */
record Days(ZoneId zone, boolean before1970) {

    /** A day, as the Unix seconds of its beginning. */
    long day(JsonNode written) throws RefusedValue {
        if (!before1970 && written.asText().matches("-\\d+")) {
            throw RefusedValue.wrongType("timestamp");
        }
        return instant(written).atZone(zone).toLocalDate().atStartOfDay(zone).toEpochSecond();
    }

    /** A moment in Unix seconds. */
    long moment(JsonNode written) throws RefusedValue {
        return instant(written).getEpochSecond();
    }

    private static Instant instant(JsonNode written) throws RefusedValue {
        try {
            if (written.canConvertToLong()) {
                return Instant.ofEpochSecond(written.asLong());
            }
            return written.asText().matches("-?\\d{1,12}")
                    ? Instant.ofEpochSecond(Long.parseLong(written.asText()))
                    : OffsetDateTime.parse(written.asText()).toInstant();
        } catch (DateTimeException e) {
            throw RefusedValue.wrongType("timestamp");
        }
    }
}
