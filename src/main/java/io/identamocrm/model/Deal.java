package io.identamocrm.model;

import java.util.Comparator;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A deal as the mirror remembers it: ids and fingerprints, no text of any person.
 *
 * @param id          amoCRM's id; negative while our own creation of it is still on its way
 * @param pipelineId  pipeline it stands in
 * @param stageId     stage it stands in
 * @param updatedAt   amoCRM's clock, Unix seconds
 * @param receptionId number in the reception-id field, or null if the field is empty or no number
 * @param fingerprints      fingerprints of our fields as read; absent = empty
 * @param sent        what we sent for fields, as long as it matters
 * @param contactIds  linked contacts
 * @param syncState   what we wrote into the field for our own state, or null; see {@link SyncState}
 */
public record Deal(
        long id,
        long pipelineId,
        long stageId,
        long updatedAt,
        @Nullable Long receptionId,
        Map<DealField, String> fingerprints,
        Map<DealField, Sent> sent,
        Set<Long> contactIds,
        @Nullable String syncState) {

    /** Of several hits the most recently updated counts, then the one with the highest id. */
    public static final Comparator<Deal> LATEST_FIRST = Comparator.comparingLong(Deal::updatedAt)
            .thenComparingLong(Deal::id)
            .reversed();

    public Deal {
        fingerprints = Map.copyOf(fingerprints);
        sent = Map.copyOf(sent);
        contactIds = Set.copyOf(contactIds);
    }

    /** True if the reception-id field is empty. */
    public boolean isFree() {
        return !fingerprints.containsKey(DealField.RECEPTION_ID);
    }
}
