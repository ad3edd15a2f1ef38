package io.identamocrm.checks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.microsoft.sqlserver.jdbc.SQLServerDriver;
import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.identamocrm.problems.Problem;
import io.identamocrm.settings.Settings;
import io.identamocrm.settings.SqlServerUrl;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.sql.DriverPropertyInfo;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.LoggerContext;
import org.apache.logging.log4j.core.appender.AbstractAppender;
import org.apache.logging.log4j.core.config.Configurator;
import org.apache.logging.log4j.core.config.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The URL of the clinic's database as its driver reads it, and what becomes known of the password. */
class IdentConnectionTest {

    private static final int SHORT_MILLISECONDS = 1000;

    /** Some of them the driver writes in its own way, in small letters or with a capital; here they are in small ones. */
    private static final Set<String> WORDS = Set.of("encrypt", "applicationIntent", "authenticationScheme");

    private static Map<String, String> readByDriver(String url) throws SQLException {
        return Arrays.stream(new SQLServerDriver().getPropertyInfo(url, new Properties()))
                .filter(part -> part.value != null)
                .collect(Collectors.toMap(
                        part -> part.name,
                        (DriverPropertyInfo part) ->
                                WORDS.contains(part.name) ? part.value.toLowerCase(Locale.ROOT) : part.value));
    }

    @Test
    void a_host_and_its_port() throws SQLException {
        assertThat(readByDriver(SqlServerUrl.of("192.168.1.10", 1444, "PZ", null, true, false)))
                .containsEntry("serverName", "192.168.1.10")
                .containsEntry("portNumber", "1444")
                .containsEntry("databaseName", "PZ")
                .containsEntry("encrypt", "true")
                .containsEntry("trustServerCertificate", "false")
                .containsEntry("applicationName", "ident-amocrm")
                .containsEntry("applicationIntent", "readonly")
                .containsEntry("loginTimeout", "15")
                .containsEntry("socketTimeout", "120000")
                .containsEntry("lockTimeout", "3000");
    }

    @Test
    void a_windows_login_has_its_domain() throws SQLException {
        assertThat(readByDriver(SqlServerUrl.of("host", 1433, "PZ", "CLINIC;user=sa", true, true)))
                .containsEntry("integratedSecurity", "true")
                .containsEntry("authenticationScheme", "ntlm")
                .containsEntry("domain", "CLINIC;user=sa")
                .containsEntry("encrypt", "true");
        assertThat(readByDriver(SqlServerUrl.of("host", 1433, "PZ", null, true, true)))
                .containsEntry("integratedSecurity", "false");
    }

