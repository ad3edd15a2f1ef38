package io.identamocrm.settings;

import io.identamocrm.amocrm.FieldMapping;
import io.identamocrm.amocrm.HttpProxy;
import io.identamocrm.amocrm.Integration;
import io.identamocrm.amocrm.TokenSeal;
import io.identamocrm.model.ContactField;
import io.identamocrm.model.DealField;
import io.identamocrm.model.MappedField;
import io.identamocrm.state.Lease;
import java.net.URI;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Base64;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * Reads and checks the settings of {@code config/application.properties}. Problems are collected, so that a person sees all of them at
 * once.
 */
public final class SettingsReader {

    /** In place of a URL that is none, for a look at the other settings. */
    private static final String NOWHERE = "jdbc:sqlserver://localhost";
    private static final int LARGEST_BATCH = 250;
    private static final int LONGEST_WAIT = 600_000;
    private static final int SHORTEST_DEADLINE = 1000;
    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");
    /** What an HTTP header takes; a space is most often a word too many before the token. */
    private static final String LIKE_A_TOKEN = "[\\x21-\\x7e]+";

    /** A name, an IPv4 or an IPv6 address. */
    private static final String HOST = "([^\\s;{}=,:/\\\\]+|[0-9a-fA-F:]*:[0-9a-fA-F:.]*:[0-9a-fA-F:.]*)";

    private final SettingValues values;

    private SettingsReader(SettingValues values) {
        this.values = values;
    }

    /**
     * What was read.
     *
     * @param settings as good as they could be read; with problems, only for a look at the parts without any
     * @param problems all that is wrong; empty if the product can start
     * @param asked    names of all settings that the product reads
     */
    record Reading(Settings settings, List<SettingProblem> problems, Set<String> asked) {
    }

    /**
     * Reads the settings.
     *
     * @param file     the file as it is written
     * @param resolved gives a property's value with placeholders resolved, or null
     */
    static Reading read(SettingsFile file, UnaryOperator<String> resolved) {
        SettingValues values = new SettingValues(file, resolved);
        Settings settings = new SettingsReader(values).settings();
        return new Reading(settings, values.problems(), values.asked());
    }

    private Settings settings() {
        Settings.Ident ident = ident();
        Settings.Redis redis = redis();
        Settings.Amocrm amocrm = amocrm();
        requireLockOutlastsRequest(redis, amocrm);
        ZoneId zone = zone();
        schedules();
        values.number("amocrm.connect-timeout", 1, LONGEST_WAIT);
        String fingerprintKey = firstOf("tokens.encryption-key", "amocrm.client-secret", "amocrm.access-token");
        FieldMapping mapping = new FieldMapping(ids("amocrm.deal-field.", DealField.values(), DealField.class),
                ids("amocrm.contact-field.", ContactField.values(), ContactField.class));
        return new Settings(ident, amocrm, redis, new PolicyReader(values).policy(), mapping,
                zone, values.number("sync.batch-size", 1, LARGEST_BATCH), horizon(zone),
                "stage".equals(values.choice("deal.on-vanished", "report", "stage")),
                Duration.ofSeconds(values.number("watch.seconds", 0, 60)), management(), fingerprintKey);
    }

    private Settings.Management management() {
        String user = values.text("management.jolokia-user");
        String password = values.text("management.jolokia-password");
        if ((user == null) != (password == null)) {
            values.problem(user == null ? "management.jolokia-user" : "management.jolokia-password",
                    "is missing, though its partner is set",
                    "set user and password to let Hawtio in, or none of them to keep it out");
        }
        values.number("health.interval-seconds", 1, 3600);
        return new Settings.Management(values.host("management.host", "the address to listen on, such as 127.0.0.1"),
                values.number("management.port", 0, 65_535), user, password,
                Duration.ofMinutes(values.number("health.stale-minutes", 1, 10_000)),
                values.number("health.most-dead-letters", 0, 1_000_000));
    }

