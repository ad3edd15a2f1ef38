package io.identamocrm.reconcile;

import io.identamocrm.account.AccountSetup;
import io.identamocrm.amocrm.RequestSequence;
import io.identamocrm.mirror.Mirror;
import io.identamocrm.model.DealId;
import io.identamocrm.model.ReceptionId;
import io.identamocrm.model.SyncPolicy;
import io.identamocrm.sync.RunReport;
import io.identamocrm.sync.RunRequest;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.camel.Body;
import org.apache.camel.ExchangeProperty;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Compares the mirror with IDENT: the steps of route {@code reconcile-mirror}. */
public final class Reconciliations {

    private static final Logger LOG = LoggerFactory.getLogger(Reconciliations.class);

    /** A comparison under way. */
    public static final class Comparison {
        private final Map<Long, List<Long>> dealsByReception = new TreeMap<>();
        private final Map<Long, List<Long>> contactsByPatient = new TreeMap<>();
        private final Set<Long> existing = new HashSet<>();
        private int deals;
        private int free;
    }

    private final Mirror mirror;
    private final SyncPolicy policy;
    private final AccountSetup account;
    private final boolean moveOrphaned;
    private final int batchSize;

    /**
     * Comparisons of one account.
     *
     * @param moveOrphaned whether deals of orphaned receptions are put into the stage of cancelled visits, or only reported
     * @param batchSize    deals of a request at most
     */
    public Reconciliations(Mirror mirror, SyncPolicy policy, AccountSetup account, boolean moveOrphaned, int batchSize) {
        this.mirror = mirror;
        this.policy = policy;
        this.account = account;
        this.moveOrphaned = moveOrphaned;
        this.batchSize = batchSize;
    }

    /** What is to be done about what was found, in a deep run. */
    public RequestSequence remedy(@Body Reconciliation found, @ExchangeProperty("request") RunRequest request) {
        boolean move = moveOrphaned && !request.dryRun();
        return new OrphanedDeals(move ? found.orphaned() : Map.of(), policy, mirror, account.tools().reader(), batchSize);
    }

    /** Looks through the mirror. */
    public Comparison begin() {
        Comparison comparison = new Comparison();
        mirror.forEachDeal(deal -> {
            if (policy.isActive(deal)) {
                comparison.deals++;
                if (deal.receptionId() == null) {
                    comparison.free++;
                } else {
                    comparison.dealsByReception.computeIfAbsent(deal.receptionId(), id -> new ArrayList<>(1)).add(deal.id());
                }
            }
        });
        mirror.forEachContact(contact -> {
            if (contact.patientId() != null) {
                comparison.contactsByPatient.computeIfAbsent(contact.patientId(), id -> new ArrayList<>(1)).add(contact.id());
            }
        });
        return comparison;
    }

    /** The receptions that deals name. */
    public List<Long> receptions(@ExchangeProperty("comparison") Comparison comparison) {
        return List.copyOf(comparison.dealsByReception.keySet());
    }

    /** Notes which of them IDENT has. */
    public void exist(@Body List<Map<String, Object>> rows, @ExchangeProperty("comparison") Comparison comparison) {
        rows.forEach(row -> comparison.existing.add(((Number) row.get("reception_id")).longValue()));
    }

    /**
     * What came out.
     *
     * @param receptions the run before: a dry one, or that of a deep sync, which has mended what it could
     */
    public Reconciliation finish(@ExchangeProperty("comparison") Comparison comparison,
                                 @ExchangeProperty("receptionReport") RunReport receptions) {
        Map<DealId, ReceptionId> orphaned = new TreeMap<>();
        comparison.dealsByReception.forEach((reception, deals) -> {
            if (!comparison.existing.contains(reception)) {
                deals.forEach(deal -> orphaned.put(new DealId(deal), new ReceptionId(reception)));
            }
        });
        Map<DealId, ReceptionId> displaced = new TreeMap<>();
        receptions.displaced().forEach((deal, reception) -> displaced.put(new DealId(deal), new ReceptionId(reception)));
        Reconciliation found = new Reconciliation(comparison.deals, comparison.free, several(comparison.dealsByReception), orphaned,
                several(comparison.contactsByPatient), without(comparison, receptions), displaced);
        LOG.info("Reconciliation: {} active deals, {} receptions with more than one, {} deals whose reception is gone, {} patients with "
                + "more than one contact", found.deals(), found.duplicateDeals().size(), orphaned.size(), found.sharedPatientIds().size());
        return found;
    }

    private static List<Long> without(Comparison comparison, RunReport receptions) {
        return Stream.concat(receptions.withoutDeal().stream(), receptions.failures().keySet().stream())
                .filter(id -> !comparison.dealsByReception.containsKey(id)).sorted().toList();
    }

    private static Map<Long, List<Long>> several(Map<Long, List<Long>> ids) {
        Map<Long, List<Long>> several = new TreeMap<>(ids);
        several.values().removeIf(all -> all.size() < 2);
        return several;
    }
}
