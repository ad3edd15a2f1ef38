package io.identamocrm.reconcile;

import io.identamocrm.account.AccountSetup;
import io.identamocrm.amocrm.RequestSequence;
import io.identamocrm.ident.FoundRow;
import io.identamocrm.mirror.Mirror;
import io.identamocrm.model.BrakeKind;
import io.identamocrm.model.Deal;
import io.identamocrm.model.DealId;
import io.identamocrm.model.Delivered;
import io.identamocrm.model.ReceptionId;
import io.identamocrm.model.SyncPolicy;
import io.identamocrm.state.Intents;
import io.identamocrm.state.Memory;
import io.identamocrm.state.WriteLock;
import io.identamocrm.state.WriteLocks;
import io.identamocrm.sync.Brakes;
import io.identamocrm.sync.RunReport;
import io.identamocrm.sync.RunRequest;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.camel.Body;
import org.apache.camel.Header;
import org.apache.camel.Variable;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Compares the mirror with IDENT: the steps of route {@code reconcile-mirror}. */
public final class Reconciliations {

    private static final Logger LOG = LoggerFactory.getLogger(Reconciliations.class);

    /** Receptions that IDENT is asked for at a time. */
    private static final int QUESTION = 250;

    /** A comparison under way: the body of the exchange that carries it out. */
    public static final class Comparison {
        private final RunReport receptionRun;
        private final Map<Long, List<Long>> dealsByReception = new TreeMap<>();
        private final Map<Long, List<Long>> contactsByPatient = new TreeMap<>();
        private final Set<Long> existing = new HashSet<>();
        private int deals;
        private int free;

        private Comparison(RunReport receptionRun) {
            this.receptionRun = receptionRun;
        }

        /** What IDENT is to be asked: which of the receptions that deals name it has. */
        public Iterator<Question> questions() {
            List<Long> receptions = List.copyOf(dealsByReception.keySet());
            return IntStream.range(0, (receptions.size() + QUESTION - 1) / QUESTION)
                    .mapToObj(number -> new Question(
                            this,
                            receptions.subList(
                                    number * QUESTION, Math.min(receptions.size(), (number + 1) * QUESTION))))
                    .iterator();
        }
    }

    /** One question to IDENT. */
    public record Question(Comparison comparison, List<Long> receptions) {}

    private final Mirror mirror;
    private final Memory memory;
    private final Intents intents;
    private final SyncPolicy policy;
    private final AccountSetup account;
    private final WriteLocks locks;
    private final boolean moveOrphaned;
    private final int batchSize;
    private final Brakes brakes;

    /**
     * Comparisons of one account.
     *
     * @param memory       knows what somebody removed
     * @param intents      where moves of deals are on record
     * @param locks        let it move deals
     * @param moveOrphaned whether deals of orphaned receptions are put into the stage of cancelled visits, or only reported
     * @param batchSize    deals of a request at most
     * @param brakes       hold back what is not believed
     */
    public Reconciliations(
            Mirror mirror,
            Memory memory,
            Intents intents,
            SyncPolicy policy,
            AccountSetup account,
            WriteLocks locks,
            boolean moveOrphaned,
            int batchSize,
            Brakes brakes) {
        this.mirror = mirror;
        this.memory = memory;
        this.intents = intents;
        this.policy = policy;
        this.account = account;
        this.locks = locks;
        this.moveOrphaned = moveOrphaned;
        this.batchSize = batchSize;
        this.brakes = brakes;
    }

    /** Judges what a deep run has found: true if deals are to be moved, and no brake holds them back. */
    public boolean isRemedyDue(@Body RunRequest request, @Variable("reconciliation") Reconciliation found) {
        if (!moveOrphaned
                || request.dryRun()
                || brakes.hold(
                        BrakeKind.RECEPTIONS_GONE, remedy(found, null).count(), found.deals() - found.freeDeals())) {
            return false;
        }
        boolean any = !thatCount(found.orphaned()).isEmpty();
        if (!any) {
            remedied();
        }
        return any;
    }

    /** Waits for the write lock, and moves them. */
    public RequestSequence remedy(@Variable("reconciliation") Reconciliation found) throws InterruptedException {
        WriteLock lock = locks.of(locks.owners().begin(), null);
        lock.acquire(true);
        return remedy(found, lock);
    }

    private OrphanedDeals remedy(Reconciliation found, @Nullable WriteLock lock) {
        return new OrphanedDeals(
                thatCount(found.orphaned()), policy, mirror, memory, intents, account.tools(), lock, batchSize);
    }

