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
import io.identamocrm.model.Text;
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
@Command(
        name = "deal",
        description = "Whose deal it is, where it stands since when, what was sent; then its reception.")
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
                out().println(
                                json
                                        ? JsonNodeFactory.instance
                                                .objectNode()
                                                .put("deal_id", id)
                                                .put("known", false)
                                                .toPrettyString()
                                        : told(CliText.NO_DEAL.with(id)));
                return 1;
            }
            List<Contact> contacts = runtime.mirror().contacts(deal.contactIds()).values().stream()
                    .sorted(Comparator.comparingLong(Contact::id))
                    .toList();
            Long held = deal.receptionId();
            RunReport reception = held == null ? null : runtime.receptions(RunRequest.explained(held));
            Background background = held == null || reception == null
                    ? null
                    : Background.of(Run.Kind.RECEPTIONS, held, DecisionPrinter.of(reception), runtime);
            ZoneId zone = runtime.settings().zone();
            if (json) {
                ObjectNode document = DealJson.of(
                        deal, DealJson.placeOf(deal, runtime.settings().policy()), contacts);
                document.set(
                        "reception",
                        held == null || reception == null ? null : DecisionJson.of(held, reception, background, zone));
                out().println(document.toPrettyString());
            } else {
                printDeal(deal, DealJson.placeOf(deal, runtime.settings().policy()), contacts);
                if (held != null && reception != null) {
                    DecisionPrinter.printDecision(held, reception, background, zone, false, out());
                }
            }
            return 0;
        }
    }

    private void printDeal(Deal deal, String place, List<Contact> contacts) {
        out().println(CliText.DEAL.with(deal.id()));
        TextTable table = new TextTable();
        table.row(
                CliText.STANDS_IN,
                (switch (place) {
                            case "active" -> CliText.PLACE_OURS;
                            case "finished" -> CliText.PLACE_FINISHED;
                            default -> CliText.PLACE_FOREIGN;
                        })
                        .with(deal.pipelineId(), deal.stageId()));
        table.row(CliText.SINCE, CliText.LAST_CHANGE.with(Instant.ofEpochSecond(deal.updatedAt())));
        table.row(
                CliText.OF_RECEPTION,
                deal.receptionId() != null
                        ? deal.receptionId().toString()
                        : deal.isFree() ? CliText.FREE_DEAL : CliText.NO_NUMBER);
        table.row(
                CliText.CONTACTS,
                contacts.isEmpty()
                        ? CliText.NONE
                        : Text.list(contacts.stream()
                                .map(contact -> contact.patientId() == null
                                        ? CliText.CONTACT_OF_NOBODY.with(contact.id())
                                        : CliText.CONTACT_OF_PATIENT.with(contact.id(), contact.patientId()))
                                .toList()));
        table.row(
                CliText.HOLDS,
                deal.fingerprints().isEmpty()
                        ? CliText.NO_FIELDS
                        : CliText.OUR_FIELDS.with(sorted(deal.fingerprints().keySet())));
        table.row(
                CliText.SENT_LAST,
                deal.sent().isEmpty()
                        ? CliText.READS_BACK
                        : CliText.NOT_READ_BACK.with(sorted(deal.sent().keySet())));
        out().println(table);
    }

    private static List<String> sorted(Set<DealField> fields) {
        return fields.stream().map(DealField::key).sorted().toList();
    }
}
