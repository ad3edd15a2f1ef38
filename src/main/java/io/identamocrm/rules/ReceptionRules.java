package io.identamocrm.rules;

import io.identamocrm.model.CanonicalForm;
import io.identamocrm.model.CrmSnapshot;
import io.identamocrm.model.Deal;
import io.identamocrm.model.DealField;
import io.identamocrm.model.Decision;
import io.identamocrm.model.Decision.ContactWrite;
import io.identamocrm.model.Decision.DealWrite;
import io.identamocrm.model.Failure;
import io.identamocrm.model.FailureCode;
import io.identamocrm.model.Fingerprint;
import io.identamocrm.model.Funnel;
import io.identamocrm.model.Outcome;
import io.identamocrm.model.Patient;
import io.identamocrm.model.Reason;
import io.identamocrm.model.Reception;
import io.identamocrm.model.Status;
import io.identamocrm.model.SyncPolicy;
import io.identamocrm.rules.ContactChoice.Choice;
import io.identamocrm.rules.StageRule.Place;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Decides one reception: status, funnel, deal, contact, stage and difference, with the reasons for each. */
public final class ReceptionRules {

    private final SyncPolicy policy;
    private final CanonicalForm form;
    private final Fingerprint fingerprint;
    private final DesiredFields desired;
    private final ContactRules contacts;

    /**
     * The rules of one clinic.
     *
     * @param policy its choices
     * @param form   how values are compared and sent in its amoCRM account
     * @param fingerprint  how canonical values become fingerprints
     */
    public ReceptionRules(SyncPolicy policy, CanonicalForm form, Fingerprint fingerprint) {
        this.policy = policy;
        this.form = form;
        this.fingerprint = fingerprint;
        this.desired = new DesiredFields(form);
        this.contacts = new ContactRules(policy, fingerprint, desired);
    }

    /**
     * Decides a reception.
     *
     * @param reception the reception as read
     * @param snapshot   what is known of amoCRM
     * @param lastSent  the status last sent for this reception, or null if none is remembered
     * @param now       the clinic's wall clock
     * @return a decision of outcome FAILED if the row cannot be delivered; never null
     */
    public Decision decide(Reception reception, CrmSnapshot snapshot, Status lastSent, LocalDateTime now) {
        List<Reason> reasons = new ArrayList<>();
        Failure failure = problemOf(reception);
        if (failure != null) {
            Long patientId = reception.patient() == null ? null : reception.patient().id();
            return Decision.failed(reception.id(), patientId, failure, reasons);
        }
        Patient patient = reception.patient();
        reasons.add(new Reason("facts", factsOf(reception)));
        if (policy.leavesOut(reception.branchId())) {
            reasons.add(new Reason("branch", "branch " + reception.branchId() + " is left out"));
            return new Decision(reception.id(), patient.id(), null, null, Outcome.SKIPPED, null, null, null, List.of(), reasons);
        }
        SyncPolicy ofBranch = policy.ofBranch(reception.branchId());
        Status status = StatusRule.statusOf(reception, now, policy.noShowGrace());
        reasons.add(new Reason("status", status + ": " + StatusRule.factsOf(status, reception)));
        int counted = FunnelRule.counted(reception.completedCount(), status, policy.countOwnVisit());
        Funnel funnel = FunnelRule.funnelOf(counted);
        reasons.add(new Reason("funnel", funnel + ", the patient has " + counted + " completed receptions"
                + (policy.countOwnVisit() ? "" : " besides this one")));

        List<String> phones = PhoneNumbers.inText(patient.phones(), policy.phoneRegion());
        List<String> phoneFingerprints = phones.stream().map(fingerprint::of).toList();
        String number = form.of(DealField.PATIENT_NUMBER, patient.number());
        DealLookup.Match match = new DealLookup(policy, snapshot, reception, reasons)
                .find(number == null ? null : fingerprint.of(number), phoneFingerprints, status.isOff());

        if (match.finished() != null) {
            Deal finished = match.finished();
            reasons.add(new Reason("closed", "deal " + finished.id() + " of this reception is finished business: stage "
                    + finished.stageId() + " of pipeline " + finished.pipelineId()));
            return new Decision(reception.id(), patient.id(), status, funnel, Outcome.CLOSED, null, null, null, List.of(), reasons);
        }
        if (match.deal() == null && status.isOff()) {
            reasons.add(new Reason("write", "a visit that does not take place opens no deal"));
            return new Decision(reception.id(), patient.id(), status, funnel, Outcome.SKIPPED, null, null, null, List.of(), reasons);
        }

        Choice choice = ContactChoice.choose(patient, phoneFingerprints, snapshot, policy.attachSharedPhone(), reasons);
        List<Long> duplicates = Stream.concat(match.duplicates().stream(), choice.duplicates().stream()).toList();
        DealWrite deal = match.deal() == null ? newDeal(reception, ofBranch, funnel, status, choice)
                : changedDeal(reception, match.deal(), ofBranch, funnel, status, lastSent, choice, reasons);
        boolean needed = match.deal() == null || match.deal().contactIds().isEmpty();
        ContactWrite contact = contacts.write(patient, phones, choice, needed);
        Outcome outcome = outcomeOf(deal, contact);
        return new Decision(reception.id(), patient.id(), status, funnel, outcome, null,
                deal.changesDeal() || deal.linkContact() ? deal : null, contact, duplicates, reasons);
    }

