package io.identamocrm.settings;

import io.identamocrm.amocrm.HttpProxy;
import io.identamocrm.model.AlertKind;
import io.identamocrm.model.Language;
import io.identamocrm.model.QuietHours;
import io.identamocrm.model.Text;
import java.net.URI;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads where alerts go, and when. Without a channel nothing else of it matters. */
final class AlertsReader {

    private static final String ALL = "alerts.";
    private static final String CHAT = "-?\\d{1,19}|@[A-Za-z]\\w{3,}";
    /** Telegram's Bot API, "Authorizing your bot": the bot's id, and what proves it. */
    private static final String TOKEN = "\\d{3,}:[A-Za-z0-9_-]{20,}";

    private static final String ADDRESS = "[^@\\s,;<>\"\\p{Cntrl}]+@[^@\\s,;<>\"\\p{Cntrl}]+";
    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

    private final SettingValues values;

    AlertsReader(SettingValues values) {
        this.values = values;
    }

    Settings.Alerts alerts() {
        values.leftAside(
                ALL + "telegram-url",
                ALL + "mail-port",
                ALL + "mail-encryption",
                ALL + "mail-username",
                ALL + "mail-password",
                ALL + "mail-from",
                ALL + "webhook-token",
                ALL + "language",
                ALL + "hold-seconds",
                ALL + "quiet-hours",
                ALL + "urgent",
                ALL + "dead-letters-growth",
                ALL + "runbook-url");
        Settings.Alerts.Telegram telegram = telegram();
        Settings.Alerts.Mail mail = mail();
        Settings.Alerts.Webhook webhook = webhook();
        if (telegram == null && mail == null && webhook == null) {
            return Settings.Alerts.NONE;
        }
        return new Settings.Alerts(
                telegram,
                mail,
                webhook,
                Duration.ofSeconds(values.number(ALL + "hold-seconds", 0, 3600)),
                quietHours(),
                urgent(),
                values.number(ALL + "dead-letters-growth", 1, 1_000_000),
                language(),
                String.valueOf(values.text(ALL + "runbook-url")));
    }

    /** Null if neither of the two is set; what is set of a pair that is not whole is a problem. */
    private boolean isPair(String first, Text ofFirst, String second, Text ofSecond) {
        boolean one = values.text(first) != null;
        boolean other = values.text(second) != null;
        if (one != other) {
            values.problem(
                    one ? second : first,
                    SettingsText.PARTNER_MISSING,
                    SettingsText.SET.with(one ? ofSecond : ofFirst));
        }
        return one && other;
    }

    private Settings.Alerts.@Nullable Telegram telegram() {
        String token = values.text(ALL + "telegram-token");
        String chat = values.text(ALL + "telegram-chat");
        if (!isPair(ALL + "telegram-token", SettingsText.TELEGRAM_TOKEN, ALL + "telegram-chat", SettingsText.CHAT)
                || token == null
                || chat == null) {
            return null;
        }
        if (!token.matches(TOKEN)) {
            values.problem(ALL + "telegram-token", SettingsText.NO_TELEGRAM_TOKEN, SettingsText.TELEGRAM_TOKEN_FORM);
            token = "0:unknown";
        }
        if (!chat.matches(CHAT)) {
            values.problem(ALL + "telegram-chat", SettingsText.NO_CHAT, SettingsText.CHAT_FORM);
        }
        URI api = values.webAddress(ALL + "telegram-url", SettingsText.TELEGRAM_URL_FORM);
        if (api == null) {
            values.required(ALL + "telegram-url", SettingsText.TELEGRAM_URL_FORM);
            api = URI.create("https://api.telegram.org");
        } else if (isOpen(api)) {
            values.problem(ALL + "telegram-url", SettingsText.UNENCRYPTED, SettingsText.WRITE_HTTPS);
        }
        URI address = URI.create(api.toString().replaceAll("/+$", "") + "/bot" + token + "/sendMessage");
        return new Settings.Alerts.Telegram(address, chat, proxyTo(api));
    }

    private static boolean isOpen(URI address) {
        return "http".equals(address.getScheme()) && !LOOPBACK.contains(address.getHost());
    }

