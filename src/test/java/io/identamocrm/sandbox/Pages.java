package io.identamocrm.sandbox;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The pages on which a person can look at what the sync did: the board, the contacts, the journal. */
final class Pages {

    private static final int CARDS_PER_STAGE = 40;
    private static final int ROWS = 200;
    private static final Comparator<EntityView> LAST_CHANGED_FIRST = Comparator.comparingLong(EntityView::updatedAt)
            .thenComparingLong(EntityView::id)
            .reversed();
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("dd.MM.yyyy HH:mm");
    private static final DateTimeFormatter CHANGED = DateTimeFormatter.ofPattern("dd.MM HH:mm");
    private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("HH:mm:ss.SSS");

    private static final String DEAL = "/leads/detail/";
    private static final String CONTACT = "/contacts/detail/";

    private final SandboxAccount account;
    private final Journal journal;
    private final Faults faults;
    private final String style = resource("board.css");
    private final String script = resource("board.js");

    Pages(SandboxAccount account, Journal journal, Faults faults) {
        this.account = account;
        this.journal = journal;
        this.faults = faults;
    }

    private static String resource(String name) {
        try (InputStream file = Pages.class.getResourceAsStream("/sandbox/" + name)) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Reply page(String path) {
        if (path.startsWith(DEAL)) {
            return detail(account.leads(), path.substring(DEAL.length()), "Сделка");
        }
        if (path.startsWith(CONTACT)) {
            return detail(account.contacts(), path.substring(CONTACT.length()), "Контакт");
        }
        return switch (path) {
            case "/" -> Reply.html(200, page("Сделки", "<div class='funnels'>" + board() + "</div>"));
            case "/contacts" -> Reply.html(200, page("Контакты", contacts()));
            case "/journal" -> Reply.html(200, page("Журнал запросов", journal()));
            default -> nowhere();
        };
    }

    private Reply nowhere() {
        return Reply.html(404, page("Нет такой страницы", "<p><a href='/'>К сделкам</a></p>"));
    }

    /** One deal or contact, as the console's links lead to it. */
    private Reply detail(List<EntityView> all, String id, String what) {
        EntityView found = all.stream()
                .filter(one -> Long.toString(one.id()).equals(id))
                .findFirst()
                .orElse(null);
        if (found == null) {
            return nowhere();
        }
        StringBuilder html = new StringBuilder("<h2>" + what + " " + found.id() + "</h2><table>");
        row(html.append("<tr>"), "Название", found.name());
        if (found.pipelineId() != 0) {
            Pipeline pipeline = account.pipelines().stream()
                    .filter(one -> one.id() == found.pipelineId())
                    .findFirst()
                    .orElseThrow();
            row(html.append("<tr>"), "Воронка", pipeline.name());
            row(
                    html.append("<tr>"),
                    "Этап",
                    pipeline.stages().stream()
                            .filter(stage -> stage.id() == found.stageId())
                            .map(Pipeline.Stage::name)
                            .findFirst()
                            .orElse(""));
            row(html.append("<tr>"), "Бюджет", money(BigDecimal.valueOf(found.price())));
        }
        found.values().forEach((field, values) -> row(html.append("<tr>"), "Поле " + field, String.join(", ", values)));
        row(html.append("<tr>"), "Изменено", time(found.updatedAt()));
        return Reply.html(
                200,
                page(
                        what + " " + found.id(),
                        html.append("</table><p><a href='/'>К сделкам</a></p>").toString()));
    }

    /** For the demo's tour: from now on these things go wrong, and no others. */
    Reply spoil(String names) {
        faults.clear();
        if (!"none".equals(names)) {
            faults.inject(names);
        }
        return Reply.html(200, "");
    }

    private String page(String title, String content) {
        List<String> active = faults.active();
        return "<!DOCTYPE html><html lang='ru'><head><meta charset='utf-8'>"
                + "<meta name='viewport' content='width=device-width, initial-scale=1'><title>" + title
                + " – песочница amoCRM</title><style>" + style
                + "</style></head><body><header><h1>Песочница amoCRM</h1><nav><a href='/'>Сделки</a><a href='/contacts'>Контакты</a>"
                + "<a href='/journal'>Журнал</a></nav><dl>" + figure("Сделки", account.count(true))
                + figure("Контакты", account.count(false)) + figure("Запросы", journal.count())
                + figure("Записи", journal.writes())
                + figure("Максимум за секунду", journal.maxInAnyWindow(Duration.ofSeconds(1)))
                + figure("Сбои", active.isEmpty() ? "нет" : String.join(", ", active))
                + "</dl></header><main>" + content + "</main><script>" + script + "</script></body></html>";
    }

    private static String figure(String name, Object figure) {
        return "<div><dt>" + name + "</dt><dd>"
                + (figure instanceof Number number ? grouped(number.longValue()) : figure) + "</dd></div>";
    }

    /** 12345 as 12 345, with spaces that do not break. */
    private static String grouped(long number) {
        return String.format(Locale.ROOT, "%,d", number).replace(',', '\u00a0');
    }

    private String board() {
        Map<Long, Map<Long, List<EntityView>>> places = new HashMap<>();
        Map<Long, EntityView> contacts = new HashMap<>();
        Map<Long, List<Task>> tasks = new HashMap<>();
        Map<Long, List<Note>> notes = new HashMap<>();
        synchronized (account.content()) {
            account.leads()
                    .forEach(lead -> places.computeIfAbsent(lead.pipelineId(), id -> new HashMap<>())
                            .computeIfAbsent(lead.stageId(), id -> new ArrayList<>())
                            .add(lead));
            account.contacts().forEach(contact -> contacts.put(contact.id(), contact));
            account.tasks().stream()
                    .filter(task -> "leads".equals(task.entityType()))
                    .forEach(task -> tasks.computeIfAbsent(task.entityId(), id -> new ArrayList<>())
                            .add(task));
            account.notes().stream()
                    .filter(note -> "leads".equals(note.entityType()))
                    .forEach(note -> notes.computeIfAbsent(note.entityId(), id -> new ArrayList<>())
                            .add(note));
        }
        StringBuilder html = new StringBuilder();
        for (Pipeline pipeline : account.pipelines()) {
            Map<Long, List<EntityView>> stages = places.getOrDefault(pipeline.id(), Map.of());
            if (pipeline.id() == SandboxAccount.FOREIGN && stages.isEmpty()) {
                continue;
            }
            int deals = stages.values().stream().mapToInt(List::size).sum();
            html.append("<section class='p")
                    .append(pipeline.id())
                    .append("'><h2>")
                    .append(escape(pipeline.name()))
                    .append("<small>")
                    .append(grouped(deals))
                    .append(" · ")
                    .append(worth(stages.values().stream().flatMap(List::stream).toList()))
                    .append("</small></h2><div class='board'>");
            for (Pipeline.Stage stage : pipeline.stages()) {
                List<EntityView> leads = stages.getOrDefault(stage.id(), List.of());
                if (stage.type() == 1 && leads.isEmpty()) {
                    continue;
                }
                html.append("<div class='stage'><h3>")
                        .append(escape(stage.name()))
                        .append("<small>")
                        .append(grouped(leads.size()))
                        .append(leads.isEmpty() ? "" : " · " + worth(leads))
                        .append("</small></h3><div class='cards' tabindex='0' id='s")
                        .append(pipeline.id())
                        .append('-')
                        .append(stage.id())
                        .append("'>");
                leads.stream().sorted(LAST_CHANGED_FIRST).limit(CARDS_PER_STAGE).forEach(lead -> {
                    card(html, lead, contacts);
                    tasks.getOrDefault(lead.id(), List.of()).forEach(task -> task(html, task));
                    notes.getOrDefault(lead.id(), List.of()).forEach(note -> line(html, note.text(), "note"));
                    html.append("</article>");
                });
                if (leads.size() > CARDS_PER_STAGE) {
                    html.append("<p class='more'>… и ещё ")
                            .append(grouped(leads.size() - CARDS_PER_STAGE))
                            .append("</p>");
                }
                html.append("</div></div>");
            }
            html.append("</div></section>");
        }
        return html.toString();
    }

    private void card(StringBuilder html, EntityView lead, Map<Long, EntityView> contacts) {
        Map<Long, String> fields = lead.fields();
        html.append("<article><h4>")
                .append(escape(lead.name()))
                .append("<small><a href='")
                .append(DEAL)
                .append(lead.id())
                .append("'>")
                .append(lead.id())
                .append("</a></small></h4>");
        String date = fields.get(27L);
        if (date != null) {
            html.append("<p class='date'>").append(time(Long.parseLong(date))).append("</p>");
        }
        line(html, fields.get(28L), "doctor");
        line(html, fields.get(29L), "service");
        String cost = fields.get(30L);
        if (cost != null) {
            line(html, money(new BigDecimal(cost)), "cost");
        }
        for (Long id : lead.links()) {
            EntityView contact = contacts.get(id);
            line(html, contact.name(), "contact");
            line(html, String.join(", ", contact.values().getOrDefault(2L, List.of())), "phone");
        }
        String reception = fields.containsKey(26L) ? "приём " + fields.get(26L) : "без приёма";
        line(html, reception + (fields.containsKey(17L) ? " · пациент\u00a0" + fields.get(17L) : ""), "ids");
        line(
                html,
                "изменена "
                        + CHANGED.format(Instant.ofEpochSecond(lead.updatedAt()).atZone(account.zone())),
                "changed");
    }

    private void task(StringBuilder html, Task task) {
        line(html, (task.completed() ? "☑ " : "☐ до ") + time(task.completeTill()) + " · " + task.text(), "task");
    }

    /** What the receptions of these deals cost; of a deal without one, its budget. */
    private static String worth(List<EntityView> leads) {
        return money(leads.stream()
                .map(lead -> lead.fields().containsKey(30L)
                        ? new BigDecimal(lead.fields().get(30L))
                        : BigDecimal.valueOf(lead.price()))
                .reduce(BigDecimal.ZERO, BigDecimal::add));
    }

    /** 39976 as 39 976 ₽, with kopecks where there are any. */
    private static String money(BigDecimal sum) {
        BigDecimal rounded = sum.setScale(2, RoundingMode.HALF_UP);
        String kopecks = rounded.remainder(BigDecimal.ONE)
                .movePointRight(2)
                .abs()
                .toBigInteger()
                .toString();
        return grouped(rounded.longValue())
                + (kopecks.equals("0") ? "" : "," + (kopecks.length() == 1 ? "0" : "") + kopecks) + "\u00a0₽";
    }

    private static void line(StringBuilder html, String text, String kind) {
        if (text != null && !text.isEmpty()) {
            html.append("<p class='")
                    .append(kind)
                    .append("'>")
                    .append(escape(text))
                    .append("</p>");
        }
    }

    private String contacts() {
        StringBuilder html = new StringBuilder(
                "<table><tr><th>Контакт<th>Имя<th>Телефоны<th>Код пациента<th>Номер пациента<th>Сделок"
                        + "<th>Дата рождения<th>Карта</tr>");
        List<EntityView> contacts = account.contacts();
        contacts.stream()
                .limit(ROWS)
                .forEach(contact -> row(
                        html.append("<tr>"),
                        Long.toString(contact.id()),
                        contact.name(),
                        String.join(", ", contact.values().getOrDefault(2L, List.of())),
                        contact.fields().get(25L),
                        contact.fields().get(17L),
                        Integer.toString(contact.links().size()),
                        day(contact.fields().get(8L)),
                        contact.fields().get(7L)));
        html.append("</table>");
        line(html, contacts.size() > ROWS ? "… и ещё " + grouped(contacts.size() - ROWS) : null, "more");
        return html.toString();
    }

    private String day(String seconds) {
        return seconds == null ? null : time(Long.parseLong(seconds)).substring(0, 10);
    }

    private String journal() {
        StringBuilder html =
                new StringBuilder("<table><tr><th>Время<th>Запрос<th>Параметры<th>Элементов<th>Ответ<th>Сбой</tr>");
        List<Journal.Entry> entries = journal.entries();
        for (int i = entries.size() - 1; i >= Math.max(0, entries.size() - ROWS); i--) {
            Journal.Entry entry = entries.get(i);
            String query = entry.query() == null ? "" : entry.query();
            row(
                    html.append(
                            entry.fault() != null || entry.status() == 0 || entry.status() >= 400
                                    ? "<tr class='bad'>"
                                    : "<tr>"),
                    CLOCK.format(entry.at().atZone(account.zone())),
                    entry.method() + " " + entry.path(),
                    query.length() > 100 ? query.substring(0, 100) + "…" : query,
                    entry.items() == 0 ? "" : Integer.toString(entry.items()),
                    entry.status() == 0 ? "обрыв" : Integer.toString(entry.status()),
                    entry.fault());
        }
        return html.append("</table>").toString();
    }

    private static void row(StringBuilder html, String... cells) {
        for (String cell : cells) {
            html.append("<td>").append(cell == null ? "" : escape(cell)).append("</td>");
        }
        html.append("</tr>");
    }

    private String time(long seconds) {
        ZoneId zone = account.zone();
        return TIME.format(Instant.ofEpochSecond(seconds).atZone(zone));
    }

    private static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("'", "&#39;");
    }
}