    private Settings.Ident ident() {
        String url = values.text("ident.jdbc-url");
        if (url == null) {
            String server = values.required("ident.server", "the host of IDENT's SQL Server, or HOST\\INSTANCE");
            String database = values.required("ident.database", "the name of IDENT's database");
            if (server != null && !server.matches(HOST + "(\\\\[^\\s;{}=,:/\\\\]+)?")) {
                values.problem("ident.server", "is no host", "write its name or address, or HOST\\INSTANCE; the port stands in DB_PORT");
            }
            String domain = loginDomain();
            values.required("ident.password", "the password of that login");
            url = SqlServerUrl.of(String.valueOf(server), values.number("ident.port", 1, 65_535), String.valueOf(database), domain,
                    values.flag("ident.encrypt"), values.flag("ident.trust-certificate"));
        } else {
            try {
                DriverManager.getDriver(url).getPropertyInfo(url, new Properties());
            } catch (SQLException e) {
                values.problem("ident.jdbc-url", "is no JDBC URL that a driver here understands",
                        "write jdbc:sqlserver://HOST:1433;databaseName=… or leave it empty");
                url = NOWHERE;
            }
            url = SqlServerUrl.completed(url);
        }
        JdbcSecrets secrets = JdbcSecrets.takenFrom(url);
        values.leftAside("ident.server", "ident.database", "ident.port", "ident.authentication", "ident.domain", "ident.encrypt",
                "ident.trust-certificate");
        String username = values.text("ident.username");
        String password = values.text("ident.password");
        return new Settings.Ident(secrets.url(), secrets.username() == null ? username : secrets.username(),
                secrets.password() == null ? password : secrets.password(), values.flag("ident.old-tls"), secrets.secrets());
    }

    /** The domain of a Windows login; null if it is one of SQL Server. */
    private String loginDomain() {
        String user = values.required("ident.username", "the name of a login that may only SELECT");
        String domain = values.text("ident.domain");
        if ("ntlm".equals(values.choice("ident.authentication", "sql", "ntlm"))) {
            if (user != null && user.matches(".*[\\\\@].*")) {
                values.problem("ident.username", "holds the domain too", "write the name alone; the domain goes into DB_DOMAIN");
            }
            return values.required("ident.domain",
                    "the Windows domain of the login, or for a local account the name of the server's computer");
        }
        if (domain != null) {
            values.problem("ident.domain", "is for Windows logins only, and DB_AUTHENTICATION is sql",
                    "set DB_AUTHENTICATION=ntlm if the login is one of Windows, or leave DB_DOMAIN empty");
        } else if (user != null && user.contains("\\")) {
            values.problem("ident.username", "is a Windows login, and DB_AUTHENTICATION is sql",
                    "set DB_AUTHENTICATION=ntlm, write the part before the backslash into DB_DOMAIN and the part behind it here");
        }
        return null;
    }

    private Settings.Amocrm amocrm() {
        String subdomain = values.text("amocrm.subdomain");
        boolean wrongSubdomain = subdomain != null && !subdomain.matches("[A-Za-z0-9-]+");
        if (wrongSubdomain) {
            values.problem("amocrm.subdomain", "is no account name", "write the first part of NAME.amocrm.ru alone; a whole address goes "
                    + "into AMOCRM_BASE_URL");
        }
        String written = values.text("amocrm.base-url");
        if (written == null && subdomain == null) {
            values.required("amocrm.subdomain", "the first part of your account's address, NAME.amocrm.ru");
        }
        URI address = values.webAddress("amocrm.base-url", "write https://NAME.amocrm.ru or leave it empty");
        if (address != null && "http".equals(address.getScheme()) && !LOOPBACK.contains(address.getHost())) {
            values.problem("amocrm.base-url", "would send tokens unencrypted", "write https://");
        }
        String base = address != null ? written.replaceAll("/+$", "")
                : "https://" + (subdomain == null || wrongSubdomain ? "unknown" : subdomain) + ".amocrm.ru";
        return new Settings.Amocrm(subdomain != null ? subdomain : address != null ? address.getHost() : "unknown", base, proxy(base),
                integration(), sealKey("tokens.encryption-key"), sealKey("tokens.previous-encryption-key"),
                values.number("rate-limit.requests", 0, 1000),
                Duration.ofSeconds(values.number("rate-limit.period-seconds", 1, 3600)),
                Duration.ofMillis(values.number("rate-limit.margin-milliseconds", 0, 60_000)),
                Duration.ofMillis(values.number("amocrm.request-deadline", SHORTEST_DEADLINE, LONGEST_WAIT)),
                Duration.ofMillis(values.number("amocrm.retry-delay", 1, 60_000)),
                Duration.ofMillis(values.number("amocrm.breaker-pause", 1, 1_800_000)),
                Duration.ofMillis(values.number("amocrm.unclear-window", 1, LONGEST_WAIT)));
    }

