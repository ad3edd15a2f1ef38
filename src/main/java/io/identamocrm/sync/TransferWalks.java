package io.identamocrm.sync;

import io.identamocrm.account.AccountSetup;
import io.identamocrm.ident.TransferRows;
import io.identamocrm.mirror.Mirror;
import io.identamocrm.model.Deal;
import io.identamocrm.model.Delivered;
import io.identamocrm.model.SyncPolicy;
import io.identamocrm.model.VisitRow;
import io.identamocrm.rules.TransferChain;
import io.identamocrm.state.Memory;
import java.time.Clock;
import java.time.LocalDateTime;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.camel.Body;
import org.apache.camel.Header;
import org.apache.camel.Variable;

/** Finds the moved visits of a chunk: the steps of route {@code read-receptions} before anything else is read. */
public final class TransferWalks {

    private final Memory memory;
    private final Mirror mirror;
    private final AccountSetup account;
    private final Clock clinicClock;

    /**
     * Walks of one account.
     *
     * @param memory      knows which deal was a reception's
     * @param mirror      knows which reception holds it now
     * @param clinicClock the clock of the clinic's zone
     */
    public TransferWalks(Memory memory, Mirror mirror, AccountSetup account, Clock clinicClock) {
        this.memory = memory;
        this.mirror = mirror;
        this.account = account;
        this.clinicClock = clinicClock;
    }

    /** The walk from a chunk's receptions; one that has no step to do where moved visits are none of the product's business. */
    public TransferWalk begin(@Body Chunk chunk) {
        return new TransferWalk(account.tools().policy().transfers() ? chunk.ids() : List.of());
    }

    /** Receptions whose deal moved along with the visit, and the one that holds it now: it may be gone from IDENT, and its link with it. */
    private Map<Long, Long> takenFrom(List<Long> receptions) {
        Map<Long, Delivered> delivered = memory.receptions(receptions);
        Map<Long, Deal> deals = mirror.deals(delivered.values().stream()
                .map(Delivered::deal)
                .filter(deal -> deal > 0)
                .collect(Collectors.toSet()));
        Map<Long, Long> holders = new HashMap<>();
        delivered.forEach((reception, last) -> {
            Deal deal = deals.get(last.deal());
            if (deal != null && deal.receptionId() != null && deal.receptionId() != (long) reception) {
                holders.put(reception, deal.receptionId());
            }
        });
        return holders;
    }

    /** Takes the rows that IDENT answered. */
    public void found(
            @Variable("transfers") TransferWalk walk, @Header("transfer_rows") List<Map<String, Object>> rows) {
        List<VisitRow> found = TransferRows.read(rows);
        walk.found(found);
        walk.remembered(takenFrom(found.stream().map(VisitRow::id).toList()));
    }

    /**
     * The receptions to read: those of the chunk, and in a run of what has changed also the ones that their visits go on with, of which
     * nothing may have changed.
     */
    public List<Long> toRead(@Body Chunk chunk, @Variable("transfers") TransferWalk walk) {
        Set<Long> all = new LinkedHashSet<>(chunk.ids());
        if (!chunk.run().isFull() && !chunk.run().isByIds()) {
            SyncPolicy policy = account.tools().policy();
            LocalDateTime now = LocalDateTime.now(clinicClock);
            Set<Long> selected = new HashSet<>(chunk.run().rows().ids());
            for (Long id : chunk.ids()) {
                List<VisitRow> visit = walk.visitOf(id);
                Long current = TransferChain.currentOf(visit, id, policy, now);
                if (current != null && !selected.contains(current) && all.add(current)) {
                    chunk.run().rows().follow();
                }
            }
        }
        return List.copyOf(all);
    }
}
