package io.identamocrm.rules;

import static io.identamocrm.model.BrakeKind.CREATIONS;
import static io.identamocrm.model.BrakeKind.RECEPTIONS_GONE;
import static io.identamocrm.model.Fixtures.PRINT;
import static io.identamocrm.model.Fixtures.amocrm;
import static io.identamocrm.model.Fixtures.deal;
import static io.identamocrm.model.Fixtures.policy;
import static io.identamocrm.model.Fixtures.reception;
import static org.assertj.core.api.Assertions.assertThat;

import io.identamocrm.model.CrmSnapshot;
import io.identamocrm.model.Decision;
import io.identamocrm.model.Fixtures;
import io.identamocrm.model.Outcome;
import io.identamocrm.model.PlainForm;
import io.identamocrm.model.Reason;
import io.identamocrm.model.Reception;
import io.identamocrm.model.SyncPolicy;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** When brakes are pulled, and what becomes of a reception meanwhile. */
class BrakeRuleTest {

    @ParameterizedTest
    @CsvSource({"20, 20, false", "21, 21, true", "21, 104, true", "21, 105, false", "200, 1000, false", "201, 1000, true",
        "30000, 100000, true", "20000, 100000, false"})
    void creations_are_held_back_beyond_20_and_a_fifth(int affected, int total, boolean pulled) {
        assertThat(BrakeRule.pulls(CREATIONS, affected, total)).isEqualTo(pulled);
    }

    @ParameterizedTest
    @CsvSource({"0, 0, false", "20, 20, false", "21, 419, true", "21, 420, false", "50, 1000, false", "51, 1000, true"})
    void what_is_gone_is_not_believed_beyond_20_and_a_twentieth(int affected, int total, boolean pulled) {
        assertThat(BrakeRule.pulls(RECEPTIONS_GONE, affected, total)).isEqualTo(pulled);
    }

    private static Decision held(Reception reception, CrmSnapshot snapshot) {
        SyncPolicy policy = policy().build();
        PlainForm form = new PlainForm();
        return DecideRoute.decide(new ReceptionCase(reception, null, null, PatientKeys.of(reception, policy, form, PRINT),
                new DecisionBasis(policy, form, PRINT, snapshot, Fixtures.NOW, true, false, true))).decision();
    }

    @Test
    void what_would_get_a_new_deal_is_skipped_while_creations_are_held_back() {
        Decision decision = held(reception(7).build(), amocrm());
        assertThat(decision.outcome()).isEqualTo(Outcome.SKIPPED);
        assertThat(decision.deal()).isNull();
        assertThat(decision.contact()).isNull();
        assertThat(decision.reasons()).contains(Reason.HELD_BACK);
        assertThat(decision.delivered()).as("decided anew after the release").isNull();
        assertThat(decision.own()).isNull();
    }

    @Test
    void what_has_a_deal_goes_on() {
        Decision decision = held(reception(7).build(), amocrm().with(deal(70).holding(7)));
        assertThat(decision.outcome()).isEqualTo(Outcome.UPDATED);
        assertThat(decision.deal().id()).isEqualTo(70);
    }
}
