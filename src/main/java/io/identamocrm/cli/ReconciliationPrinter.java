package io.identamocrm.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.identamocrm.model.DealId;
import io.identamocrm.model.ReceptionId;
import io.identamocrm.reconcile.Reconciliation;
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
        printSeveral("Receptions that more than one active deal holds: close or merge the wrong ones in amoCRM",
                found.duplicateDeals(), out);
        printSeveral("Patients whose id more than one contact carries: merge the contacts in amoCRM", found.sharedPatientIds(), out);
        printDeals("Deals whose reception is no longer in IDENT: close them in amoCRM, or give them another reception",
                found.orphaned(), out);
        printDeals("Deals in another pipeline or stage than they should be: the next run of their receptions puts them right, unless a "
                + "manager moved them", found.displaced(), out);
        if (!found.withoutDeal().isEmpty()) {
            out.println("Receptions without a deal: run reception-sync --full, or see dead-letters list");
            found.withoutDeal().stream().limit(MOST).forEach(id -> out.println("  " + id));
            more(found.withoutDeal().size(), out);
        }
        printDeals("Deals whose reception has another patient in IDENT by now: the deal goes with it, once", found.followed(), out);
        printDeals("Deals of ours that somebody deleted or merged in amoCRM; that stands until the visit changes its status or day, or "
                + "test-reception sends it", found.removedDeals(), out);
        if (!found.removedContacts().isEmpty()) {
            out.println("Contacts of ours that somebody deleted or merged in amoCRM; made again only when a new deal needs one");
            found.removedContacts().entrySet().stream().limit(MOST)
                    .forEach(entry -> out.println("  contact " + entry.getValue() + ", patient " + entry.getKey()));
            more(found.removedContacts().size(), out);
        }
        if (found.isClean()) {
            out.println("Both sides fit.");
        }
    }

    private static void printSeveral(String title, Map<Long, List<Long>> several, PrintWriter out) {
        if (!several.isEmpty()) {
            out.println(title);
            several.entrySet().stream().limit(MOST).forEach(entry -> out.println("  " + entry.getKey() + ": " + entry.getValue()));
            more(several.size(), out);
        }
    }

    private static void printDeals(String title, Map<DealId, ReceptionId> receptionByDeal, PrintWriter out) {
        if (!receptionByDeal.isEmpty()) {
            out.println(title);
            receptionByDeal.entrySet().stream().limit(MOST)
                    .forEach(entry -> out.println("  deal " + entry.getKey() + ", reception " + entry.getValue()));
            more(receptionByDeal.size(), out);
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
        deals(json, "vanished", found.orphaned());
        deals(json, "displaced", found.displaced());
        var without = json.putArray("without_deal");
        found.withoutDeal().forEach(without::add);
        several(json, "shared_patient_ids", "patient_id", "contacts", found.sharedPatientIds());
        deals(json, "followed", found.followed());
        deals(json, "removed_deals", found.removedDeals());
        var removed = json.putArray("removed_contacts");
        found.removedContacts().forEach((patient, contact) -> removed.addObject().put("contact", contact).put("patient_id", patient));
        return json;
    }

    private static void deals(ObjectNode json, String name, Map<DealId, ReceptionId> receptionByDeal) {
        var array = json.putArray(name);
        receptionByDeal.forEach((deal, reception) -> array.addObject().put("deal", deal.value()).put("reception_id", reception.value()));
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
