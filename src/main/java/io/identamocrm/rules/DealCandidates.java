package io.identamocrm.rules;

import io.identamocrm.model.Deal;
import io.identamocrm.model.Text;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Supplier;

/** What the steps to the deal have in common: which deals may be taken, which of several is, and the reasons (domain rules, section 3). */
final class DealCandidates {

    private final ReceptionCase one;
    private final StepReasons reasons;

    /**
     * The candidates of one step.
     *
     * @param step its name in the reasons: {@code step 1}
     */
    DealCandidates(ReceptionCase one, Text step) {
        this.one = one;
        this.reasons = new StepReasons(step);
    }

    /** What the reasons are told. */
    StepReasons reasons() {
        return reasons;
    }

    void refuse(Supplier<Text> why) {
        reasons.candidate(() -> RuleText.AND_REFUSED.with(why.get()));
    }

    /** Those that hold no reception. */
    Collection<Deal> free(Collection<Deal> deals) {
        return deals.stream()
                .filter(deal -> {
                    if (!deal.isFree()) {
                        refuse(() -> RuleText.DEAL_HOLDS.with(
                                deal.id(),
                                deal.receptionId() == null
                                        ? RuleText.ANOTHER_RECEPTION
                                        : RuleText.RECEPTION.with(deal.receptionId())));
                    }
                    return deal.isFree();
                })
                .toList();
    }

    /**
     * Those that are active and claimed by nobody else, the one to take first.
     *
     * @param why what speaks for them
     */
    List<Deal> eligible(Collection<Deal> deals, Text why) {
        List<Deal> eligible = new ArrayList<>();
        for (Deal deal : deals) {
            Long claimant = one.basis().snapshot().claimedBy(deal.id());
            // What another row of a moved visit has just written moves along with it.
            if (claimant != null
                    && claimant != one.id()
                    && one.chain().forerunners().stream().noneMatch(row -> row.id() == claimant)) {
                refuse(() -> RuleText.DEAL_CLAIMED.with(deal.id(), claimant));
            } else if (!one.policy().isOurs(deal)) {
                refuse(() -> RuleText.DEAL_ELSEWHERE.with(deal.id()));
            } else if (!one.policy().isActive(deal) && !one.closedByUs(deal)) {
                refuse(() -> RuleText.DEAL_EXCLUDED.with(deal.id(), deal.stageId()));
            } else {
                eligible.add(deal);
            }
        }
        eligible.sort(Deal.LATEST_FIRST);
        eligible.stream().limit(1).forEach(deal -> reasons.add(RuleText.DEAL_TAKEN.with(deal.id(), why)));
        eligible.stream()
                .skip(1)
                .forEach(deal -> reasons.candidate(() -> RuleText.DEAL_DUPLICATE.with(deal.id(), why)));
        return eligible;
    }

    /**
     * The case with the first of the deals, or with the reason why there is none.
     *
     * @param none that reason
     */
    ReceptionCase take(List<Deal> deals, Text none) {
        if (deals.isEmpty()) {
            reasons.add(none);
        }
        return one.withDeals(deals, reasons.all());
    }

    /** The case without a deal. */
    ReceptionCase none(Text why) {
        return take(List.of(), why);
    }
}
