package io.identamocrm.sync;

import java.util.List;
import java.util.Map;

/**
 * Where IDENT and amoCRM disagree, found without writing; ids only.
 *
 * @param deals            active deals in our pipelines
 * @param freeDeals        of these, without a reception: the managers' own
 * @param duplicateDeals   receptions that more than one active deal holds, with the deals
 * @param vanished         deals whose reception IDENT no longer has, with the reception
 * @param sharedPatientIds patients whose id more than one contact carries, with the contacts
 */
public record Reconciliation(int deals, int freeDeals, Map<Long, List<Long>> duplicateDeals, Map<Long, Long> vanished,
                             Map<Long, List<Long>> sharedPatientIds) {

    /** True if a person has nothing to do. */
    public boolean isClean() {
        return duplicateDeals.isEmpty() && vanished.isEmpty() && sharedPatientIds.isEmpty();
    }
}