    private static String factsOf(Reception reception) {
        return "patient " + reception.patient().id() + ", planned " + reception.planStart() + mark(", arrived ", reception.appearedAt())
                + mark(", started ", reception.startedAt()) + mark(", ended ", reception.endedAt())
                + (reception.checkIssued() ? ", bill issued" : "") + (reception.cancelled() ? ", cancelled" : "")
                + mark(", moved from reception ", reception.transferredFrom()) + mark(", branch ", reception.branchId())
                + mark(", last changed ", reception.changedAt());
    }

    private static String mark(String label, Object value) {
        return value == null ? "" : label + value;
    }

    private static Failure problemOf(Reception reception) {
        if (reception.patient() == null) {
            return Failure.of(FailureCode.PATIENT_NOT_FOUND);
        }
        if (reception.planStart() == null) {
            return Failure.of(FailureCode.PLAN_START_MISSING);
        }
        return reception.completedCount() == null ? Failure.of(FailureCode.COMPLETED_COUNT_UNREADABLE) : null;
    }

    private DealWrite newDeal(Reception reception, SyncPolicy ofBranch, Funnel funnel, Status status, Choice choice) {
        Place place = new StageRule(ofBranch).ofNewDeal(funnel, status);
        Long contactId = choice.contact() == null ? null : choice.contact().id();
        return new DealWrite(null, null, policy.dealName().replace("<id>", Long.toString(reception.id())), place.pipelineId(),
                place.stageId(), ofBranch.responsibleUserId(), desired.ofDeal(reception), false, contactId);
    }

    private DealWrite changedDeal(Reception reception, Deal deal, SyncPolicy ofBranch, Funnel funnel, Status status, Status lastSent,
                                  Choice choice, List<Reason> reasons) {
        Place place = new StageRule(ofBranch).ofFoundDeal(deal, reception.id(), funnel, status, lastSent, reasons);
        Map<DealField, String> values = FieldDifference.between(desired.ofDeal(reception), deal.fingerprints(), deal.sent(), fingerprint);
        FieldDifference.leaveCreateOnly(values, deal.fingerprints(), policy.createOnly());
        reasons.add(new Reason("difference", values.isEmpty() ? "the deal's fields hold the values" : "deal fields " + values.keySet()));
        // A deal with a contact keeps what the managers linked.
        boolean link = deal.contactIds().isEmpty();
        return new DealWrite(deal.id(), deal, null, place.pipelineId(), place.stageId(), null, values, link,
                choice.contact() == null ? null : choice.contact().id());
    }

    private static Outcome outcomeOf(DealWrite deal, ContactWrite contact) {
        if (deal.isNew()) {
            return contact != null && contact.isNew() ? Outcome.CREATED : Outcome.CREATED_DEAL;
        }
        return deal.changesDeal() || deal.linkContact() || contact != null ? Outcome.UPDATED : Outcome.UNCHANGED;
    }
}
