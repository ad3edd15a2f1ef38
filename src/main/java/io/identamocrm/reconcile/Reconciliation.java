package io.identamocrm.reconcile;

import io.identamocrm.model.DealId;
import io.identamocrm.model.ReceptionId;
import java.util.List;
import java.util.Map;

/**
 * Where IDENT and amoCRM disagree, found without writing; ids only.
 *
 * @param deals            active deals in our pipelines
 * @param freeDeals        of these, without a reception: the managers' own
 * @param duplicateDeals   receptions that more than one active deal holds, with the deals
 * @param orphaned         deals whose reception IDENT no longer has, with the reception
 * @param sharedPatientIds patients whose id more than one contact carries, with the contacts
 * @param withoutDeal      receptions that should have a deal and have none; after a deep run those that failed
 * @param displaced        deals that stand in another pipeline or stage than they should, with their reception
 * @param removedDeals     deals of ours that amoCRM no longer has, with their reception: somebody deleted or merged them, and that stands
 * @param followed         deals that went, or are to go, with their reception to another patient
 * @param removedContacts  patients whose contact amoCRM no longer has, with that contact
 */
public record Reconciliation(
        int deals,
        int freeDeals,
        Map<Long, List<Long>> duplicateDeals,
        Map<DealId, ReceptionId> orphaned,
        Map<Long, List<Long>> sharedPatientIds,
        List<Long> withoutDeal,
        Map<DealId, ReceptionId> displaced,
        Map<DealId, ReceptionId> removedDeals,
        Map<DealId, ReceptionId> followed,
        Map<Long, Long> removedContacts) {

    /** True if a person has nothing to do; what was removed is as somebody wanted it. */
    public boolean isClean() {
        return duplicateDeals.isEmpty()
                && orphaned.isEmpty()
                && sharedPatientIds.isEmpty()
                && withoutDeal.isEmpty()
                && displaced.isEmpty();
    }
}
