package io.identamocrm.alerts;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.identamocrm.model.AlertKind;
import io.identamocrm.model.BrakeKind;
import io.identamocrm.model.ClinicTime;
import io.identamocrm.model.Language;
import io.identamocrm.model.Text;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What an alert says: what is the matter, since when, what to do, and where the runbook tells more. Ids and counts only. */
public final class AlertWords {

    private static final String RUNBOOK = "runbook";

    private final String account;
    private final ZoneId zone;
    private final Language language;
    private final String documents;
    private final Set<AlertKind> urgent;

    /**
     * The words of one account.
     *
     * @param zone      the clinic's
     * @param documents where the runbook is: the beginning of an address, or a directory
     * @param urgent    kinds that are told in quiet hours too
     */
    public AlertWords(String account, ZoneId zone, Language language, String documents, Set<AlertKind> urgent) {
        this.account = account;
        this.zone = zone;
        this.language = language;
        this.documents = documents.endsWith("/") ? documents : documents + "/";
        this.urgent = Set.copyOf(urgent);
    }

    /** What its channel is to say. */
    public AlertMessage message(DueAlert due) {
        Alert alert = due.alert();
        String title = title(what(alert));
        String since = at(alert.since());
        String runbook = documents
                + RUNBOOK
                + (language == Language.RUSSIAN ? ".ru.md#" : ".md#")
                + alert.kind().anchor();
        String text = alert.over()
                ? lines(title, AlertText.WAS.with(since, at(alert.at()), zone).in(language))
                : lines(
                        title,
                        means(alert).in(language),
                        AlertText.SINCE.with(since, zone).in(language),
                        AlertText.DO.with(remedy(alert)).in(language),
                        AlertText.MORE.with(runbook).in(language));
        var json = JsonNodeFactory.instance.objectNode();
        json.put("account", account)
                .put("kind", alert.kind().key())
                .put("subject", alert.subject())
                .put("state", alert.over() ? "over" : "begun")
                .put("urgent", urgent.contains(alert.kind()))
                .put("since", alert.since().toString())
                .put("until", alert.over() ? alert.at().toString() : null)
                .put("count", alert.count())
                .put("total", alert.total())
                .put("title", title)
                .put("text", text)
                .put("runbook", runbook);
        return new AlertMessage(due.channel().key(), title, text, json.toString());
    }

    /** What tells people that a channel works. */
    public AlertMessage test(Channel channel, Instant now) {
        String title = title(AlertText.TEST);
        String text = lines(title, AlertText.TEST_MEANS.in(language), at(now) + " (" + zone + ")");
        var json = JsonNodeFactory.instance.objectNode();
        json.put("account", account)
                .put("kind", "test")
                .put("state", "test")
                .put("since", now.toString())
                .put("title", title)
                .put("text", text);
        return new AlertMessage(channel.key(), title, text, json.toString());
    }

    private String title(Text what) {
        return AlertText.TITLE.with(account, what).in(language);
    }

    private String at(Instant moment) {
        return ClinicTime.of(moment, zone);
    }

    private static String lines(String... lines) {
        return String.join("\n", lines);
    }

    private Text what(Alert alert) {
        String name = alert.kind().name();
        if (alert.over()) {
            AlertText over = AlertText.valueOf(name + "_OVER");
            return alert.kind() == AlertKind.BRAKE ? over.with(alert.named()) : over;
        }
        AlertText begun = AlertText.valueOf(name);
        return switch (alert.kind()) {
            case TOKEN_ENDING -> begun.with(at(Instant.ofEpochSecond(alert.count())));
            case STALE -> begun.with(alert.count());
            case DEAD_LETTERS_GROWING, DEAD_LETTERS_MANY -> begun.with(alert.count(), alert.total());
            case BRAKE -> begun.with(alert.named(), seen(alert));
            default -> begun;
        };
    }

    private static Text means(Alert alert) {
        return switch (alert.kind()) {
            case DEAD_LETTERS_MANY -> AlertText.DEAD_LETTERS_GROWING_MEANS;
            case BRAKE ->
                AlertText.BRAKE_MEANS.with(brake(alert).stream()
                        .map(kind -> (Text) kind.effect())
                        .findFirst()
                        .orElse(Text.of("…")));
            default -> AlertText.valueOf(alert.kind().name() + "_MEANS");
        };
    }

    private static Text remedy(Alert alert) {
        return switch (alert.kind()) {
            case DEAD_LETTERS_MANY -> AlertText.DEAD_LETTERS_GROWING_DO;
            case BRAKE -> AlertText.BRAKE_DO.with(alert.named());
            default -> AlertText.valueOf(alert.kind().name() + "_DO");
        };
    }

    private static Text seen(Alert alert) {
        return brake(alert).stream()
                .map(kind -> kind.seen((int) alert.count(), (int) alert.total()))
                .findFirst()
                .orElse(Text.of(alert.count() + " / " + alert.total()));
    }

    /** The brake that is meant; none if another version has written it. */
    private static List<BrakeKind> brake(Alert alert) {
        return Stream.of(BrakeKind.values())
                .filter(kind -> kind.key().equals(alert.subject()))
                .collect(Collectors.toList());
    }
}
