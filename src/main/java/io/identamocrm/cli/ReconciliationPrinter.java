package io.identamocrm.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.identamocrm.model.DealId;
import io.identamocrm.model.ReceptionId;
import io.identamocrm.model.Text;
import io.identamocrm.reconcile.Reconciliation;
import java.io.PrintWriter;
import java.util.List;
import java.util.Map;

/** Prints where IDENT and amoCRM disagree, with what to do. */
final class ReconciliationPrinter {

    private static final int MOST = 20;

    private ReconciliationPrinter() {}

    static void print(Reconciliation found, PrintWriter out) {
        out.println(CliText.FREE_DEALS.with(found.deals(), found.freeDeals()));
        printSeveral(CliText.DUPLICATE_DEALS, found.duplicateDeals(), out);
        printSeveral(CliText.SHARED_PATIENTS, found.sharedPatientIds(), out);
        printDeals(CliText.ORPHANED, found.orphaned(), out);
        printDeals(CliText.DISPLACED, found.displaced(), out);
        if (!found.withoutDeal().isEmpty()) {
            out.println(CliText.WITHOUT_DEAL);
            found.withoutDeal().stream().limit(MOST).forEach(id -> out.println("  " + id));
            more(found.withoutDeal().size(), out);
        }
        printDeals(CliText.FOLLOWED, found.followed(), out);
        printDeals(CliText.REMOVED_DEALS, found.removedDeals(), out);
        if (!found.removedContacts().isEmpty()) {
            out.println(CliText.REMOVED_CONTACTS);
            found.removedContacts().entrySet().stream()
                    .limit(MOST)
                    .forEach(entry -> out.println(CliText.CONTACT_AND_PATIENT.with(entry.getValue(), entry.getKey())));
            more(found.removedContacts().size(), out);
        }
        if (found.isClean()) {
            out.println(CliText.BOTH_FIT);
        }
    }

    private static void printSeveral(Text title, Map<Long, List<Long>> several, PrintWriter out) {
        if (!several.isEmpty()) {
            out.println(title);
            several.entrySet().stream()
                    .limit(MOST)
                    .forEach(entry -> out.println("  " + entry.getKey() + ": " + entry.getValue()));
            more(several.size(), out);
        }
    }

    private static void printDeals(Text title, Map<DealId, ReceptionId> receptionByDeal, PrintWriter out) {
        if (!receptionByDeal.isEmpty()) {
            out.println(title);
            receptionByDeal.entrySet().stream()
                    .limit(MOST)
                    .forEach(entry -> out.println(CliText.DEAL_AND_RECEPTION.with(entry.getKey(), entry.getValue())));
            more(receptionByDeal.size(), out);
        }
    }

    private static void more(int count, PrintWriter out) {
        if (count > MOST) {
            out.println(CliText.AND_MORE.with(count - MOST));
        }
    }

    static ObjectNode json(Reconciliation found) {
        ObjectNode json = JsonNodeFactory.instance
                .objectNode()
                .put("active_deals", found.deals())
                .put("free_deals", found.freeDeals());
        several(json, "duplicate_deals", "reception_id", "deals", found.duplicateDeals());
        deals(json, "vanished", found.orphaned());
        deals(json, "displaced", found.displaced());
        var without = json.putArray("without_deal");
        found.withoutDeal().forEach(without::add);
        several(json, "shared_patient_ids", "patient_id", "contacts", found.sharedPatientIds());
        deals(json, "followed", found.followed());
        deals(json, "removed_deals", found.removedDeals());
        var removed = json.putArray("removed_contacts");
        found.removedContacts()
                .forEach((patient, contact) ->
                        removed.addObject().put("contact", contact).put("patient_id", patient));
        return json;
    }

    private static void deals(ObjectNode json, String name, Map<DealId, ReceptionId> receptionByDeal) {
        var array = json.putArray(name);
        receptionByDeal.forEach((deal, reception) ->
                array.addObject().put("deal", deal.value()).put("reception_id", reception.value()));
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
