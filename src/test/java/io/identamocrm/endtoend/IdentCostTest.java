package io.identamocrm.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.identamocrm.clinic.ClinicGenerator;
import io.identamocrm.clinic.SampleClinic;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a run costs the clinic's server: statements by the chunk, never by the reception. */
class IdentCostTest {

    private static final int PER_RUN = 3;
    private static final int PER_CHUNK = 3;
    private static final int CHUNK = 200;

    @RegisterExtension
    private final Installation installation = Installation.empty();

    @ParameterizedTest
    @CsvSource({"400, 2", "1000, 5"})
    void a_full_run_asks_three_statements_and_three_more_for_each_chunk_of_two_hundred(int receptions, int chunks) {
        SampleClinic clinic =
                installation.clinic().fill(ClinicGenerator.Options.deliverable(receptions, Installation.NOW));
        installation.runtime();
        clinic.execute("SET QUERY_STATISTICS_MAX_ENTRIES 1000");
        clinic.execute("SET QUERY_STATISTICS TRUE");
        assertThat(installation.full().found())
                .isGreaterThan((chunks - 1) * CHUNK)
                .isLessThanOrEqualTo(chunks * CHUNK);
        // The sample clinic's own function for the row version asks one more.
        assertThat(clinic.count("SELECT SUM(EXECUTION_COUNT) FROM INFORMATION_SCHEMA.QUERY_STATISTICS "
                        + "WHERE SQL_STATEMENT LIKE '%SELECT%' AND SQL_STATEMENT NOT LIKE '%QUERY_STATISTICS%' "
                        + "AND SQL_STATEMENT NOT LIKE '%OpenTransactions%'"))
                .isEqualTo(PER_RUN + PER_CHUNK * chunks);
    }
}
