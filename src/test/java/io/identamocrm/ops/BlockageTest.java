package io.identamocrm.ops;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.sqlserver.jdbc.SQLServerDataSource;
import io.identamocrm.clinic.SampleClinic;
import io.identamocrm.ident.IdentSql;
import io.identamocrm.sandbox.SandboxClock;
import io.identamocrm.settings.SqlServerUrl;
import io.identamocrm.tds.TdsFault;
import io.identamocrm.tds.TdsServer;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who keeps the product from reading, as far as a login sees that may only SELECT. */
class BlockageTest {

    private static final Instant NINE = Instant.parse("2026-03-03T09:00:00Z");

    private final SampleClinic clinic = SampleClinic.inMemory();
    private final SandboxClock clock = new SandboxClock(NINE);
    private TdsServer server;
    private Blockage blockage;

    @BeforeEach
    void start() {
        Assumptions.assumeTrue(clinic.isH2());
        server = new TdsServer(clinic.jdbcUrl(), clinic.reader(), clinic.readerPassword(), null);
        SQLServerDataSource ident = new SQLServerDataSource();
        ident.setURL(SqlServerUrl.of("127.0.0.1", server.port(), "IDENT", null, false, true));
        ident.setUser("reader");
        ident.setPassword("any");
        blockage = new Blockage(new IdentSql(Path.of("config/sql"), ident), clock);
    }

    @AfterEach
    void stop() throws IOException {
        if (server != null) {
            server.close();
        }
        clinic.close();
    }

    private void open(long version) {
        clinic.execute("DELETE FROM dbo.OpenTransactions");
        clinic.execute("INSERT INTO dbo.OpenTransactions (Version) VALUES (?)", version);
    }

    private Blockage.Blocked lookAfter(int seconds) throws SQLException {
        clock.advance(Duration.ofSeconds(seconds));
        blockage.look();
        return blockage.now();
    }

    @Test
    void a_transaction_that_stays_open_is_told_after_a_minute_and_others_that_come_and_go_are_not()
            throws SQLException {
        assertThat(lookAfter(0)).as("none is open").isNull();
        open(7);
        assertThat(lookAfter(1)).isNull();
        open(8);
        assertThat(lookAfter(59)).as("another one").isNull();
        assertThat(lookAfter(59)).isNull();
        assertThat(lookAfter(2)).satisfies(blocked -> {
            assertThat(blocked.since()).isEqualTo(NINE.plusSeconds(60));
            assertThat(blocked.words())
                    .contains("keeps a transaction in IDENT open since 2026-03-03 09:01:00", "DBCC OPENTRAN");
        });
        clinic.execute("DELETE FROM dbo.OpenTransactions");
        assertThat(lookAfter(1)).isNull();
    }

    @Test
    void a_lock_is_told_at_once_until_a_run_has_read_all_it_wanted() {
        blockage.locked();
        clock.advance(Duration.ofMinutes(1));
        blockage.locked();
        assertThat(blockage.now().since()).isEqualTo(NINE);
        assertThat(blockage.now().words()).contains("keeps rows of IDENT locked since 2026-03-03 09:00:00");
        blockage.free();
        assertThat(blockage.now()).isNull();
    }

    @Test
    void a_database_that_tells_changes_by_time_alone_is_not_asked() throws SQLException {
        clinic.execute("ALTER TABLE dbo.Receptions DROP COLUMN RowVersion");
        server.fail(text -> text.contains("@@DBTS"), TdsFault.error(137));
        assertThat(lookAfter(0)).isNull();
    }
}
