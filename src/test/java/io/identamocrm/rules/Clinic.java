package io.identamocrm.rules;

import static io.identamocrm.model.Fixtures.PRINT;
import static org.assertj.core.api.Assertions.assertThat;

import io.identamocrm.model.CrmSnapshot;
import io.identamocrm.model.Decision;
import io.identamocrm.model.Delivered;
import io.identamocrm.model.DeliveredBuilder;
import io.identamocrm.model.Fixtures;
import io.identamocrm.model.MappedField;
import io.identamocrm.model.OwnContact;
import io.identamocrm.model.Patient;
import io.identamocrm.model.PlainForm;
import io.identamocrm.model.PolicyBuilder;
import io.identamocrm.model.Reception;
import io.identamocrm.model.ReceptionBuilder;
import io.identamocrm.model.RefusedFields;
import io.identamocrm.model.SyncPolicy;
import io.identamocrm.model.VisitRow;
import java.time.LocalDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.assertj.core.api.AbstractLongAssert;

/** The rules under a policy, asked as the product asks them: through route {@code decide}. */
final class Clinic {

    private final SyncPolicy policy;
    private final PlainForm form;
    private final boolean deep;
    private final boolean byHand;
    private LocalDateTime history;
    private RefusedFields refused = RefusedFields.NONE;

    Clinic(SyncPolicy policy, MappedField... unmapped) {
        this(policy, new PlainForm(unmapped), false, false);
    }

    private Clinic(SyncPolicy policy, PlainForm form, boolean deep, boolean byHand) {
        this.policy = policy;
        this.form = form;
        this.deep = deep;
        this.byHand = byHand;
    }

    static Clinic with(PolicyBuilder policy) {
        return new Clinic(policy.build());
    }

    /** The same where deals say of themselves what was delivered. */
    Clinic withSyncState() {
        return new Clinic(policy, PlainForm.withSyncState(), deep, byHand);
    }

    /** The same in a deep run. */
    Clinic deep() {
        return new Clinic(policy, form, true, byHand);
    }

    /** The same in a run that looks at everything: what was changed up to then is old. */
    Clinic importing(LocalDateTime changedUpTo) {
        Clinic same = new Clinic(policy, form, deep, byHand);
        same.history = changedUpTo;
        return same;
    }

    /** The same where amoCRM has refused these values. */
    Clinic refusing(RefusedFields values) {
        Clinic same = new Clinic(policy, form, deep, byHand);
        same.refused = values;
        return same;
    }

    /** The same where somebody asks for the reception or patient by name. */
    Clinic byHand() {
        return new Clinic(policy, form, deep, true);
    }

    Decision decide(ReceptionBuilder reception, CrmSnapshot snapshot) {
        return decide(reception.build(), snapshot, null, null);
    }

    Decision decide(ReceptionBuilder reception, CrmSnapshot snapshot, DeliveredBuilder last) {
        return decide(reception.build(), snapshot, last == null ? null : last.build(), null);
    }

    /** Decides what has been decided before, as far as it was carried out. */
    Decision decide(ReceptionBuilder reception, InMemoryCrm crm) {
        return decide(reception.build(), crm);
    }

    Decision decide(Reception reception, InMemoryCrm crm) {
        Map<Long, Delivered> memory = new HashMap<>();
        Stream.concat(Stream.of(reception.id()), reception.visit().stream().map(VisitRow::id))
                .filter(row -> crm.delivered(row) != null)
                .forEach(row -> memory.put(row, crm.delivered(row)));
        return remembering(
                reception, crm.snapshot(), memory, crm.own(reception.patient().id()));
    }

    Decision decide(Reception reception, CrmSnapshot snapshot, Delivered last, OwnContact own) {
        return remembering(reception, snapshot, last == null ? Map.of() : Map.of(reception.id(), last), own);
    }

    Decision remembering(Reception reception, CrmSnapshot snapshot, Map<Long, Delivered> memory, OwnContact own) {
        return DecideRoute.decide(new ReceptionCase(
                        reception, memory, own, PatientKeys.of(reception, policy, form, PRINT), basis(snapshot)))
                .decision();
    }

    Decision decide(Patient patient, CrmSnapshot snapshot, OwnContact own) {
        return DecideRoute.decide(
                        new PatientCase(patient, own, PatientKeys.of(patient, policy, form, PRINT), basis(snapshot)))
                .decision();
    }

    private DecisionBasis basis(CrmSnapshot snapshot) {
        return new DecisionBasis(policy, form, PRINT, snapshot, Fixtures.NOW, deep, byHand, refused, Set.of(), history);
    }

    /** About the id of the deal that is changed, null if none is or a new one is created; a failure tells the way to the decision. */
    static AbstractLongAssert<?> assertThatDealOf(Decision decision) {
        return assertThat(decision.deal() == null ? null : decision.deal().id())
                .as(() -> "the deal that is " + decision.outcome() + ":\n" + String.join("\n", wayOf(decision)) + "\n");
    }

    /** The steps of the way to the decision, as {@code explain} prints them. */
    static List<String> wayOf(Decision decision) {
        return decision.reasons().stream().map(Object::toString).toList();
    }
}
