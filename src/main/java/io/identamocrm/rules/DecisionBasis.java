package io.identamocrm.rules;

import io.identamocrm.model.CanonicalForm;
import io.identamocrm.model.CrmSnapshot;
import io.identamocrm.model.Fingerprint;
import io.identamocrm.model.SyncPolicy;
import java.time.LocalDateTime;

/**
 * What all decisions of a chunk rest on; none of it is null.
 *
 * @param policy      the clinic's choices
 * @param form        how values are compared and sent in its amoCRM account
 * @param fingerprint how canonical values become fingerprints
 * @param snapshot    what is known of amoCRM; what is decided meanwhile shows in it
 * @param now         the clinic's wall clock
 * @param creationsHeld a brake holds new deals back
 */
public record DecisionBasis(SyncPolicy policy, CanonicalForm form, Fingerprint fingerprint, CrmSnapshot snapshot, LocalDateTime now,
                            boolean creationsHeld) {
}
