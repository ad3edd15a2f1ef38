package io.identamocrm.settings;

import static org.assertj.core.api.Assertions.assertThat;

import io.identamocrm.model.Funnel;
import io.identamocrm.model.Status;
import io.identamocrm.model.SyncPolicy;
import io.identamocrm.model.SyncPolicy.Target;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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
        return new PolicyReader(values()).policy().ofBranch(2L);
    }

    private SettingValues values() {
        return new SettingValues(new SettingsFile(Path.of("config/application.properties")), settings::get);
    }

    /** The problems of a policy that opens closed deals again. */
    private List<String> refused() {
        settings.put("deal.recreate-closed", "yes");
        settings.put("amocrm.excluded-stages", "143");
        SettingValues values = values();
        new PolicyReader(values).policy();
        return values.problems().stream()
                .map(problem -> problem.complaint().english())
                .filter(complaint -> complaint.contains("excluded"))
                .toList();
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

    @ParameterizedTest
    @ValueSource(
            strings = {
                "amocrm.primary-stage-id",
                "amocrm.default-stage-id",
                "deal.stage.secondary.no-show",
                "branch.2.secondary-stage-id",
                "branch.2.stage.primary.cancelled"
            })
    void the_setting_by_which_deals_would_go_where_closed_ones_are_is_named(String setting) {
        assertThat(refused()).isEmpty();
        settings.put(setting, "143");
        assertThat(refused()).singleElement().asString().contains(" " + setting + " ");
    }

    @Test
    void a_stage_for_new_deals_that_no_pipeline_takes_is_no_reason() {
        settings.put("amocrm.secondary-stage-id", "201");
        settings.put("amocrm.default-stage-id", "143");
        assertThat(refused()).isEmpty();
    }
}
