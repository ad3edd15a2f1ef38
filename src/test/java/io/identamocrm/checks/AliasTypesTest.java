package io.identamocrm.checks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.identamocrm.clinic.SampleClinic;
import io.identamocrm.ident.ChangeSigns;
import io.identamocrm.ident.FoundRow;
import io.identamocrm.ident.PatientRows;
import io.identamocrm.ident.ReadRow;
import io.identamocrm.ident.ReceptionRows;
import io.identamocrm.ident.ServerClock;
import io.identamocrm.ident.TransferRows;
import io.identamocrm.model.Explanation;
import io.identamocrm.model.Text;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import microsoft.sql.DateTimeOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.jdbc.core.ColumnMapRowMapper;

/** Every alias in every type: it is read, or refused at start. */
class AliasTypesTest {

    private static final LocalDateTime TIME = LocalDateTime.of(2026, 3, 16, 12, 0);

    /**
     * A column as a driver gives it.
     *
     * @param name   of the type
     * @param number JDBC's or the driver's own
     * @param value  what comes of {@code getObject}
     */
    private record Column(String name, int number, Object value) {}

    /** A chunk's results, by what they are of; those with the alias get the value. */
    private static final class Results {

        private final Map<String, Map<String, Object>> rows = new HashMap<>();

        private Results() {
            Timestamp time = Timestamp.valueOf(TIME);
            put("clock", "read_at", time);
            put(
                    "found",
                    "reception_id",
                    7,
                    "patient_id",
                    9,
                    "plan_start",
                    time,
                    "added_at",
                    time,
                    "changed_at",
                    time,
                    "progressed_at",
                    time);
            put(
                    "signs",
                    "row_version",
                    new byte[Long.BYTES],
                    "receptions_changed",
                    0,
                    "bills_changed",
                    0,
                    "patients_changed",
                    0);
            put(
                    "receptions",
                    "reception_id",
                    7,
                    "patient_id",
                    9,
                    "plan_start",
                    time,
                    "plan_end",
                    time,
                    "appeared_at",
                    time,
                    "started_at",
                    time,
                    "ended_at",
                    time,
                    "check_issued_at",
                    time,
                    "canceled_at",
                    time,
                    "cancel_reason_id",
                    1,
                    "transferred_from_id",
                    6,
                    "branch_id",
                    2,
                    "branch_name",
                    "м",
                    "added_at",
                    time,
                    "changed_at",
                    time,
                    "read_at",
                    time,
                    "doctor_surname",
                    "м",
                    "doctor_name",
                    "м",
                    "doctor_patronymic",
                    "м",
                    "completed_before",
                    1);
            rows.get("receptions").putAll(person());
            put("services", "reception_id", 7, "service_name", "м", "amount", BigDecimal.ONE, "returned", 0);
            put(
                    "transfers",
                    "reception_id",
                    7,
                    "patient_id",
                    9,
                    "branch_id",
                    2,
                    "transferred_from_id",
                    6,
                    "plan_end",
                    time,
                    "appeared_at",
                    time,
                    "started_at",
                    time,
                    "ended_at",
                    time,
                    "check_issued_at",
                    time,
                    "canceled_at",
                    time,
                    "cancel_reason_id",
                    1);
            put(
                    "patients",
                    "patient_id",
                    9,
                    "read_at",
                    time,
                    "status",
                    "м",
                    "gender",
                    "м",
                    "email",
                    "м",
                    "city",
                    "м",
                    "inn",
                    "м",
                    "snils",
                    "м",
                    "archive_reason",
                    "м",
                    "discount",
                    "м");
            rows.get("patients").putAll(person());
            put("visits", "patient_id", 9, "total_visits", 1, "completed", 1, "appointments", 1, "last_visit", time);
            put("branches", "patient_id", 9, "branch_name", "м");
            put("balances", "patient_id", 9, "balance", BigDecimal.ONE);
        }

        private static Map<String, Object> person() {
            return Map.of(
                    "patient_number",
                    1,
                    "surname",
                    "м",
                    "name",
                    "м",
                    "patronymic",
                    "м",
                    "birthday",
                    "1.2.2003",
                    "mobile_phone",
                    "м",
                    "card_number",
                    "м",
                    "comment",
                    "м",
                    "first_visit",
                    Timestamp.valueOf(TIME),
                    "sms_rejection",
                    true);
        }