    /** Null where the way is direct. */
    private HttpProxy proxy(String base) {
        String text = values.text("amocrm.proxy");
        List<String> without = values.list("amocrm.no-proxy");
        HttpProxy proxy = text == null ? null : HttpProxy.of(text);
        if (text != null && proxy == null) {
            values.problem("amocrm.proxy", "is no address of an HTTP proxy", "write " + HttpProxy.FORM);
        }
        String host = URI.create(base).getHost();
        return proxy == null || LOOPBACK.contains(host) || HttpProxy.leavesAside(host, without) ? null : proxy;
    }

    private Integration integration() {
        Integration integration = new Integration(values.text("amocrm.client-id"), values.text("amocrm.client-secret"),
                values.text("amocrm.redirect-uri"), values.text("amocrm.access-token"), values.text("amocrm.refresh-token"));
        for (String token : List.of("amocrm.access-token", "amocrm.refresh-token")) {
            if (values.text(token) != null && !values.text(token).matches(LIKE_A_TOKEN)) {
                values.problem(token, "holds a space, a line break or a letter that no token has",
                        "copy the token alone, without Bearer and without quotes");
            }
        }
        values.webAddress("amocrm.redirect-uri", "copy the redirect address from the integration's page in amoCRM, https:// included");
        if (integration.refreshToken() != null && !integration.canAuthorise()) {
            values.problem("amocrm.refresh-token", "cannot be used alone",
                    "set AMOCRM_CLIENT_ID, AMOCRM_CLIENT_SECRET and AMOCRM_REDIRECT_URI as the integration's page in amoCRM shows them");
        } else if (integration.accessToken() == null && !integration.canAuthorise()) {
            values.required("amocrm.access-token", "the long-lived token of a private integration; or set "
                    + "AMOCRM_CLIENT_ID, AMOCRM_CLIENT_SECRET and AMOCRM_REDIRECT_URI and run ident-amocrm authorize CODE");
        }
        return integration;
    }

    private byte[] sealKey(String setting) {
        String text = values.text(setting);
        if (text == null) {
            return null;
        }
        try {
            byte[] key = Base64.getDecoder().decode(text);
            if (key.length == TokenSeal.KEY_BYTES) {
                return key;
            }
        } catch (IllegalArgumentException e) {
            // Noted below.
        }
        values.problem(setting, "is not base64 of " + TokenSeal.KEY_BYTES + " bytes",
                "make one with: openssl rand -base64 32");
        return null;
    }

    private Settings.Redis redis() {
        String text = values.text("redis.url");
        String password = values.text("redis.password");
        String sentinelPassword = values.text("redis.sentinel-password");
        int database = values.number("redis.database", 0, 1000);
        Duration lockTime = Duration.ofSeconds(values.number("redis.lock-seconds", 1, 3600));
        int port = values.number("redis.port", 1, 65_535);
        String host = text == null ? values.host("redis.host", "the host of Redis") : values.text("redis.host");
        RedisUrl url = text == null ? null : RedisUrl.of(text);
        if (url == null) {
            if (text != null) {
                values.problem("redis.url", "is no Redis address", "write " + RedisUrl.FORMS);
            }
            return new Settings.Redis(Settings.Redis.Kind.SERVER, List.of("redis://" + host + ":" + port), null, null, password, null,
                    database, lockTime);
        }
        if (url.kind() == Settings.Redis.Kind.CLUSTER && database != 0) {
            values.problem("redis.database", "names a database, and a cluster has none to choose", "leave it out, or write 0");
        }
        return new Settings.Redis(url.kind(), url.nodes(), url.master(), url.user(), url.password() == null ? password : url.password(),
                sentinelPassword, url.database() == null ? database : url.database(), lockTime);
    }

