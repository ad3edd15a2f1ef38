package io.identamocrm.ident;

import static org.assertj.core.api.Assertions.assertThat;

import io.identamocrm.clinic.PlayedCatalog;
import io.identamocrm.clinic.SampleClinic;
import java.nio.file.Path;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Whether changes can be told by row version here. */
class RowVersionsHereTest {

    private static final String READS = "jdbc:sqlserver://host:1433;applicationIntent=ReadOnly";
    private static final String WRITES = "jdbc:sqlserver://host:1433;applicationIntent=ReadWrite";

    private final SampleClinic clinic = SampleClinic.inMemory();
    private PlayedCatalog catalog;

    @BeforeEach
    void start() {
        catalog = new PlayedCatalog(clinic);
        // H2 has no type that is a row version, but one that is called like SQL Server's.
        clinic.execute("ALTER TABLE dbo.Receptions ALTER COLUMN RowVersion RENAME TO Counted");
        clinic.execute("ALTER TABLE dbo.Receptions ADD RowVersion timestamp");
    }

    @AfterEach
    void stop() {
        clinic.close();
    }

    private static IdentSql sql(DataSource ident) {
        return new IdentSql(Path.of("config/sql"), ident);
    }

    private IdentSql sql() {
        return sql(catalog.dataSource(READS));
    }

    @Test
    void where_the_clinic_writes_into_the_database_the_column_tells() throws SQLException {
        assertThat(sql().isCopy()).isFalse();
        assertThat(sql().hasRowVersions()).isTrue();
    }

    @Test
    void a_database_that_takes_no_writes_is_a_copy() throws SQLException {
        catalog.becomesReadOnly();
        assertThat(sql().isCopy()).isTrue();
        assertThat(sql().has("Receptions.RowVersion")).isTrue();
        assertThat(sql().hasRowVersions()).isFalse();
    }

    @Test
    void in_an_availability_group_who_only_reads_may_come_to_a_copy_each_time() throws SQLException {
        catalog.joinsAvailabilityGroup();
        assertThat(sql().hasRowVersions()).isFalse();
        DataSource writing = catalog.dataSource(WRITES);
        assertThat(sql(writing).hasRowVersions())
                .as("always where the clinic writes")
                .isTrue();
        catalog.becomesReadOnly();
        assertThat(sql(writing).hasRowVersions()).isFalse();
    }

    @Test
    void an_engine_that_knows_no_replicas_has_none_and_says_which_database_it_is() throws SQLException {
        String database = sql().database();
        clinic.execute("ALTER TABLE sys.databases DROP COLUMN replica_id");
        assertThat(sql().isCopy()).isFalse();
        assertThat(sql().database()).isEqualTo(database);
        catalog.becomesReadOnly();
        assertThat(sql().isCopy()).isTrue();
    }

    @Test
    void a_database_that_becomes_a_copy_under_the_service_is_one_from_the_next_run_on() throws SQLException {
        IdentSql sql = sql();
        assertThat(sql.hasRowVersions()).isTrue();
        String database = sql.database();
        catalog.joinsAvailabilityGroup();
        assertThat(sql.database()).isEqualTo(database);
        assertThat(sql.hasRowVersions()).isFalse();
    }

    @Test
    void a_column_of_this_name_and_another_type_is_no_row_version() throws SQLException {
        clinic.execute("ALTER TABLE dbo.Receptions DROP COLUMN RowVersion");
        clinic.execute("ALTER TABLE dbo.Receptions ADD RowVersion binary(8)");
        assertThat(sql().hasRowVersions()).as("nothing counts it on").isFalse();
        assertThat(sql(clinic.dataSource()).hasRowVersions())
                .as("in H2 something does")
                .isTrue();
        clinic.execute("ALTER TABLE dbo.Receptions DROP COLUMN RowVersion");
        clinic.execute("ALTER TABLE dbo.Receptions ADD RowVersion bigint");
        assertThat(sql(clinic.dataSource()).hasRowVersions()).isFalse();
    }
}
