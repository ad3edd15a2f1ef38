package io.identamocrm.model;

import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/** Builds deals; see {@link Fixtures#deal}. */
public final class DealBuilder {

    private final long id;
    private long pipelineId = Fixtures.PRIMARY_PIPELINE;
    private long stageId = Fixtures.PRIMARY_STAGE;
    private long updatedAt = 1_000;
    private Long receptionId;
    private final Map<DealField, String> fingerprints = new EnumMap<>(DealField.class);
    private final Map<DealField, Sent> sent = new EnumMap<>(DealField.class);
    private final Set<Long> contactIds = new LinkedHashSet<>();
    private String syncState;

    DealBuilder(long id) {
        this.id = id;
    }

    public DealBuilder in(long pipeline, long stage) {
        pipelineId = pipeline;
        stageId = stage;
        return this;
    }

    public DealBuilder updatedAt(long value) {
        updatedAt = value;
        return this;
    }

    public DealBuilder holding(long reception) {
        receptionId = reception;
        return holding(DealField.RECEPTION_ID, Long.toString(reception));
    }

    /** A reception-id field in which somebody wrote something that is no id. */
    public DealBuilder holdingUnreadableRow() {
        return holding(DealField.RECEPTION_ID, "на завтра");
    }

    public DealBuilder ofNumber(String number) {
        return number == null ? this : holding(DealField.PATIENT_NUMBER, number);
    }

    public DealBuilder holding(DealField field, String canonical) {
        fingerprints.put(field, Fixtures.PRINT.of(canonical));
        return this;
    }

    public DealBuilder sentInVain(DealField field, Sent value) {
        sent.put(field, value);
        return this;
    }

    public DealBuilder linkedTo(Long... contacts) {
        contactIds.addAll(Set.of(contacts));
        return this;
    }

    /** What it says of itself; see {@link SyncState}. */
    public DealBuilder saying(String state) {
        syncState = state;
        return holding(DealField.SYNC_STATE, state);
    }

    public Deal build() {
        return new Deal(id, pipelineId, stageId, updatedAt, receptionId, fingerprints, sent, contactIds, syncState);
    }
}
