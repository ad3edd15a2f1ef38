package io.identamocrm.rules;

import io.identamocrm.model.BrakeKind;
import io.identamocrm.model.CanonicalForm;
import io.identamocrm.model.CrmSnapshot;
import io.identamocrm.model.Fingerprint;
import io.identamocrm.model.RefusedFields;
import io.identamocrm.model.SyncPolicy;
import java.time.LocalDateTime;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What all decisions of a chunk rest on; none of it is null.
 *
 * @param policy      the clinic's choices
 * @param form        how values are compared and sent in its amoCRM account
 * @param fingerprint how canonical values become fingerprints
 * @param snapshot    what is known of amoCRM; what is decided meanwhile shows in it
 * @param now         the clinic's wall clock
 * @param thorough    true in a deep run, which sends once more what seemed to have been sent in vain
 * @param byHand      true if somebody asked for these receptions or patients by name
 * @param refused     values that amoCRM has refused, not to be sent as yet
 * @param held        the brakes that hold back what they are for
 * @param history     where everything is looked at: a visit that nobody remembers and that was last changed up to then is old; else null
 */
public record DecisionBasis(
        SyncPolicy policy,
        CanonicalForm form,
        Fingerprint fingerprint,
        CrmSnapshot snapshot,
        LocalDateTime now,
        boolean thorough,
        boolean byHand,
        RefusedFields refused,
        Set<BrakeKind> held,
        @Nullable LocalDateTime history) {

    /** Where every visit that nobody remembers is a new one. */
    public DecisionBasis(
            SyncPolicy policy,
            CanonicalForm form,
            Fingerprint fingerprint,
            CrmSnapshot snapshot,
            LocalDateTime now,
            boolean thorough,
            boolean byHand,
            RefusedFields refused,
            Set<BrakeKind> held) {
        this(policy, form, fingerprint, snapshot, now, thorough, byHand, refused, held, null);
    }
}