    /** Whoever takes over a lock that ended by itself must not meet a request of the one who held it. */
    private void requireLockOutlastsRequest(Settings.Redis redis, Settings.Amocrm amocrm) {
        boolean read = values.problems().stream().map(SettingProblem::property)
                .noneMatch(Set.of("redis.lock-seconds", "amocrm.request-deadline")::contains);
        long least = amocrm.requestDeadline().plus(Lease.SPARE).plusMillis(999).toSeconds();
        if (read && redis.lockTime().toSeconds() < least) {
            values.problem("redis.lock-seconds", "is too short: a request may take as long as amocrm.request-deadline says, and 5 s more "
                    + "must be left", "write " + least + " or more, or shorten amocrm.request-deadline (AMOCRM_REQUEST_DEADLINE_MS)");
        }
    }

    private ZoneId zone() {
        String zone = values.text("clinic.zone");
        try {
            return ZoneId.of(zone == null ? "" : zone);
        } catch (DateTimeException e) {
            values.problem("clinic.zone", "is no time zone", "write a name such as Europe/Moscow");
            return ZoneId.of("UTC");
        }
    }

    private void schedules() {
        int before = values.problems().size();
        values.number("patients.interval-minutes", 1, 59);
        values.number("deep.hour-morning", 0, 23);
        values.number("deep.hour-evening", 0, 23);
        if (values.problems().size() == before) {
            values.cron("patients.cron");
            values.cron("deep.cron");
        }
        values.cron("receptions.cron");
    }

    private LocalDateTime horizon(ZoneId zone) {
        String since = values.text("receptions.since");
        try {
            return since == null ? null : timeIn(since, zone);
        } catch (DateTimeException e) {
            values.problem("receptions.since", "is no date", "write 2026-01-31, or leave it empty for all receptions");
            return null;
        }
    }

    /**
     * A time as people write it on the command line and in settings.
     *
     * @param text {@code 2026-01-31}, {@code 2026-01-31T08:00}, or the latter with an offset
     * @param zone the clinic's zone, to which a time with an offset is brought
     * @throws DateTimeException if it is none of these
     */
    public static LocalDateTime timeIn(String text, ZoneId zone) {
        if (text.matches("\\d{4}-\\d\\d-\\d\\d")) {
            return LocalDate.parse(text).atStartOfDay();
        }
        return text.matches(".*(Z|[+-]\\d\\d:?\\d\\d)$") && text.contains("T")
                ? ZonedDateTime.parse(text).withZoneSameInstant(zone).toLocalDateTime() : LocalDateTime.parse(text.replace(' ', 'T'));
    }

    private <F extends Enum<F> & MappedField> Map<F, Long> ids(String prefix, F[] fields, Class<F> type) {
        Map<F, Long> ids = new EnumMap<>(type);
        for (F field : fields) {
            String property = prefix + field.key().replace('_', '-');
            boolean needed = field == DealField.RECEPTION_ID || field == ContactField.PATIENT_ID;
            Long id = values.id(property);
            if (id != null) {
                ids.put(field, id);
            } else if (needed) {
                values.required(property, "the id of a text field, by which the " + (field == DealField.RECEPTION_ID ? "deal" : "contact")
                        + " is found; the command fields --create makes it");
            }
        }
        return ids;
    }

    private String firstOf(String... names) {
        for (String name : names) {
            if (values.text(name) != null) {
                return values.text(name);
            }
        }
        return "";
    }
}
