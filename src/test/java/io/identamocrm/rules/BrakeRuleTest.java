package io.identamocrm.rules;

import static io.identamocrm.model.BrakeKind.CREATIONS;
import static io.identamocrm.model.BrakeKind.DEALS_GONE;
import static io.identamocrm.model.BrakeKind.OTHER_DATABASE;
import static io.identamocrm.model.BrakeKind.PATIENTS_CHANGED;
import static io.identamocrm.model.BrakeKind.RECEPTIONS_GONE;
import static io.identamocrm.model.Fixtures.PRINT;
import static io.identamocrm.model.Fixtures.amocrm;
import static io.identamocrm.model.Fixtures.deal;
import static io.identamocrm.model.Fixtures.delivered;
import static io.identamocrm.model.Fixtures.policy;
import static io.identamocrm.model.Fixtures.reception;
import static org.assertj.core.api.Assertions.assertThat;

import io.identamocrm.model.BrakeKind;
import io.identamocrm.model.CrmSnapshot;
import io.identamocrm.model.Decision;
import io.identamocrm.model.Delivered;
import io.identamocrm.model.Fixtures;
import io.identamocrm.model.Outcome;
import io.identamocrm.model.PlainForm;
import io.identamocrm.model.Reason;
import io.identamocrm.model.Reception;
import io.identamocrm.model.RefusedFields;
import io.identamocrm.model.Status;
import io.identamocrm.model.SyncPolicy;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** When brakes are pulled, and what becomes of a reception meanwhile. */
class BrakeRuleTest {

    @ParameterizedTest
    @CsvSource({
        "20, 20, false",
        "21, 21, true",
        "21, 104, true",
        "21, 105, false",
        "200, 1000, false",
        "201, 1000, true",
        "30000, 100000, true",
        "20000, 100000, false"
    })
    void creations_are_held_back_beyond_20_and_a_fifth(int affected, int total, boolean pulled) {
        assertThat(BrakeRule.pulls(CREATIONS, affected, total)).isEqualTo(pulled);
    }

    @ParameterizedTest
    @CsvSource({"0, 0, false", "20, 20, false", "21, 419, true", "21, 420, false", "50, 1000, false", "51, 1000, true"})
    void what_is_gone_or_anothers_is_not_believed_beyond_20_and_a_twentieth(int affected, int total, boolean pulled) {
        assertThat(List.of(RECEPTIONS_GONE, DEALS_GONE, PATIENTS_CHANGED))
                .allMatch(kind -> BrakeRule.pulls(kind, affected, total) == pulled);
    }

    @Property
    void more_is_never_believed_where_less_is_not(
            @ForAll BrakeKind kind, @ForAll @IntRange(max = 300) int affected, @ForAll @IntRange(max = 3000) int more) {
        int total = affected + more;
        assertThat(!BrakeRule.pulls(kind, affected, total) || BrakeRule.pulls(kind, affected + 1, total))
                .isTrue();
        assertThat(BrakeRule.pulls(kind, affected, total) || !BrakeRule.pulls(kind, affected, total + 1))
                .isTrue();
        assertThat(BrakeRule.pulls(kind, 0, total)).isFalse();
    }

    @Test
    void another_database_is_believed_in_nothing_new() {
        assertThat(BrakeRule.pulls(OTHER_DATABASE, 0, 100_000)).isFalse();
        assertThat(BrakeRule.pulls(OTHER_DATABASE, 1, 100_000)).isTrue();
    }

    private static Decision held(BrakeKind brake, Reception reception, CrmSnapshot snapshot) {
        return held(brake, reception, null, snapshot);
    }

    private static Decision held(BrakeKind brake, Reception reception, Delivered remembered, CrmSnapshot snapshot) {
        SyncPolicy policy = policy().build();
        PlainForm form = new PlainForm();
        return DecideRoute.decide(new ReceptionCase(
                        reception,
                        remembered == null ? Map.of() : Map.of(reception.id(), remembered),
                        null,
                        PatientKeys.of(reception, policy, form, PRINT),
                        new DecisionBasis(
                                policy,
                                form,
                                PRINT,
                                snapshot,
                                Fixtures.NOW,
                                true,
                                false,
                                RefusedFields.NONE,
                                Set.of(brake))))
                .decision();
    }

    @ParameterizedTest
    @EnumSource(names = {"CREATIONS", "OTHER_DATABASE"})
    void what_would_get_a_new_deal_is_skipped_while_creations_are_held_back(BrakeKind brake) {
        Decision decision = held(brake, reception(7).build(), amocrm());
        assertThat(decision.outcome()).isEqualTo(Outcome.SKIPPED);
        assertThat(decision.deal()).isNull();
        assertThat(decision.contact()).isNull();
        assertThat(decision.reasons()).contains(Reason.HELD_BACK);
        assertThat(decision.delivered()).as("decided anew after the release").isNull();
        assertThat(decision.own()).isNull();
    }

    @Test
    void what_has_a_deal_goes_on() {
        Decision decision = held(CREATIONS, reception(7).build(), amocrm().with(deal(70).holding(7)));
        assertThat(decision.outcome()).isEqualTo(Outcome.UPDATED);
        assertThat(decision.deal().id()).isEqualTo(70);
    }

    @Test
    void what_follows_from_a_deal_that_is_gone_is_skipped_and_others_get_their_deals() {
        Delivered gone = delivered(70, Status.SCHEDULED).gone().build();
        assertThat(held(DEALS_GONE, reception(7).build(), gone, amocrm())).satisfies(decision -> {
            assertThat(decision.outcome()).isEqualTo(Outcome.SKIPPED);
            assertThat(decision.delivered()).isNull();
        });
        assertThat(held(DEALS_GONE, reception(7).build(), gone, amocrm().with(deal(71).holding(7)))
                        .outcome())
                .isEqualTo(Outcome.UPDATED);
        assertThat(held(DEALS_GONE, reception(7).build(), amocrm()).outcome()).isEqualTo(Outcome.CREATED);
    }

    @Test
    void a_deal_of_another_patient_than_before_is_left_alone_and_others_are_written() {
        CrmSnapshot snapshot = amocrm().with(deal(70).holding(7));
        Reception reception = reception(7).build();
        long patient = reception.patient().id();
        Decision decision = held(
                PATIENTS_CHANGED,
                reception,
                delivered(70, Status.SCHEDULED).of(patient + 1).build(),
                snapshot);
        assertThat(decision.outcome()).isEqualTo(Outcome.SKIPPED);
        assertThat(decision.deal()).isNull();
        assertThat(decision.contact()).isNull();
        assertThat(decision.delivered()).isNull();
        assertThat(held(
                                PATIENTS_CHANGED,
                                reception,
                                delivered(70, Status.SCHEDULED).of(patient).build(),
                                snapshot)
                        .outcome())
                .isEqualTo(Outcome.UPDATED);
        assertThat(held(
                                PATIENTS_CHANGED,
                                reception,
                                delivered(70, Status.SCHEDULED).build(),
                                snapshot)
                        .outcome())
                .as("not known of whom it was")
                .isEqualTo(Outcome.UPDATED);
    }
}
