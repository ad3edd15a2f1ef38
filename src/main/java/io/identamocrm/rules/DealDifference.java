package io.identamocrm.rules;

import io.identamocrm.model.CanonicalForm;
import io.identamocrm.model.Deal;
import io.identamocrm.model.DealField;
import io.identamocrm.model.Decision.DealWrite;
import io.identamocrm.model.MappedField;
import io.identamocrm.model.Reason;
import io.identamocrm.model.ReasonText;
import io.identamocrm.model.SyncPolicy;
import io.identamocrm.model.SyncState;
import io.identamocrm.model.Text;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Tells what is to be written into the deal, or into a new one if none was found (domain rules, section 4). */
public final class DealDifference {

    /** Compares an open case with its deal. */
    public ReceptionCase compare(ReceptionCase one) {
        if (!one.isOpen()) {
            return one;
        }
        Map<DealField, String> desired = new DesiredFields(one.basis().form()).ofDeal(one.reception());
        String state = one.basis()
                .form()
                .of(DealField.SYNC_STATE, SyncState.of(one.place().delivered()));
        if (state != null) {
            desired.put(DealField.SYNC_STATE, state);
        }
        return one.deal() == null ? created(one, desired) : changed(one, desired);
    }

    private static ReceptionCase created(ReceptionCase one, Map<DealField, String> desired) {
        ReceptionCase next = (ReceptionCase) one.leavingOut(leftOut(one, desired));
        return next.withDealWrite(newDeal(next, desired), List.of());
    }

    private static Set<MappedField> leftOut(ReceptionCase one, Map<DealField, String> values) {
        return FieldDifference.leaveRefused(
                values, one.basis().refused().ofReception(one.id()), one.basis().fingerprint());
    }

    private static DealWrite newDeal(ReceptionCase one, Map<DealField, String> desired) {
        SyncPolicy policy = one.policy();
        desired.values().removeIf(CanonicalForm.EMPTY::equals);
        return new DealWrite(
                null,
                null,
                policy.dealName().replace("<id>", Long.toString(one.id())),
                one.place().pipelineId(),
                one.place().stageId(),
                policy.responsibleUserId(),
                desired,
                false,
                contactId(one));
    }

    private static ReceptionCase changed(ReceptionCase one, Map<DealField, String> desired) {
        Deal deal = one.knownDeal();
        Map<DealField, String> values = FieldDifference.between(
                desired,
                deal.fingerprints(),
                deal.sent(),
                one.basis().fingerprint(),
                one.basis().thorough());
        FieldDifference.leaveCreateOnly(
                values, deal.fingerprints(), one.policy().createOnly());
        Set<MappedField> leftOut = leftOut(one, values);
        DealWrite write = new DealWrite(
                deal.id(),
                deal,
                null,
                one.place().pipelineId(),
                one.place().stageId(),
                null,
                values,
                one.needsLink(),
                contactId(one),
                one.former());
        List<Reason> reasons = new ArrayList<>();
        if (write.former() != null) {
            Text before = write.former().patient() == null
                    ? RuleText.ANOTHER_PATIENT
                    : RuleText.PATIENT.with(write.former().patient());
            long now = one.reception().knownPatient().id();
            Long unlinked = write.unlinked();
            reasons.add(new Reason(
                    ReasonText.PATIENT,
                    unlinked == null
                            ? RuleText.FOLLOWS.with(before, now)
                            : RuleText.FOLLOWS_UNLINKED.with(before, now, unlinked)));
        }
        if (!values.isEmpty() || leftOut.isEmpty()) {
            reasons.add(new Reason(
                    ReasonText.DIFFERENCE,
                    values.isEmpty()
                            ? RuleText.FIELDS_HOLD
                            : RuleText.DEAL_FIELDS.with(values.keySet().toString())));
        }
        return (ReceptionCase) one.withDealWrite(write, reasons).leavingOut(leftOut);
    }

    private static @Nullable Long contactId(ReceptionCase one) {
        return one.contact().contact() == null ? null : one.contact().contact().id();
    }
}
