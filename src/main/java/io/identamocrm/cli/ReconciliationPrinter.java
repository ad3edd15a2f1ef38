package io.identamocrm.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.identamocrm.sync.Reconciliation;
import java.io.PrintWriter;
import java.util.List;
import java.util.Map;

/** Prints where IDENT and amoCRM disagree, with what to do. */
final class ReconciliationPrinter {

    private static final int MOST = 20;

    private ReconciliationPrinter() {
    }

    static void print(Reconciliation found, PrintWriter out) {
        out.println("Of " + found.deals() + " active deals " + found.freeDeals() + " belong to no reception: the managers' own.");
        tell("Receptions that more than one active deal holds: close or merge the wrong ones in amoCRM", found.duplicateDeals(), out);
        tell("Patients whose id more than one contact carries: merge the contacts in amoCRM", found.sharedPatientIds(), out);
        if (!found.vanished().isEmpty()) {
            out.println("Deals whose reception is no longer in IDENT: close them in amoCRM, or give them another reception");
            found.vanished().entrySet().stream().limit(MOST)
                    .forEach(entry -> out.println("  deal " + entry.getKey() + ", reception " + entry.getValue()));
            more(found.vanished().size(), out);
        }
        if (found.isClean()) {
            out.println("Both sides fit.");
        }
    }

    private static void tell(String title, Map<Long, List<Long>> several, PrintWriter out) {
        if (!several.isEmpty()) {
            out.println(title);
            several.entrySet().stream().limit(MOST).forEach(entry -> out.println("  " + entry.getKey() + ": " + entry.getValue()));
            more(several.size(), out);
        }
    }

    private static void more(int count, PrintWriter out) {
        if (count > MOST) {
            out.println("  … and " + (count - MOST) + " more (--json lists all)");
        }
    }

    static ObjectNode json(Reconciliation found) {
        ObjectNode json = JsonNodeFactory.instance.objectNode().put("active_deals", found.deals()).put("free_deals", found.freeDeals());
        several(json, "duplicate_deals", "reception_id", "deals", found.duplicateDeals());
        var vanished = json.putArray("vanished");
        found.vanished().forEach((deal, reception) -> vanished.addObject().put("deal", deal).put("reception_id", reception));
        several(json, "shared_patient_ids", "patient_id", "contacts", found.sharedPatientIds());
        return json;
    }

    private static void several(ObjectNode json, String name, String key, String ids, Map<Long, List<Long>> found) {
        var array = json.putArray(name);
        found.forEach((one, all) -> {
            ObjectNode entry = array.addObject().put(key, one);
            var list = entry.putArray(ids);
            all.forEach(list::add);
        });
    }
}
