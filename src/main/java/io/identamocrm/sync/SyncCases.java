package io.identamocrm.sync;

import io.identamocrm.account.AccountSetup;
import io.identamocrm.account.AccountSetup.Tools;
import io.identamocrm.mirror.Mirror;
import io.identamocrm.mirror.MirrorSnapshot;
import io.identamocrm.model.Fingerprint;
import io.identamocrm.model.Reception;
import io.identamocrm.model.Status;
import io.identamocrm.model.SyncItem;
import io.identamocrm.rules.DecisionBasis;
import io.identamocrm.rules.PatientCase;
import io.identamocrm.rules.PatientKeys;
import io.identamocrm.rules.ReceptionCase;
import io.identamocrm.rules.SyncCase;
import io.identamocrm.state.SentStatuses;
import java.time.Clock;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.camel.Body;

/** Makes the cases of a chunk, which the routes of {@code decide.camel.yaml} decide. */
public final class SyncCases {

    private final Mirror mirror;
    private final SentStatuses statuses;
    private final AccountSetup account;
    private final Fingerprint fingerprint;
    private final Clock clinicClock;

    /**
     * Cases of one account.
     *
     * @param clinicClock the clock of the clinic's zone
     */
    public SyncCases(Mirror mirror, SentStatuses statuses, AccountSetup account, Fingerprint fingerprint, Clock clinicClock) {
        this.mirror = mirror;
        this.statuses = statuses;
        this.account = account;
        this.fingerprint = fingerprint;
        this.clinicClock = clinicClock;
    }

    /**
     * Reads what is needed to decide these receptions or patients, in a few batched reads of Redis.
     *
     * @return the chunk with a case each, in the same order
     */
    public Chunk open(@Body Chunk chunk) {
        List<SyncItem> items = chunk.items();
        Tools tools = account.tools();
        List<PatientKeys> keys = items.stream().map(item -> PatientKeys.of(item, tools.policy(), tools.formats(), fingerprint)).toList();
        List<MirrorSnapshot.Keys> asked = new ArrayList<>();
        for (int i = 0; i < items.size(); i++) {
            if (items.get(i).patient() != null) {
                asked.add(keysOf(items.get(i), keys.get(i)));
            }
        }
        DecisionBasis basis = new DecisionBasis(tools.policy(), tools.formats(), fingerprint,
                MirrorSnapshot.load(mirror, chunk.run().pending(), asked), LocalDateTime.now(clinicClock), chunk.run().holdsCreations());
        Map<Long, Status> lastSent = statuses.of(items.stream().filter(Reception.class::isInstance).map(SyncItem::id).toList());
        List<SyncCase> cases = new ArrayList<>();
        for (int i = 0; i < items.size(); i++) {
            SyncItem item = items.get(i);
            cases.add(item instanceof Reception reception
                    ? new ReceptionCase(reception, lastSent.get(reception.id()), keys.get(i), basis)
                    : new PatientCase(item.patient(), keys.get(i), basis));
        }
        return chunk.withCases(cases);
    }

    private static MirrorSnapshot.Keys keysOf(SyncItem item, PatientKeys keys) {
        Reception reception = item instanceof Reception some ? some : null;
        return new MirrorSnapshot.Keys(reception == null ? null : reception.id(), reception == null ? null : reception.transferredFrom(),
                item.patient().id(), keys.numberFingerprint(), keys.phoneFingerprints());
    }
}