        private void put(String of, Object... columns) {
            Map<String, Object> row = new HashMap<>();
            for (int i = 0; i < columns.length; i += 2) {
                row.put((String) columns[i], columns[i + 1]);
            }
            rows.put(of, row);
        }

        private Set<String> aliases() {
            Set<String> aliases = new HashSet<>();
            rows.values().forEach(row -> aliases.addAll(row.keySet()));
            return aliases;
        }

        private Results with(String alias, Object value) {
            rows.values().forEach(row -> row.replace(alias, value));
            return this;
        }

        private List<Map<String, Object>> of(String name) {
            return List.of(rows.get(name));
        }

        private void read() {
            assertThat(new ServerClock().read(of("clock"))).isNotNull();
            FoundRow.of(rows.get("found"), "reception_id");
            ChangeSigns.of(of("signs"));
            assertThat(new ReceptionRows()
                            .read(of("receptions"), of("services"), id -> TransferRows.read(of("transfers"))))
                    .singleElement()
                    .isInstanceOf(ReadRow.class);
            assertThat(new PatientRows().read(of("patients"), of("visits"), of("branches"), of("balances")))
                    .singleElement()
                    .isInstanceOf(ReadRow.class);
        }
    }

    @Test
    void every_alias_of_every_type_of_h2_is_read_or_refused() throws SQLException {
        List<Column> columns = new ArrayList<>();
        try (SampleClinic clinic = SampleClinic.inMemory();
                Connection connection = clinic.dataSource().getConnection()) {
            for (String type : List.of(
                    "char(2)",
                    "varchar(2)",
                    "nvarchar(2)",
                    "nvarchar(max)",
                    "ntext",
                    "clob",
                    "nclob",
                    "varchar_ignorecase(2)",
                    "bit",
                    "boolean",
                    "tinyint",
                    "smallint",
                    "int",
                    "bigint",
                    "decimal(5, 2)",
                    "numeric(5)",
                    "money",
                    "smallmoney",
                    "real",
                    "float",
                    "double precision",
                    "decfloat",
                    "json",
                    "enum('1', '2')")) {
                columns.add(ofH2(connection, "CAST('1' AS " + type + ")", type));
            }
            for (String type : List.of(
                    "date",
                    "datetime",
                    "datetime2",
                    "smalldatetime",
                    "timestamp",
                    "timestamp with time zone",
                    "time",
                    "time with time zone")) {
                columns.add(ofH2(
                        connection, "CAST(TIMESTAMP WITH TIME ZONE '2026-03-16 12:00:00+03' AS " + type + ")", type));
            }
            for (String type : List.of("binary(8)", "varbinary(8)", "image", "blob")) {
                columns.add(ofH2(connection, "CAST(X'0000000000000001' AS " + type + ")", type));
            }
            columns.add(ofH2(connection, "RANDOM_UUID()", "uniqueidentifier"));
            columns.add(ofH2(connection, "INTERVAL '1' DAY", "interval day"));
            columns.add(ofH2(connection, "ROW (1, 2)", "row"));
        }
        assertThat(read(columns)).isGreaterThan(columns.size());
    }