    private static final Map<String, String> OURS = Map.of(
            "applicationName",
            "ident-amocrm",
            "applicationIntent",
            "readonly",
            "loginTimeout",
            "15",
            "socketTimeout",
            "120000",
            "lockTimeout",
            "3000");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "jdbc:sqlserver://host",
                "jdbc:sqlserver://host:1444",
                "jdbc:sqlserver://host:1444;",
                "jdbc:sqlserver://host\\SQLEXPRESS:1444;databaseName={a;b}",
                "jdbc:sqlserver://;serverName=host;portNumber=1444"
            })
    void a_url_that_somebody_wrote_gets_what_it_lacks_and_leads_where_it_led(String url) throws SQLException {
        Map<String, String> expected = new HashMap<>(readByDriver(url));
        expected.putAll(OURS);
        assertThat(readByDriver(SqlServerUrl.completed(url))).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "applicationName, Zuckerwerk",
        "APPLICATIONNAME, Zuckerwerk",
        "applicationIntent, readwrite",
        "loginTimeout, 30",
        "loginTimeout, 7",
        "socketTimeout, 0",
        "sockettimeout, 9000",
        "lockTimeout, -1",
        "lockTimeout, 500"
    })
    void what_somebody_wrote_into_the_url_stays(String property, String value) throws SQLException {
        Map<String, String> read =
                readByDriver(SqlServerUrl.completed("jdbc:sqlserver://host:1444;" + property + "={" + value + "}"));
        Map<String, String> expected = new HashMap<>(OURS);
        expected.replaceAll((name, ours) -> name.equalsIgnoreCase(property) ? value : ours);
        assertThat(read).containsAllEntriesOf(expected);
    }

    @Test
    void a_url_of_another_database_stays_as_it_is() {
        assertThat(SqlServerUrl.completed("jdbc:h2:mem:a;MODE=MSSQLServer"))
                .isEqualTo("jdbc:h2:mem:a;MODE=MSSQLServer");
    }

    @Test
    void a_named_instance_has_no_port_of_ours() throws SQLException {
        String url = SqlServerUrl.of("CLINIC-PC\\SQLEXPRESS", 1433, "IDENT", null, false, true);
        assertThat(readByDriver(url))
                .containsEntry("serverName", "CLINIC-PC")
                .containsEntry("encrypt", "false")
                .extractingByKey("instanceName")
                .asString()
                .isEqualToIgnoringCase("SQLEXPRESS");
        assertThat(url).doesNotContain("portNumber");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ПЗ клиника",
                "a;encrypt=false",
                "a};encrypt=false;x={",
                "a}",
                "}}",
                "{a}",
                "a=b",
                "O'Brien \"x\" [y]"
            })
    void a_database_may_have_any_name_and_brings_in_no_property(String database) throws SQLException {
        assertThat(readByDriver(SqlServerUrl.of("host", 1433, database, null, true, true)))
                .containsEntry("databaseName", database)
                .containsEntry("encrypt", "true")
                .containsEntry("serverName", "host");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "jdbc:sqlserver://nowhere.invalid:1433;loginTimeout=1",
                "jdbc:sqlserver://127.0.0.1:1;loginTimeout=1",
                "jdbc:sqlserver://127.0.0.1:1;databaseName={a;b};password=Пароль-из-URL;loginTimeout=1",
                "jdbc:h2:tcp://127.0.0.1:1/nowhere"
            })
    void a_password_is_in_no_log_and_no_exception_at_any_level(String url) {
        List<String> logged = new ArrayList<>();
        AbstractAppender appender = new AbstractAppender("passwords", null, null, false, Property.EMPTY_ARRAY) {
            @Override
            public void append(LogEvent event) {
                synchronized (logged) {
                    logged.add(event.getMessage().getFormattedMessage()
                            + (event.getThrown() == null ? "" : trace(event.getThrown())));
                }
            }
        };
        appender.start();
        LoggerContext context = LoggerContext.getContext(false);
        Level before = context.getRootLogger().getLevel();
        PrintStream console = System.err;
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        context.getRootLogger().addAppender(appender);
        Configurator.setRootLevel(Level.TRACE);
        System.setErr(new PrintStream(printed, true, StandardCharsets.UTF_8));
        HikariConfig config = IdentConnection.pool(new Settings.Ident(url, "reader", "Geheim-Wort", false));
        config.setConnectionTimeout(SHORT_MILLISECONDS);
        try (HikariDataSource pool = new HikariDataSource(config)) {
            assertThatThrownBy(pool::getConnection)
                    .isInstanceOfSatisfying(
                            SQLException.class,
                            failure -> assertThat(
                                            trace(failure) + Problem.of(failure).message())
                                    .doesNotContain("Geheim-Wort", "Пароль-из-URL"));
        } finally {
            System.setErr(console);
            Configurator.setRootLevel(before);
            context.getRootLogger().removeAppender(appender);
        }
        assertThat(logged)
                .isNotEmpty()
                .noneMatch(line -> line.contains("Geheim-Wort") || line.contains("Пароль-из-URL"));
        assertThat(printed.toString(StandardCharsets.UTF_8))
                .as("by the driver's own logger")
                .doesNotContain("Geheim-Wort", "WARNING");
    }

    private static String trace(Throwable failure) {
        StringWriter text = new StringWriter();
        failure.printStackTrace(new PrintWriter(text));
        return text.toString();
    }

    @Test
    void the_drivers_own_word_is_told_where_the_pool_has_nothing_to_lend() {
        Settings.Ident away = new Settings.Ident("jdbc:h2:tcp://127.0.0.1:1/nowhere", "reader", "secret", false);
        try (HikariDataSource pool = IdentConnection.open(away)) {
            assertThatThrownBy(() -> IdentConnection.borrow(pool, away))
                    .isInstanceOf(SQLException.class)
                    .isNotInstanceOf(SQLTransientConnectionException.class);
        }
    }

    @Test
    void what_was_borrowed_and_given_back_is_lent_to_the_next_one() throws SQLException {
        Settings.Ident there = new Settings.Ident("jdbc:h2:mem:look", "sa", "", false);
        try (HikariDataSource pool = IdentConnection.open(there)) {
            for (int time = 1; time <= 2; time++) {
                IdentConnection.borrow(pool, there).close();
                assertThat(pool.getHikariPoolMXBean().getTotalConnections()).isEqualTo(1);
            }
        }
    }
}
