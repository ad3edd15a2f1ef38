package io.identamocrm.rules;

import static io.identamocrm.model.Fixtures.PRINT;

import io.identamocrm.model.CrmSnapshot;
import io.identamocrm.model.Decision;
import io.identamocrm.model.MappedField;
import io.identamocrm.model.PlainForm;
import io.identamocrm.model.PolicyBuilder;
import io.identamocrm.model.Reception;
import io.identamocrm.model.ReceptionBuilder;
import io.identamocrm.model.Status;
import io.identamocrm.model.SyncPolicy;
import java.util.List;

/** The rules under a policy, asked as the product asks them: through route {@code decide}. */
final class Clinic {

    private final SyncPolicy policy;
    private final PlainForm form;

    Clinic(SyncPolicy policy, MappedField... unmapped) {
        this.policy = policy;
        this.form = new PlainForm(unmapped);
    }

    static Clinic with(PolicyBuilder policy) {
        return new Clinic(policy.build());
    }

    Decision decide(ReceptionBuilder reception, CrmSnapshot snapshot) {
        return decide(reception.build(), snapshot, null);
    }

    Decision decide(ReceptionBuilder reception, CrmSnapshot snapshot, Status lastSent) {
        return decide(reception.build(), snapshot, lastSent);
    }

    Decision decide(Reception reception, CrmSnapshot snapshot, Status lastSent) {
        return DecideRoute.decide(policy, form, PRINT, reception, snapshot, lastSent);
    }

    /** The id of the deal that is changed, or null if none is or a new one is created. */
    static Long dealOf(Decision decision) {
        return decision.deal() == null ? null : decision.deal().id();
    }

    /** The steps of the way to the decision, as {@code explain} prints them. */
    static List<String> wayOf(Decision decision) {
        return decision.reasons().stream().map(Object::toString).toList();
    }
}