    private static Column ofH2(Connection connection, String value, String type) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("SELECT " + value + " AS x");
                ResultSet row = statement.executeQuery()) {
            row.next();
            // As Camel's sql component takes it.
            return new Column(
                    type,
                    statement.getMetaData().getColumnType(1),
                    new ColumnMapRowMapper().mapRow(row, 1).get("x"));
        }
    }

    @Test
    void every_alias_of_every_type_of_sql_server_is_read_or_refused() {
        Timestamp time = Timestamp.valueOf(TIME);
        byte[] bytes = new byte[Long.BYTES];
        List<Column> columns = List.of(
                new Column("tinyint", Types.TINYINT, (short) 1),
                new Column("bit", Types.BIT, true),
                new Column("smallint", Types.SMALLINT, (short) 1),
                new Column("int", Types.INTEGER, 1),
                new Column("bigint", Types.BIGINT, 1L),
                new Column("float", Types.DOUBLE, 1.0),
                new Column("real", Types.REAL, 1.0f),
                new Column("decimal", Types.DECIMAL, new BigDecimal("1.00")),
                new Column("numeric", Types.NUMERIC, BigDecimal.ONE),
                new Column("money", microsoft.sql.Types.MONEY, new BigDecimal("1.0000")),
                new Column("money as decimal", Types.DECIMAL, new BigDecimal("1.0000")),
                new Column("smallmoney", microsoft.sql.Types.SMALLMONEY, BigDecimal.ONE),
                new Column("smalldatetime", microsoft.sql.Types.SMALLDATETIME, time),
                new Column("datetime", Types.TIMESTAMP, time),
                new Column("datetime", microsoft.sql.Types.DATETIME, time),
                new Column("datetime2", Types.TIMESTAMP, time),
                new Column("date", Types.DATE, java.sql.Date.valueOf(LocalDate.of(2026, 3, 16))),
                new Column("time", Types.TIME, java.sql.Time.valueOf(LocalTime.NOON)),
                new Column(
                        "datetimeoffset",
                        microsoft.sql.Types.DATETIMEOFFSET,
                        DateTimeOffset.valueOf(TIME.atOffset(ZoneOffset.UTC))),
                new Column("char", Types.CHAR, "1 "),
                new Column("varchar", Types.VARCHAR, "1"),
                new Column("varchar(max)", Types.LONGVARCHAR, "1"),
                new Column("text", Types.LONGVARCHAR, "1"),
                new Column("nchar", Types.NCHAR, "1 "),
                new Column("nvarchar", Types.NVARCHAR, "1"),
                new Column("ntext", Types.LONGNVARCHAR, "1"),
                new Column("uniqueidentifier", microsoft.sql.Types.GUID, "6F9619FF"),
                new Column("uniqueidentifier", Types.CHAR, "6F9619FF"),
                new Column("xml", Types.LONGNVARCHAR, "<a/>"),
                new Column("xml", Types.SQLXML, new Object()),
                new Column("binary", Types.BINARY, bytes),
                new Column("varbinary", Types.VARBINARY, bytes),
                new Column("varbinary(max)", Types.LONGVARBINARY, bytes),
                new Column("image", Types.LONGVARBINARY, bytes),
                new Column("rowversion", Types.BINARY, bytes),
                new Column("sql_variant", microsoft.sql.Types.SQL_VARIANT, 1),
                new Column("hierarchyid", Types.VARBINARY, bytes),
                new Column("geometry", microsoft.sql.Types.GEOMETRY, new Object()),
                new Column("geography", microsoft.sql.Types.GEOGRAPHY, new Object()),
                new Column("json", -159, new Object()),
                new Column("vector", -160, new Object()),
                new Column("table", Types.OTHER, new Object()));
        assertThat(read(columns)).isGreaterThan(columns.size());
    }

    /** How many of all pairs are read. */
    private static int read(List<Column> columns) {
        int read = 0;
        for (String alias : AliasTypes.aliases()) {
            for (Column column : columns) {
                // H2 calls a UUID binary.
                boolean uuid = column.value() instanceof java.util.UUID && alias.equals("row_version");
                if (!uuid && AliasTypes.misfit(Text.of("file"), alias, column.number(), column.name()) == null) {
                    Results results = new Results().with(alias, column.value());
                    assertThatCode(results::read)
                            .as("%s as %s (%s)", alias, column.name(), column.number())
                            .doesNotThrowAnyException();
                    read++;
                }
            }
        }
        return read;
    }

    @Test
    void every_alias_that_is_read_is_known_and_a_good_row_is_read() {
        assertThat(new Results().aliases()).isEqualTo(AliasTypes.aliases());
        assertThatCode(new Results()::read).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource({
        "check_issued_at, -7, COALESCE(CheckIssued",
        "check_issued_at, 12, COALESCE(CheckIssued",
        "plan_start, -155, SWITCHOFFSET",
        "changed_at, 2014, SWITCHOFFSET",
        "surname, -7, TRY_CAST",
        "comment, 93, TRY_CAST",
        "birthday, 4, TRY_CAST",
        "returned, 12, TRY_CAST",
        "row_version, -5, TRY_CAST",
        "gender, -156, TRY_CAST"
    })
    void what_would_be_silently_wrong_is_refused_with_its_remedy(String alias, int type, String remedy) {
        Explanation misfit = AliasTypes.misfit(Text.of("receptions.sql, line 7"), alias, type, "sometype");
        assertThat(misfit.sentence())
                .startsWith("receptions.sql, line 7: " + alias + " is sometype")
                .contains(remedy);
    }
}