    private Settings.Alerts.@Nullable Mail mail() {
        if (!isPair(ALL + "mail-server", SettingsText.MAIL_SERVER, ALL + "mail-to", SettingsText.MAIL_TO)) {
            return null;
        }
        String server = values.host(ALL + "mail-server", SettingsText.MAIL_SERVER);
        int port = values.number(ALL + "mail-port", 1, 65_535);
        Settings.Alerts.Encryption encryption =
                Settings.Alerts.Encryption.valueOf(values.choice(ALL + "mail-encryption", "starttls", "tls", "none")
                        .toUpperCase(Locale.ROOT));
        boolean login = isPair(
                ALL + "mail-username", SettingsText.MAIL_USERNAME, ALL + "mail-password", SettingsText.MAIL_PASSWORD);
        if (login && encryption == Settings.Alerts.Encryption.NONE && !LOOPBACK.contains(server)) {
            values.problem(ALL + "mail-encryption", SettingsText.OPEN_PASSWORD, SettingsText.OPEN_PASSWORD_REMEDY);
        }
        List<String> to = addresses(ALL + "mail-to");
        String username = login ? values.text(ALL + "mail-username") : null;
        List<String> from = addresses(ALL + "mail-from");
        if (from.size() > 1) {
            values.problem(ALL + "mail-from", SettingsText.NO_MAIL_ADDRESS, SettingsText.MAIL_ADDRESS_FORM);
        }
        String sender = !from.isEmpty()
                ? from.get(0)
                : username != null && username.matches(ADDRESS)
                        ? username
                        : values.required(ALL + "mail-from", SettingsText.MAIL_FROM);
        return new Settings.Alerts.Mail(
                server, port, encryption, username, login ? values.text(ALL + "mail-password") : null, sender, to);
    }

    private List<String> addresses(String property) {
        List<String> addresses = values.list(property);
        if (!addresses.stream().allMatch(address -> address.matches(ADDRESS))) {
            values.problem(property, SettingsText.NO_MAIL_ADDRESS, SettingsText.MAIL_ADDRESS_FORM);
        }
        return addresses;
    }

    private Settings.Alerts.@Nullable Webhook webhook() {
        boolean set = values.text(ALL + "webhook-url") != null;
        URI url = values.webAddress(ALL + "webhook-url", SettingsText.WEBHOOK_FORM);
        if (url != null && url.getUserInfo() != null) {
            // HTTP has no place for it in an address (RFC 9110, 4.2.4), and clients refuse to send it.
            values.problem(ALL + "webhook-url", SettingsText.NO_WEB_ADDRESS, SettingsText.WEBHOOK_FORM);
            return null;
        }
        String token = values.text(ALL + "webhook-token");
        if (token != null && !set) {
            values.problem(
                    ALL + "webhook-url", SettingsText.PARTNER_MISSING, SettingsText.SET.with(SettingsText.WEBHOOK_URL));
        }
        if (url == null) {
            return null;
        }
        if (token != null && !token.matches("[\\x21-\\x7e]+")) {
            values.problem(ALL + "webhook-token", SettingsText.NO_TOKEN, SettingsText.TOKEN_FORM);
        } else if (token != null && isOpen(url)) {
            values.problem(ALL + "webhook-url", SettingsText.UNENCRYPTED, SettingsText.WRITE_HTTPS);
        }
        return new Settings.Alerts.Webhook(url, token, proxyTo(url));
    }

    /** The proxy on the way to amoCRM is that to everything outside; a wrong one is noted where amoCRM's is read. */
    private @Nullable HttpProxy proxyTo(URI address) {
        String text = values.text("amocrm.proxy");
        String host = address.getHost();
        return text == null
                        || !"https".equals(address.getScheme())
                        || LOOPBACK.contains(host)
                        || HttpProxy.leavesAside(host, values.list("amocrm.no-proxy"))
                ? null
                : HttpProxy.of(text);
    }

    private @Nullable QuietHours quietHours() {
        String text = values.text(ALL + "quiet-hours");
        QuietHours hours = text == null ? null : QuietHours.of(text);
        if (text != null && hours == null) {
            values.problem(ALL + "quiet-hours", SettingsText.NO_HOURS, SettingsText.HOURS_FORM);
        }
        return hours;
    }

    private Set<AlertKind> urgent() {
        Set<AlertKind> urgent = EnumSet.noneOf(AlertKind.class);
        for (String name : values.list(ALL + "urgent")) {
            AlertKind kind = AlertKind.of(name);
            if (kind == null) {
                values.problem(
                        ALL + "urgent",
                        SettingsText.NO_ALERT.with(name),
                        SettingsText.ALERT_FORM.with(Text.list(Stream.of(AlertKind.values())
                                .map(one -> Text.of(one.key()))
                                .toList())));
            } else {
                urgent.add(kind);
            }
        }
        return urgent;
    }

    /** Null if the environment's is to be taken. */
    private @Nullable Language language() {
        if (values.text(ALL + "language") == null) {
            return null;
        }
        return "ru".equals(values.choice(ALL + "language", "en", "ru")) ? Language.RUSSIAN : Language.ENGLISH;
    }
}
