package io.identamocrm.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.identamocrm.app.CamelRuntime;
import io.identamocrm.console.Background;
import io.identamocrm.console.DealJson;
import io.identamocrm.console.DecisionJson;
import io.identamocrm.model.Contact;
import io.identamocrm.model.Deal;
import io.identamocrm.model.DealField;
import io.identamocrm.settings.StartOptions;
import io.identamocrm.sync.Run;
import io.identamocrm.sync.RunReport;
import io.identamocrm.sync.RunRequest;
import java.io.PrintWriter;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code explain deal ID}: whose deal it is, where it stands, what we sent; then its reception. Writes nothing. */
@Command(name = "deal", description = "Whose deal it is, where it stands since when, what was sent; then its reception.")
public final class ExplainDealCommand extends ProductCommand implements Callable<Integer> {

    @Parameters(paramLabel = "ID", description = "Id of the deal in amoCRM.")
    private long id;

    @Option(names = "--json", description = "Print one JSON document.")
    private boolean json;

    /** Called by the command line. */
    public ExplainDealCommand(Environment environment, PrintWriter out) {
        super(environment, out);
    }

    @Override
    public Integer call() {
        try (CamelRuntime runtime = start(StartOptions.Mode.CHECK)) {
            runtime.receptions(RunRequest.none().asDryRun());
            Deal deal = runtime.mirror().deals(List.of(id)).get(id);
            if (deal == null) {
                out().println(json ? JsonNodeFactory.instance.objectNode().put("deal_id", id).put("known", false).toPrettyString()
                        : "amoCRM has no deal " + id + ", or deleted it.");
                return 1;
            }
            List<Contact> contacts = runtime.mirror().contacts(deal.contactIds()).values().stream()
                    .sorted(Comparator.comparingLong(Contact::id)).toList();
            RunReport reception = deal.receptionId() == null ? null : runtime.receptions(RunRequest.explained(deal.receptionId()));
            Background background = reception == null ? null
                    : Background.of(Run.Kind.RECEPTIONS, deal.receptionId(), DecisionPrinter.of(reception), runtime);
            ZoneId zone = runtime.settings().zone();
            if (json) {
                ObjectNode document = DealJson.of(deal, DealJson.placeOf(deal, runtime.settings().policy()), contacts);
                document.set("reception", reception == null ? null : DecisionJson.of(deal.receptionId(), reception, background, zone));
                out().println(document.toPrettyString());
            } else {
                printDeal(deal, DealJson.placeOf(deal, runtime.settings().policy()), contacts);
                if (reception != null) {
                    DecisionPrinter.printDecision(deal.receptionId(), reception, background, zone, false, out());
                }
            }
            return 0;
        }
    }

    private void printDeal(Deal deal, String place, List<Contact> contacts) {
        out().println("Deal " + deal.id() + " (nothing is written)");
        TextTable table = new TextTable();
        table.row("stands in", "pipeline " + deal.pipelineId() + ", stage " + deal.stageId() + switch (place) {
            case "active" -> ", one of ours";
            case "finished" -> ", an excluded stage of ours: finished business, never touched";
            default -> ", none of our pipelines: never touched";
        });
        table.row("since", "its last change, whoever made it: " + Instant.ofEpochSecond(deal.updatedAt()));
        table.row("reception", deal.receptionId() != null ? deal.receptionId().toString()
                : deal.isFree() ? "none: a free deal, which a reception of its patient or phone may take" : "the field holds no number");
        table.row("contacts", contacts.isEmpty() ? "none" : String.join(", ", contacts.stream().map(contact -> contact.id()
                + (contact.patientId() == null ? " (nobody's)" : " (patient " + contact.patientId() + ")")).toList()));
        table.row("holds", deal.fingerprints().isEmpty() ? "none of our fields" : "our fields " + sorted(deal.fingerprints().keySet()));
        table.row("sent last", deal.sent().isEmpty() ? "everything we sent reads back as it was sent, or Redis has forgotten"
                : "fields " + sorted(deal.sent().keySet()) + ": not read back since, or amoCRM shows another value");
        out().println(table);
    }

    private static List<String> sorted(Set<DealField> fields) {
        return fields.stream().map(DealField::key).sorted().toList();
    }
}
