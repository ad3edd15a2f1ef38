package io.identamocrm.app;

import io.identamocrm.rules.BranchFilter;
import io.identamocrm.rules.BrokenRule;
import io.identamocrm.rules.ContactChoice;
import io.identamocrm.rules.ContactDifference;
import io.identamocrm.rules.DealByPatientNumber;
import io.identamocrm.rules.DealByPhone;
import io.identamocrm.rules.DealByReceptionId;
import io.identamocrm.rules.DealDifference;
import io.identamocrm.rules.FactsCheck;
import io.identamocrm.rules.FinishedBusiness;
import io.identamocrm.rules.FollowUpRule;
import io.identamocrm.rules.FunnelRule;
import io.identamocrm.rules.HeldBack;
import io.identamocrm.rules.MovedVisit;
import io.identamocrm.rules.OffVisit;
import io.identamocrm.rules.PatientOutcome;
import io.identamocrm.rules.ReceptionCase;
import io.identamocrm.rules.ReceptionOutcome;
import io.identamocrm.rules.StageRule;
import io.identamocrm.rules.StatusRule;
import io.identamocrm.rules.SyncCase;
import org.apache.camel.BindToRegistry;
import org.apache.camel.Predicate;

/** The rules and conditions that the routes of {@code decide.camel.yaml} name: one method a bean, its name the bean's. */
public final class RuleBeans {

    /** Whether a reception can be decided at all. */
    @BindToRegistry
    public FactsCheck factsCheck() {
        return new FactsCheck();
    }

    /** Whether its branch is synchronised. */
    @BindToRegistry
    public BranchFilter branchFilter() {
        return new BranchFilter();
    }

    /** What a reception is. */
    @BindToRegistry
    public StatusRule statusRule() {
        return new StatusRule();
    }

    /** Whether its visit goes on with another reception. */
    @BindToRegistry
    public MovedVisit movedVisit() {
        return new MovedVisit();
    }

    /** Which funnel it belongs to. */
    @BindToRegistry
    public FunnelRule funnelRule() {
        return new FunnelRule();
    }

    /** What managers are to hear of it. */
    @BindToRegistry
    public FollowUpRule followUpRule() {
        return new FollowUpRule();
    }

    /** Step 1 to its deal. */
    @BindToRegistry
    public DealByReceptionId dealByReceptionId() {
        return new DealByReceptionId();
    }

    /** Whether the next step to its deal is due: nothing is concluded, and no step has found one. */
    @BindToRegistry
    public Predicate dealMissing() {
        return exchange -> exchange.getMessage().getBody(ReceptionCase.class).isDealMissing();
    }

    /** Whether what is decided is a reception; else it is a patient. */
    @BindToRegistry
    public Predicate ofReception() {
        return exchange -> exchange.getMessage().getBody(SyncCase.class).isReception();
    }

    /** Whether its deal is over. */
    @BindToRegistry
    public FinishedBusiness finishedBusiness() {
        return new FinishedBusiness();
    }

    /** Whether it takes place. */
    @BindToRegistry
    public OffVisit offVisit() {
        return new OffVisit();
    }

    /** Step 2 to its deal. */
    @BindToRegistry
    public DealByPatientNumber dealByPatientNumber() {
        return new DealByPatientNumber();
    }

    /** Step 3 to its deal. */
    @BindToRegistry
    public DealByPhone dealByPhone() {
        return new DealByPhone();
    }

    /** Whether a brake holds its new deal back. */
    @BindToRegistry
    public HeldBack heldBack() {
        return new HeldBack();
    }

    /** Which contact is the patient's. */
    @BindToRegistry
    public ContactChoice contactChoice() {
        return new ContactChoice();
    }

    /** Where the deal is to stand. */
    @BindToRegistry
    public StageRule stageRule() {
        return new StageRule();
    }

    /** What differs in the deal. */
    @BindToRegistry
    public DealDifference dealDifference() {
        return new DealDifference();
    }

    /** What differs in the contact. */
    @BindToRegistry
    public ContactDifference contactDifference() {
        return new ContactDifference();
    }

    /** What a reception ends in. */
    @BindToRegistry
    public ReceptionOutcome receptionOutcome() {
        return new ReceptionOutcome();
    }

    /** What a patient ends in. */
    @BindToRegistry
    public PatientOutcome patientOutcome() {
        return new PatientOutcome();
    }

    /** What becomes of a case whose rule threw. */
    @BindToRegistry
    public BrokenRule brokenRule() {
        return new BrokenRule();
    }
}
