package io.identamocrm.endtoend;

import static io.identamocrm.endtoend.Installation.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import io.identamocrm.clinic.ClinicGenerator;
import io.identamocrm.model.Outcome;
import io.identamocrm.sync.RunReport;
import java.math.BigDecimal;
import java.time.LocalDateTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The cost of a run grows with what has changed, not with what there is. */
class TenThousandReceptionsTest {

    private static final int RECEPTIONS = 10_000;

    @RegisterExtension
    private final Installation installation = Installation.filled(ClinicGenerator.Options.deliverable(RECEPTIONS, NOW));

    @Test
    void fifty_changes_of_ten_thousand_cost_six_requests_and_none_cost_two() {
        assertThat(installation.full().count(Outcome.FAILED)).isZero();
        installation.incremental();
        for (int i = 0; i < 50; i++) {
            installation
                    .staff()
                    .addService(
                            ClinicGenerator.FIRST_RECEPTION + i * 200,
                            "Осмотр",
                            new BigDecimal("700"),
                            LocalDateTime.now().plusSeconds(1));
        }
        installation.sandbox().journal().clear();
        RunReport changed = installation.incremental();
        assertThat(changed.count(Outcome.UPDATED)).isEqualTo(50);
        assertThat(installation.sandbox().journal().count()).isLessThanOrEqualTo(6);

        installation.sandbox().journal().clear();
        installation.incremental();
        assertThat(installation.sandbox().journal().writes()).isZero();
        assertThat(installation.sandbox().journal().count()).isLessThanOrEqualTo(2);
    }
}
