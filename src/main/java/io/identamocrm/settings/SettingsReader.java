package io.identamocrm.settings;

import io.identamocrm.amocrm.AmocrmText;
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
import java.util.Objects;
import java.util.Properties;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

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
    record Reading(Settings settings, List<SettingProblem> problems, Set<String> asked) {}

    /**
     * Reads the settings.
     *
     * @param file     the file as it is written
     * @param resolved gives a property's value with placeholders resolved, or null
     */
    static Reading read(SettingsFile file, UnaryOperator<@Nullable String> resolved) {
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
        FieldMapping mapping = new FieldMapping(
                ids("amocrm.deal-field.", DealField.values(), DealField.class),
                ids("amocrm.contact-field.", ContactField.values(), ContactField.class));
        return new Settings(
                ident,
                amocrm,
                redis,
                new PolicyReader(values).policy(),
                mapping,
                zone,
                values.number("sync.batch-size", 1, LARGEST_BATCH),
                horizon(zone),
                "stage".equals(values.choice("deal.on-vanished", "report", "stage")),
                Duration.ofSeconds(values.number("watch.seconds", 0, 60)),
                management(),
                new AlertsReader(values).alerts(),
                fingerprintKey,
                new FollowUpReader(values).form());
    }

    private Settings.Management management() {
        String user = values.text("management.jolokia-user");
        String password = values.text("management.jolokia-password");
        if ((user == null) != (password == null)) {
            values.problem(
                    user == null ? "management.jolokia-user" : "management.jolokia-password",
                    SettingsText.PARTNER_MISSING,
                    SettingsText.PARTNER_REMEDY);
        }
        return new Settings.Management(
                Objects.requireNonNullElse(values.host("management.host", SettingsText.LISTEN_ADDRESS), ""),
                values.number("management.port", 0, 65_535),
                user,
                password,
                Duration.ofMinutes(values.number("health.stale-minutes", 1, 10_000)),
                values.number("health.most-dead-letters", 0, 1_000_000),
                Duration.ofSeconds(values.number("health.interval-seconds", 1, 3600)));
    }

    private Settings.Ident ident() {
        String url = values.text("ident.jdbc-url");
        if (url == null) {
            String server = values.required("ident.server", SettingsText.IDENT_SERVER);
            String database = values.required("ident.database", SettingsText.IDENT_DATABASE);
            if (server != null && !server.matches(HOST + "(\\\\[^\\s;{}=,:/\\\\]+)?")) {
                values.problem("ident.server", SettingsText.NO_SERVER, SettingsText.SERVER_FORM);
            }
            String domain = loginDomain();
            values.required("ident.password", SettingsText.IDENT_PASSWORD);
            url = SqlServerUrl.of(
                    String.valueOf(server),
                    values.number("ident.port", 1, 65_535),
                    String.valueOf(database),
                    domain,
                    values.flag("ident.encrypt"),
                    values.flag("ident.trust-certificate"));
        } else {
            try {
                DriverManager.getDriver(url).getPropertyInfo(url, new Properties());
            } catch (SQLException e) {
                values.problem("ident.jdbc-url", SettingsText.NO_JDBC_URL, SettingsText.JDBC_FORM);
                url = NOWHERE;
            }
            url = SqlServerUrl.completed(url);
        }
        JdbcSecrets secrets = JdbcSecrets.takenFrom(url);
        values.leftAside(
                "ident.server",
                "ident.database",
                "ident.port",
                "ident.authentication",
                "ident.domain",
                "ident.encrypt",
                "ident.trust-certificate");
        String username = values.text("ident.username");
        String password = values.text("ident.password");
        return new Settings.Ident(
                secrets.url(),
                secrets.username() == null ? username : secrets.username(),
                secrets.password() == null ? password : secrets.password(),
                values.flag("ident.old-tls"),
                secrets.secrets());
    }

    /** The domain of a Windows login; null if it is one of SQL Server. */
    private @Nullable String loginDomain() {
        String user = values.required("ident.username", SettingsText.IDENT_USERNAME);
        String domain = values.text("ident.domain");
        if ("ntlm".equals(values.choice("ident.authentication", "sql", "ntlm"))) {
            if (user != null && user.matches(".*[\\\\@].*")) {
                values.problem("ident.username", SettingsText.DOMAIN_IN_NAME, SettingsText.DOMAIN_IN_NAME_REMEDY);
            }
            return values.required("ident.domain", SettingsText.IDENT_DOMAIN);
        }
        if (domain != null) {
            values.problem("ident.domain", SettingsText.DOMAIN_WITHOUT_NTLM, SettingsText.DOMAIN_WITHOUT_NTLM_REMEDY);
        } else if (user != null && user.contains("\\")) {
            values.problem("ident.username", SettingsText.WINDOWS_LOGIN, SettingsText.WINDOWS_LOGIN_REMEDY);
        }
        return null;
    }

    private Settings.Amocrm amocrm() {
        String subdomain = values.text("amocrm.subdomain");
        boolean wrongSubdomain = subdomain != null && !subdomain.matches("[A-Za-z0-9-]+");
        if (wrongSubdomain) {
            values.problem("amocrm.subdomain", SettingsText.NO_SUBDOMAIN, SettingsText.SUBDOMAIN_FORM);
        }
        String written = values.text("amocrm.base-url");
        if (written == null && subdomain == null) {
            values.required("amocrm.subdomain", SettingsText.SUBDOMAIN);
        }
        URI address = values.webAddress("amocrm.base-url", SettingsText.BASE_URL_FORM);
        if (address != null && "http".equals(address.getScheme()) && !LOOPBACK.contains(address.getHost())) {
            values.problem("amocrm.base-url", SettingsText.UNENCRYPTED, SettingsText.WRITE_HTTPS);
        }
        String base = address != null && written != null
                ? written.replaceAll("/+$", "")
                : "https://" + (subdomain == null || wrongSubdomain ? "unknown" : subdomain) + ".amocrm.ru";
        return new Settings.Amocrm(
                subdomain != null ? subdomain : address != null ? address.getHost() : "unknown",
                base,
                proxy(base),
                integration(),
                sealKey("tokens.encryption-key"),
                sealKey("tokens.previous-encryption-key"),
                values.number("rate-limit.requests", 0, 1000),
                Duration.ofSeconds(values.number("rate-limit.period-seconds", 1, 3600)),
                Duration.ofMillis(values.number("rate-limit.margin-milliseconds", 0, 60_000)),
                Duration.ofMillis(values.number("amocrm.request-deadline", SHORTEST_DEADLINE, LONGEST_WAIT)),
                Duration.ofMillis(values.number("amocrm.retry-delay", 1, 60_000)),
                Duration.ofMillis(values.number("amocrm.breaker-pause", 1, 1_800_000)),
                Duration.ofMillis(values.number("amocrm.unclear-window", 1, LONGEST_WAIT)));
    }

    /** Null where the way is direct. */
    private @Nullable HttpProxy proxy(String base) {
        String text = values.text("amocrm.proxy");
        List<String> without = values.list("amocrm.no-proxy");
        HttpProxy proxy = text == null ? null : HttpProxy.of(text);
        if (text != null && proxy == null) {
            values.problem("amocrm.proxy", SettingsText.NO_PROXY, SettingsText.WRITE.with(AmocrmText.PROXY_FORM));
        }
        String host = URI.create(base).getHost();
        return proxy == null || LOOPBACK.contains(host) || HttpProxy.leavesAside(host, without) ? null : proxy;
    }

    private Integration integration() {
        Integration integration = new Integration(
                values.text("amocrm.client-id"),
                values.text("amocrm.client-secret"),
                values.text("amocrm.redirect-uri"),
                values.text("amocrm.access-token"),
                values.text("amocrm.refresh-token"));
        for (String token : List.of("amocrm.access-token", "amocrm.refresh-token")) {
            String given = values.text(token);
            if (given != null && !given.matches(LIKE_A_TOKEN)) {
                values.problem(token, SettingsText.NO_TOKEN, SettingsText.TOKEN_FORM);
            }
        }
        values.webAddress("amocrm.redirect-uri", SettingsText.REDIRECT_FORM);
        if (integration.refreshToken() != null && !integration.canAuthorise()) {
            values.problem("amocrm.refresh-token", SettingsText.REFRESH_ALONE, SettingsText.INTEGRATION_REMEDY);
        } else if (integration.accessToken() == null && !integration.canAuthorise()) {
            values.required("amocrm.access-token", SettingsText.ACCESS_TOKEN);
        }
        return integration;
    }

    private byte @Nullable [] sealKey(String setting) {
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
        values.problem(setting, SettingsText.NO_KEY.with(TokenSeal.KEY_BYTES), SettingsText.KEY_REMEDY);
        return null;
    }

    private Settings.Redis redis() {
        String text = values.text("redis.url");
        String password = values.text("redis.password");
        String sentinelPassword = values.text("redis.sentinel-password");
        int database = values.number("redis.database", 0, 1000);
        Duration lockTime = Duration.ofSeconds(values.number("redis.lock-seconds", 1, 3600));
        int port = values.number("redis.port", 1, 65_535);
        String host = text == null ? values.host("redis.host", SettingsText.REDIS_HOST) : values.text("redis.host");
        RedisUrl url = text == null ? null : RedisUrl.of(text);
        if (url == null) {
            if (text != null) {
                values.problem(
                        "redis.url", SettingsText.NO_REDIS_ADDRESS, SettingsText.WRITE.with(SettingsText.REDIS_FORMS));
            }
            return new Settings.Redis(
                    Settings.Redis.Kind.SERVER,
                    List.of("redis://" + host + ":" + port),
                    null,
                    null,
                    password,
                    null,
                    database,
                    lockTime);
        }
        if (url.kind() == Settings.Redis.Kind.CLUSTER && database != 0) {
            values.problem("redis.database", SettingsText.DATABASE_OF_CLUSTER, SettingsText.DATABASE_OF_CLUSTER_REMEDY);
        }
        return new Settings.Redis(
                url.kind(),
                url.nodes(),
                url.master(),
                url.user(),
                url.password() == null ? password : url.password(),
                sentinelPassword,
                url.database() == null ? database : url.database(),
                lockTime);
    }

    /** Whoever takes over a lock that ended by itself must not meet a request of the one who held it. */
    private void requireLockOutlastsRequest(Settings.Redis redis, Settings.Amocrm amocrm) {
        boolean read = values.problems().stream()
                .map(SettingProblem::property)
                .noneMatch(Set.of("redis.lock-seconds", "amocrm.request-deadline")::contains);
        long least = amocrm.requestDeadline().plus(Lease.SPARE).plusMillis(999).toSeconds();
        if (read && redis.lockTime().toSeconds() < least) {
            values.problem(
                    "redis.lock-seconds", SettingsText.LOCK_TOO_SHORT, SettingsText.LOCK_TOO_SHORT_REMEDY.with(least));
        }
    }

    private ZoneId zone() {
        String zone = values.text("clinic.zone");
        try {
            return ZoneId.of(zone == null ? "" : zone);
        } catch (DateTimeException e) {
            values.problem("clinic.zone", SettingsText.NO_ZONE, SettingsText.ZONE_FORM);
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

    private @Nullable LocalDateTime horizon(ZoneId zone) {
        String since = values.text("receptions.since");
        try {
            return since == null ? null : timeIn(since, zone);
        } catch (DateTimeException e) {
            values.problem("receptions.since", SettingsText.NO_DATE, SettingsText.DATE_FORM);
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
                ? ZonedDateTime.parse(text).withZoneSameInstant(zone).toLocalDateTime()
                : LocalDateTime.parse(text.replace(' ', 'T'));
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
                values.required(
                        property,
                        field == DealField.RECEPTION_ID
                                ? SettingsText.KEY_FIELD_OF_DEALS
                                : SettingsText.KEY_FIELD_OF_CONTACTS);
            }
        }
        return ids;
    }

    private @Nullable String firstOf(String... names) {
        for (String name : names) {
            if (values.text(name) != null) {
                return values.text(name);
            }
        }
        return "";
    }
}
