package io.identamocrm.console;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.identamocrm.model.Contact;
import io.identamocrm.model.Deal;
import io.identamocrm.model.Decision;
import io.identamocrm.model.Delivered;
import io.identamocrm.model.Language;
import io.identamocrm.sync.Run;
import io.identamocrm.sync.RunReport;
import io.identamocrm.sync.RunRequest;
import java.util.Comparator;
import java.util.List;
import org.apache.camel.Header;

/** The story of a reception, a patient or a deal, as the commands explain it, and the sending of one. */
public final class ConsoleStories {

    private static final int AT_ONCE = 2;

    private final Product product;
    private final Turns turns = new Turns(AT_ONCE);

    /** The stories that a product tells. */
    public ConsoleStories(Product product) {
        this.product = product;
    }

    /** What would be done with a reception, and why. */
    public JsonNode reception(@Header("id") String id, @Header("Accept-Language") String languages) {
        long reception = Json.id(id);
        return turns.take(() -> receptionStory(reception, Json.language(languages)));
    }

    private ObjectNode receptionStory(long id, Language language) {
        return told(Run.Kind.RECEPTIONS, id, product.receptions(RunRequest.explained(id)), language);
    }

    /** What would be done with a patient, and why. */
    public JsonNode patient(@Header("id") String id, @Header("Accept-Language") String languages) {
        long patient = Json.id(id);
        return turns.take(() -> told(
                Run.Kind.PATIENTS, patient, product.patients(RunRequest.explained(patient)), Json.language(languages)));
    }

    /** Whose deal it is and where it stands, with the story of its reception. */
    public JsonNode deal(@Header("id") String id, @Header("Accept-Language") String languages) {
        long deal = Json.id(id);
        return turns.take(() -> dealStory(deal, Json.language(languages)));
    }

    private ObjectNode dealStory(long id, Language language) {
        product.receptions(RunRequest.none().asDryRun());
        Deal deal = product.mirror().deals(List.of(id)).get(id);
        if (deal == null) {
            throw RequestException.unknown(ConsoleText.NO_DEAL.with(id));
        }
        List<Contact> contacts = product.mirror().contacts(deal.contactIds()).values().stream()
                .sorted(Comparator.comparingLong(Contact::id))
                .toList();
        ObjectNode json =
                DealJson.of(deal, DealJson.placeOf(deal, product.settings().policy()), contacts);
        json.set("reception", deal.receptionId() == null ? null : receptionStory(deal.receptionId(), language));
        return json;
    }

    /** Sends one reception now, what a manager closed or removed included. */
    public JsonNode sendReception(@Header("id") String id, @Header("Accept-Language") String languages) {
        long reception = Json.id(id);
        return turns.take(() -> told(
                Run.Kind.RECEPTIONS,
                reception,
                product.receptions(RunRequest.one(reception)),
                Json.language(languages)));
    }

    /** Sends one patient now. */
    public JsonNode sendPatient(@Header("id") String id, @Header("Accept-Language") String languages) {
        long patient = Json.id(id);
        return turns.take(() ->
                told(Run.Kind.PATIENTS, patient, product.patients(RunRequest.one(patient)), Json.language(languages)));
    }

    private ObjectNode told(Run.Kind kind, long id, RunReport report, Language language) {
        Decision decision = report.decisions().stream().findFirst().orElse(null);
        if (decision == null) {
            throw RequestException.unknown(
                    (kind == Run.Kind.RECEPTIONS ? ConsoleText.NO_RECEPTION : ConsoleText.NO_PATIENT).with(id));
        }
        Background background = Background.of(kind, id, decision, product);
        ObjectNode json =
                DecisionJson.of(id, report, background, product.settings().zone(), language);
        var more = json.putArray("background");
        background
                .lines(kind)
                .forEach(line -> more.addObject()
                        .put("rule", line.step().in(language))
                        .put("text", line.what().in(language)));
        Delivered delivered =
                kind == Run.Kind.RECEPTIONS ? product.remembered(List.of(id)).get(id) : null;
        return json.put("deal_id", delivered == null || delivered.deal() == 0 ? null : Long.valueOf(delivered.deal()));
    }
}
