package io.identamocrm.checks;

import io.identamocrm.model.Explanation;
import io.identamocrm.model.Text;
import java.sql.Types;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Of which types the columns may be that the SQL files return: those that the product reads as what the clinic means. */
final class AliasTypes {

    /** With SQL Server's own numbers for smalldatetime and datetime. */
    private static final Set<Integer> DAYS =
            Set.of(Types.TIMESTAMP, Types.DATE, microsoft.sql.Types.SMALLDATETIME, microsoft.sql.Types.DATETIME);

    private static final Set<Integer> WITH_OFFSET =
            Set.of(Types.TIMESTAMP_WITH_TIMEZONE, microsoft.sql.Types.DATETIMEOFFSET);
    /** With SQL Server's own numbers for money. */
    private static final Set<Integer> NUMBERS = Set.of(
            Types.TINYINT,
            Types.SMALLINT,
            Types.INTEGER,
            Types.BIGINT,
            Types.DECIMAL,
            Types.NUMERIC,
            Types.REAL,
            Types.FLOAT,
            Types.DOUBLE,
            microsoft.sql.Types.MONEY,
            microsoft.sql.Types.SMALLMONEY);

    private static final Set<Integer> BITS = Set.of(Types.BIT, Types.BOOLEAN);
    private static final Set<Integer> TEXTS = Set.of(
            Types.CHAR,
            Types.VARCHAR,
            Types.LONGVARCHAR,
            Types.NCHAR,
            Types.NVARCHAR,
            Types.LONGNVARCHAR,
            Types.CLOB,
            Types.NCLOB,
            microsoft.sql.Types.GUID);
    private static final Set<Integer> BYTES = Set.of(Types.BINARY, Types.VARBINARY, Types.LONGVARBINARY);

    private static final Need TIME = new Need(CheckText.DATE_AND_TIME, DAYS);
    /** An offset is that of the server itself. */
    private static final Need CLOCK = new Need(CheckText.DATE_AND_TIME, union(DAYS, WITH_OFFSET));

    private static final Need NUMBER = new Need(CheckText.A_NUMBER, NUMBERS);
    private static final Need DATE = new Need(CheckText.A_DATE, union(DAYS, TEXTS));
    private static final Need BIT = new Need(CheckText.A_BIT, union(NUMBERS, BITS));
    private static final Need BIT_OR_WORD = new Need(CheckText.A_BIT, union(NUMBERS, BITS, TEXTS));
    private static final Need TEXT = new Need(CheckText.A_TEXT, union(NUMBERS, TEXTS));
    private static final Need ANYTHING =
            new Need(CheckText.A_TEXT, union(DAYS, WITH_OFFSET, Set.of(Types.TIME), NUMBERS, BITS, TEXTS, BYTES));
    private static final Need VERSION = new Need(CheckText.ROW_VERSION_TYPE, BYTES);

    private static final Map<String, Need> NEEDS = new HashMap<>();

    static {
        need(CLOCK, "read_at");
        need(
                TIME,
                "plan_start",
                "plan_end",
                "appeared_at",
                "started_at",
                "ended_at",
                "check_issued_at",
                "canceled_at",
                "added_at",
                "changed_at",
                "progressed_at",
                "last_visit");
        need(
                NUMBER,
                "reception_id",
                "patient_id",
                "cancel_reason_id",
                "transferred_from_id",
                "branch_id",
                "completed",
                "amount",
                "total_visits",
                "appointments",
                "balance",
                "receptions_changed",
                "bills_changed",
                "patients_changed");
        need(DATE, "birthday", "first_visit");
        need(BIT, "completed_before", "returned");
        need(BIT_OR_WORD, "sms_rejection");
        need(
                TEXT,
                "doctor_surname",
                "doctor_name",
                "doctor_patronymic",
                "branch_name",
                "service_name",
                "surname",
                "name",
                "patronymic",
                "mobile_phone",
                "card_number",
                "comment");
        need(
                ANYTHING,
                "patient_number",
                "status",
                "gender",
                "email",
                "city",
                "inn",
                "snils",
                "archive_reason",
                "discount");
        need(VERSION, "row_version");
    }

    /** What an alias must be, in words and in JDBC's type numbers. */
    private record Need(Text words, Set<Integer> types) {}

    private AliasTypes() {}

    private static void need(Need need, String... aliases) {
        List.of(aliases).forEach(alias -> NEEDS.put(alias, need));
    }

    @SafeVarargs
    private static Set<Integer> union(Set<Integer>... sets) {
        Set<Integer> all = new HashSet<>();
        for (Set<Integer> set : sets) {
            all.addAll(set);
        }
        return all;
    }

    /** All aliases that the product reads. */
    static Set<String> aliases() {
        return NEEDS.keySet();
    }

    /**
     * What is wrong with a column; null if it can be read, or if nobody reads it.
     *
     * @param place    file and line
     * @param alias    in lower case
     * @param type     JDBC's number, or the driver's own
     * @param typeName the server's name of it
     */
    static @Nullable Explanation misfit(Text place, String alias, int type, String typeName) {
        Need need = NEEDS.get(alias);
        if (need == null || need.types.contains(type) || type == Types.NULL) {
            return null;
        }
        return new Explanation(place, CheckText.MISFIT.with(alias, typeName, need.words), remedy(alias, type));
    }

    private static Text remedy(String alias, int type) {
        if (alias.equals("check_issued_at")) {
            return CheckText.BILL_TIME;
        }
        return WITH_OFFSET.contains(type) ? CheckText.CONVERT_OFFSET : CheckText.CONVERT;
    }
}