    /** Of several deals with one reception the one that we delivered, else the one that step 1 would take: the others are left alone. */
    private Map<DealId, ReceptionId> thatCount(Map<DealId, ReceptionId> orphaned) {
        Map<Long, Delivered> delivered = memory.receptions(
                orphaned.values().stream().map(ReceptionId::value).distinct().toList());
        Map<DealId, ReceptionId> counting = new TreeMap<>();
        Set<Long> taken = new HashSet<>();
        mirror.deals(orphaned.keySet().stream().map(DealId::value).toList()).values().stream()
                .sorted(Deal.LATEST_FIRST)
                .forEach(deal -> {
                    DealId id = new DealId(deal.id());
                    ReceptionId reception = Objects.requireNonNull(orphaned.get(id), "a deal that was asked for");
                    Delivered ours = delivered.get(reception.value());
                    boolean counts = ours != null && ours.deal() != 0 && !ours.gone()
                            ? ours.deal() == deal.id()
                            : taken.add(reception.value());
                    if (counts) {
                        counting.put(id, reception);
                    }
                });
        return counting;
    }

    /** What was found has been dealt with: a brake's release is used up by it. */
    public void remedied() {
        brakes.useUp(BrakeKind.RECEPTIONS_GONE);
    }

    /** Gives the write lock back, however it ended; null if it was not acquired. */
    public void release(@Variable("orphanedDeals") OrphanedDeals moves) {
        if (moves != null) {
            locks.owners().end(moves.release());
        }
    }

    /**
     * Looks through the mirror.
     *
     * @param receptionRun the run before: a dry one, or that of a deep sync, which has mended what it could
     */
    public Comparison begin(@Body RunReport receptionRun) {
        Comparison comparison = new Comparison(receptionRun);
        mirror.forEachDeal(deal -> {
            if (policy.isActive(deal)) {
                comparison.deals++;
                if (deal.receptionId() == null) {
                    comparison.free++;
                } else {
                    comparison
                            .dealsByReception
                            .computeIfAbsent(deal.receptionId(), id -> new ArrayList<>(1))
                            .add(deal.id());
                }
            }
        });
        mirror.forEachContact(contact -> {
            if (contact.patientId() != null) {
                comparison
                        .contactsByPatient
                        .computeIfAbsent(contact.patientId(), id -> new ArrayList<>(1))
                        .add(contact.id());
            }
        });
        return comparison;
    }

    /** Notes which of them IDENT has. */
    public void exist(@Body Question question, @Header("existing_rows") List<Map<String, Object>> rows) {
        rows.forEach(row -> question.comparison()
                .existing
                .add(FoundRow.of(row, "reception_id").id()));
    }

    /** What came out. */
    public Reconciliation finish(@Body Comparison comparison) {
        RunReport receptions = comparison.receptionRun;
        Map<DealId, ReceptionId> orphaned = new TreeMap<>();
        comparison.dealsByReception.forEach((reception, deals) -> {
            if (!comparison.existing.contains(reception)) {
                deals.forEach(deal -> orphaned.put(new DealId(deal), new ReceptionId(reception)));
            }
        });
        Reconciliation found = new Reconciliation(
                comparison.deals,
                comparison.free,
                several(comparison.dealsByReception),
                orphaned,
                several(comparison.contactsByPatient),
                without(comparison, receptions),
                dealsOf(receptions.displaced()),
                removedDeals(),
                dealsOf(receptions.followed()),
                removedContacts());
        LOG.info(
                "Reconciliation: {} active deals, {} receptions with more than one, {} deals whose reception is gone, {} patients with "
                        + "more than one contact, {} deals and {} contacts that somebody removed",
                found.deals(),
                found.duplicateDeals().size(),
                orphaned.size(),
                found.sharedPatientIds().size(),
                found.removedDeals().size(),
                found.removedContacts().size());
        return found;
    }

    private static Map<DealId, ReceptionId> dealsOf(Map<Long, Long> receptionByDeal) {
        Map<DealId, ReceptionId> deals = new TreeMap<>();
        receptionByDeal.forEach((deal, reception) -> deals.put(new DealId(deal), new ReceptionId(reception)));
        return deals;
    }

    private Map<DealId, ReceptionId> removedDeals() {
        Map<DealId, ReceptionId> removed = new TreeMap<>();
        memory.forEachReception((reception, delivered) -> {
            if (delivered.gone()) {
                removed.put(new DealId(delivered.deal()), new ReceptionId(reception));
            }
        });
        return removed;
    }

    private Map<Long, Long> removedContacts() {
        Map<Long, Long> removed = new TreeMap<>();
        memory.forEachPatient((patient, own) -> {
            if (own.gone()) {
                removed.put(patient, own.contact());
            }
        });
        return removed;
    }

    private static List<Long> without(Comparison comparison, RunReport receptions) {
        return Stream.concat(receptions.withoutDeal().stream(), receptions.failures().keySet().stream())
                .filter(id -> !comparison.dealsByReception.containsKey(id))
                .sorted()
                .toList();
    }

    private static Map<Long, List<Long>> several(Map<Long, List<Long>> ids) {
        Map<Long, List<Long>> several = new TreeMap<>(ids);
        several.values().removeIf(all -> all.size() < 2);
        return several;
    }
}
