package io.identamocrm.settings;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.sqlserver.jdbc.SQLServerDriver;
import java.sql.DriverPropertyInfo;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Map;
import java.util.Properties;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;

/** What of a JDBC URL is kept from everybody's eyes, and what stays as it was written. */
class JdbcSecretsTest {

    @Test
    void a_url_without_secrets_stays_as_it_was_written() {
        for (String url : new String[] {
            "jdbc:sqlserver://db:1433;databaseName={a;b=c};encrypt=true",
            "jdbc:sqlserver://db",
            "jdbc:h2:mem:x;MODE=MSSQLServer;INIT=CREATE SCHEMA IF NOT EXISTS dbo\\;SET SCHEMA dbo"
        }) {
            assertThat(JdbcSecrets.takenFrom(url)).isEqualTo(new JdbcSecrets(url, null, null, Map.of()));
        }
    }

    @Test
    void login_and_other_secrets_are_taken_out_of_a_sql_servers_url() {
        JdbcSecrets taken =
                JdbcSecrets.takenFrom("jdbc:sqlserver://db:1433; User=reader;databaseName=Ident;password={p;}}w=d};"
                        + "trustStorePassword=changeit;encrypt=true");
        assertThat(taken)
                .isEqualTo(new JdbcSecrets(
                        "jdbc:sqlserver://db:1433;databaseName=Ident;encrypt=true",
                        "reader",
                        "p;}w=d",
                        Map.of("trustStorePassword", "changeit")));
        assertThat(taken.toString()).doesNotContain("p;}w=d", "changeit", "reader");
    }

    @Test
    void the_login_is_taken_out_of_another_databases_url() {
        assertThat(JdbcSecrets.takenFrom("jdbc:h2:file:/x;USER=sa;PASSWORD=a\\;b;MODE=MSSQLServer"))
                .isEqualTo(new JdbcSecrets("jdbc:h2:file:/x;MODE=MSSQLServer", "sa", "a;b", Map.of()));
    }

    @Property(tries = 300)
    void the_driver_reads_the_same_login_from_both(
            @ForAll @CharRange(from = ' ', to = '~') @StringLength(max = 12) String user) throws SQLException {
        String url =
                "jdbc:sqlserver://db;databaseName=Ident;user={" + user.replace("}", "}}") + "};password=x;encrypt=true";
        JdbcSecrets taken = JdbcSecrets.takenFrom(url);
        assertThat(taken.username()).isEqualTo(ofDriver(url, "user"));
        assertThat(taken.password()).isEqualTo("x");
        assertThat(ofDriver(taken.url(), "user")).isNullOrEmpty();
        assertThat(ofDriver(taken.url(), "databaseName")).isEqualTo("Ident");
    }

    private static String ofDriver(String url, String property) throws SQLException {
        return Arrays.stream(new SQLServerDriver().getPropertyInfo(url, new Properties()))
                .filter(info -> info.name.equals(property))
                .map((DriverPropertyInfo info) -> info.value)
                .findFirst()
                .orElseThrow();
    }
}
