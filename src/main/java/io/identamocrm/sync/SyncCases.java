package io.identamocrm.sync;

import io.identamocrm.account.AccountSetup;
import io.identamocrm.account.AccountSetup.Tools;
import io.identamocrm.mirror.Mirror;
import io.identamocrm.mirror.MirrorSnapshot;
import io.identamocrm.model.CrmSnapshot;
import io.identamocrm.model.Delivered;
import io.identamocrm.model.Fingerprint;
import io.identamocrm.model.OwnContact;
import io.identamocrm.model.Patient;
import io.identamocrm.model.Reception;
import io.identamocrm.model.RefusedFields;
import io.identamocrm.model.SyncItem;
import io.identamocrm.model.VisitRow;
import io.identamocrm.rules.DecisionBasis;
import io.identamocrm.rules.PatientCase;
import io.identamocrm.rules.PatientKeys;
import io.identamocrm.rules.ReceptionCase;
import io.identamocrm.rules.SyncCase;
import io.identamocrm.state.DeadLetters;
import io.identamocrm.state.LockLostException;
import io.identamocrm.state.Memory;
import io.identamocrm.state.WriteLock;
import io.identamocrm.sync.Run.Kind;
import java.time.Clock;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Stream;
import org.apache.camel.Body;
import org.jspecify.annotations.Nullable;

/** Makes the cases of a chunk, which the routes of {@code decide.camel.yaml} decide. */
public final class SyncCases {

    private final Mirror mirror;
    private final Memory memory;
    private final AccountSetup account;
    private final Fingerprint fingerprint;
    private final Function<Kind, DeadLetters> deadLetters;
    private final Clock clinicClock;

    /**
     * Cases of one account.
     *
     * @param deadLetters tell which values amoCRM has refused
     * @param clinicClock the clock of the clinic's zone
     */
    public SyncCases(
            Mirror mirror,
            Memory memory,
            AccountSetup account,
            Fingerprint fingerprint,
            Function<Kind, DeadLetters> deadLetters,
            Clock clinicClock) {
        this.mirror = mirror;
        this.memory = memory;
        this.account = account;
        this.fingerprint = fingerprint;
        this.deadLetters = deadLetters;
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
        List<PatientKeys> keys = items.stream()
                .map(item -> PatientKeys.of(item, tools.policy(), tools.formats(), fingerprint))
                .toList();
        Map<Long, Delivered> delivered = memory.receptions(
                items.stream().flatMap(SyncCases::rowsOf).distinct().toList());
        Map<Long, OwnContact> own = memory.patients(items.stream()
                .filter(item -> item.patient() != null)
                .map(item -> item.patient().id())
                .distinct()
                .toList());
        List<MirrorSnapshot.Keys> asked = new ArrayList<>();
        for (int i = 0; i < items.size(); i++) {
            if (items.get(i).patient() != null) {
                asked.add(keysOf(items.get(i), keys.get(i), delivered));
            }
        }
        DecisionBasis basis = new DecisionBasis(
                tools.policy(),
                tools.formats(),
                fingerprint,
                MirrorSnapshot.load(
                        mirror, chunk.run().pending(), asked, tools.policy().phonePatientsAtMost()),
                LocalDateTime.now(clinicClock),
                chunk.run().request().isFull(),
                chunk.run().request().isByHand(),
                refused(chunk),
                chunk.run().held(),
                chunk.run().history());
        chunk.run().locks().write().renew();
        requireKnown(asked, delivered, basis.snapshot(), chunk.run().locks().write());
        List<SyncCase> cases = new ArrayList<>();
        for (int i = 0; i < items.size(); i++) {
            SyncItem item = items.get(i);
            OwnContact contact =
                    item.patient() == null ? null : own.get(item.patient().id());
            cases.add(
                    item instanceof Reception reception
                            ? new ReceptionCase(reception, delivered, contact, keys.get(i), basis)
                            : new PatientCase(item.knownPatient(), contact, keys.get(i), basis));
        }
        return chunk.withCases(cases);
    }

    /** What amoCRM has refused and is not tried again yet; whoever sends something by hand wants it tried. */
    private RefusedFields refused(Chunk chunk) {
        if (chunk.run().request().isByHand()) {
            return RefusedFields.NONE;
        }
        return new RefusedFields(
                refused(
                        Kind.RECEPTIONS,
                        chunk.items().stream()
                                .filter(Reception.class::isInstance)
                                .map(SyncItem::id)),
                refused(
                        Kind.PATIENTS,
                        chunk.items().stream()
                                .map(SyncItem::patient)
                                .filter(Objects::nonNull)
                                .map(Patient::id)));
    }

    private Map<Long, Map<String, String>> refused(Kind kind, Stream<Long> ids) {
        Map<Long, Map<String, String>> refused = new HashMap<>();
        deadLetters.apply(kind).of(ids.distinct().toList()).forEach((id, deadLetter) -> {
            if (!deadLetter.isDue(clinicClock.instant())) {
                refused.put(id, deadLetter.refused());
            }
        });
        return refused;
    }

    /** A deal that was delivered and that nobody has seen gone is in a mirror that is whole. */
    private static void requireKnown(
            List<MirrorSnapshot.Keys> asked, Map<Long, Delivered> delivered, CrmSnapshot snapshot, WriteLock lock) {
        if (lock.isMirrorWhole()
                && asked.stream()
                        .anyMatch(keys -> keys.rememberedDeal() > 0
                                && !isGone(delivered.get(keys.receptionId()))
                                && snapshot.deal(keys.rememberedDeal()) == null)) {
            lock.setMirrorWhole(false);
            throw LockLostException.forgotten(SyncText.MIRROR_LACKS_DEAL);
        }
    }

    private static boolean isGone(@Nullable Delivered last) {
        return last != null && last.gone();
    }

    /** A reception and the other rows of its visit; nothing for a patient. */
    private static Stream<Long> rowsOf(SyncItem item) {
        return item instanceof Reception reception
                ? Stream.concat(
                        Stream.of(reception.id()), reception.visit().stream().map(VisitRow::id))
                : Stream.empty();
    }

    private static MirrorSnapshot.Keys keysOf(SyncItem item, PatientKeys keys, Map<Long, Delivered> delivered) {
        Long reception = item instanceof Reception ? item.id() : null;
        List<Long> visit =
                rowsOf(item).filter(row -> row != item.id()).distinct().toList();
        Delivered last = reception == null ? null : delivered.get(reception);
        return new MirrorSnapshot.Keys(
                reception,
                visit,
                last == null ? 0 : last.deal(),
                visit.stream()
                        .map(delivered::get)
                        .filter(Objects::nonNull)
                        .map(Delivered::deal)
                        .toList(),
                item.knownPatient().id(),
                keys.numberFingerprint(),
                keys.phoneFingerprints());
    }
}
