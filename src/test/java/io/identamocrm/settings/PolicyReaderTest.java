package io.identamocrm.settings;

import static org.assertj.core.api.Assertions.assertThat;

import io.identamocrm.model.Funnel;
import io.identamocrm.model.Status;
import io.identamocrm.model.SyncPolicy;
import io.identamocrm.model.SyncPolicy.Target;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The clinic's choices as the settings tell them: each line of a branch is optional, and counts by itself. */
class PolicyReaderTest {

    private final Map<String, String> settings = new HashMap<>(Map.of(
            "amocrm.primary-pipeline-id",
            "100",
            "amocrm.secondary-pipeline-id",
            "200",
            "amocrm.primary-stage-id",
            "101",
            "deal.stage.primary.arrived",
            "102",
            "deal.stage.primary.completed",
            "142",
            "deal.name",
            "Приём",
            "branches",
            "2"));

    private SyncPolicy ofBranch() {
        return new PolicyReader(
                        new SettingValues(new SettingsFile(Path.of("config/application.properties")), settings::get))
                .policy()
                .ofBranch(2L);
    }

    @Test
    void a_stage_of_a_branch_without_a_pipeline_is_one_of_the_clinics_pipeline() {
        settings.put("branch.2.primary-stage-id", "105");
        settings.put("branch.2.secondary-stage-id", "205");
        assertThat(ofBranch().targets())
                .isEqualTo(Map.of(Funnel.PRIMARY, new Target(100, 105L), Funnel.SECONDARY, new Target(200, 205L)));
        assertThat(ofBranch().stageByStatus().get(Funnel.PRIMARY))
                .as("the rest is the clinic's")
                .isEqualTo(Map.of(Status.ARRIVED, 102L, Status.COMPLETED, 142L));
    }

    @Test
    void a_stage_by_status_of_a_branch_without_a_pipeline_stands_before_the_clinics() {
        settings.put("branch.2.stage.primary.arrived", "106");
        assertThat(ofBranch().targets().get(Funnel.PRIMARY)).isEqualTo(new Target(100, 101L));
        assertThat(ofBranch().stageByStatus().get(Funnel.PRIMARY))
                .isEqualTo(Map.of(Status.ARRIVED, 106L, Status.COMPLETED, 142L));
    }

    @Test
    void a_branch_with_its_own_pipeline_has_only_the_stages_that_it_names() {
        settings.put("branch.2.primary-pipeline-id", "500");
        settings.put("branch.2.stage.primary.arrived", "506");
        assertThat(ofBranch().targets().get(Funnel.PRIMARY)).isEqualTo(new Target(500, null));
        assertThat(ofBranch().stageByStatus().get(Funnel.PRIMARY)).isEqualTo(Map.of(Status.ARRIVED, 506L));
    }
}
