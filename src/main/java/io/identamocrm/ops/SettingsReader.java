package io.identamocrm.ops;

import io.identamocrm.amocrm.FieldMapping;
import io.identamocrm.amocrm.Integration;
import io.identamocrm.amocrm.TokenSeal;
import io.identamocrm.model.ContactField;
import io.identamocrm.model.DealField;
import io.identamocrm.model.Funnel;
import io.identamocrm.model.MappedField;
import io.identamocrm.model.Status;
import io.identamocrm.model.SyncPolicy;
import java.net.URI;
import java.net.URISyntaxException;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Base64;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Reads and checks the settings of {@code config/application.properties}. Problems are collected, so that a person sees all of them at
 * once.
 */
public final class SettingsReader {

    private static final int LARGEST_BATCH = 250;
    private static final int HOURS_OF_A_YEAR = 8760;
    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

    /** A name, an IPv4 or an IPv6 address. */
    private static final String HOST = "([^\\s;{}=,:/\\\\]+|[0-9a-fA-F:]*:[0-9a-fA-F:.]*:[0-9a-fA-F:.]*)";

    private final UnaryOperator<String> properties;
    private final List<String> problems = new ArrayList<>();

    private SettingsReader(UnaryOperator<String> properties) {
        this.properties = properties;
    }

    /**
     * Reads the settings.
     *
     * @param properties gives a property's value with placeholders resolved, or null
     * @throws InvalidSettingsException naming every problem
     */
    public static Settings read(UnaryOperator<String> properties) {
        SettingsReader reader = new SettingsReader(properties);
        Settings settings = reader.settings();
        if (!reader.problems.isEmpty()) {
            throw new InvalidSettingsException(reader.problems);
        }
        return settings;
    }

    private Settings settings() {
        ZoneId zone = zone();
        Settings.Amocrm amocrm = amocrm();
        String printKey = firstOf("tokens.encryption-key", "amocrm.client-secret", "amocrm.access-token");
        LocalDateTime horizon = horizon(zone);
        number("patients.interval-minutes", "SYNC_INTERVAL_MINUTES", 1, 59);
        number("deep.hour-morning", "DEEP_SYNC_HOUR_MORNING", 0, 23);
        number("deep.hour-evening", "DEEP_SYNC_HOUR_EVENING", 0, 23);
        return new Settings(ident(), amocrm, redis(), policy(),
                new FieldMapping(ids("amocrm.deal-field.", "AMOCRM_DEAL_FIELD_", DealField.values(), DealField.class),
                        ids("amocrm.contact-field.", "AMOCRM_CONTACT_FIELD_", ContactField.values(), ContactField.class)),
                zone, number("sync.batch-size", "SYNC_BATCH_SIZE", 1, LARGEST_BATCH), horizon, moveVanished(), printKey);
    }

    private boolean moveVanished() {
        String choice = text("deal.on-vanished");
        if (!"report".equals(choice) && !"stage".equals(choice)) {
            problem("deal.on-vanished", "DEAL_ON_VANISHED", "must be report or stage", "see the comment in config/application.properties");
        }
        return "stage".equals(choice);
    }

    private Settings.Ident ident() {
        String url = text("ident.jdbc-url");
        if (url == null) {
            String server = required("ident.server", "DB_SERVER", "the host of IDENT's SQL Server, or HOST\\INSTANCE");
            String database = required("ident.database", "DB_DATABASE", "the name of IDENT's database");
            if (server != null && !server.matches(HOST + "(\\\\[^\\s;{}=,:/\\\\]+)?")) {
                problem("ident.server", "DB_SERVER", "is no host", "write its name or address, or HOST\\INSTANCE; the port stands in DB_PORT");
            }
            for (String login : List.of("username", "password")) {
                required("ident." + login, "DB_" + login.toUpperCase(Locale.ROOT), "that of a login that may only SELECT");
            }
            url = IdentConnection.url(String.valueOf(server), number("ident.port", "DB_PORT", 1, 65535), String.valueOf(database),
                    flag("ident.encrypt", "DB_ENCRYPT"), flag("ident.trust-certificate", "DB_TRUST_CERTIFICATE"));
        } else {
            try {
                DriverManager.getDriver(url).getPropertyInfo(url, new Properties());
            } catch (SQLException e) {
                problem("ident.jdbc-url", "IDENT_JDBC_URL", "is no JDBC URL, or its driver is not there",
                        "write jdbc:sqlserver://HOST:1433;databaseName=… or leave it empty");
            }
        }
        return new Settings.Ident(url, text("ident.username"), text("ident.password"));
    }

    private Settings.Amocrm amocrm() {
        String subdomain = text("amocrm.subdomain");
        String url = text("amocrm.base-url");
        if (url == null && subdomain == null) {
            problem("amocrm.subdomain", "AMOCRM_SUBDOMAIN", "is missing", "set the first part of your account's address, NAME.amocrm.ru");
        }
        String base = url != null ? url.replaceAll("/+$", "") : "https://" + subdomain + ".amocrm.ru";
        String host = hostOf(base);
        return new Settings.Amocrm(subdomain != null ? subdomain : host, base, integration(), sealKey(),
                number("rate-limit.requests", "RATE_LIMIT_REQUESTS", 0, 1000),
                Duration.ofSeconds(number("rate-limit.period-seconds", "RATE_LIMIT_PERIOD", 1, 3600)),
                Duration.ofMillis(number("rate-limit.margin-milliseconds", "RATE_LIMIT_MARGIN_MS", 0, 60_000)),
                Duration.ofMillis(number("amocrm.retry-delay", "AMOCRM_RETRY_DELAY_MS", 1, 60_000)),
                Duration.ofMillis(number("amocrm.breaker-pause", "AMOCRM_BREAKER_PAUSE_MS", 1, 1_800_000)),
                Duration.ofMillis(number("amocrm.unclear-window", "AMOCRM_UNCLEAR_WINDOW_MS", 1, 600_000)));
    }

    private Integration integration() {
        Integration integration = new Integration(text("amocrm.client-id"), text("amocrm.client-secret"), text("amocrm.redirect-uri"),
                text("amocrm.access-token"), text("amocrm.refresh-token"));
        if (integration.refreshToken() != null && !integration.canAuthorise()) {
            problem("amocrm.refresh-token", "AMOCRM_REFRESH_TOKEN", "cannot be used alone",
                    "set AMOCRM_CLIENT_ID, AMOCRM_CLIENT_SECRET and AMOCRM_REDIRECT_URI as the integration's page in amoCRM shows them");
        } else if (integration.accessToken() == null && !integration.canAuthorise()) {
            problem("amocrm.access-token", "AMOCRM_ACCESS_TOKEN", "is missing", "set the long-lived token of a private integration; or set "
                    + "AMOCRM_CLIENT_ID, AMOCRM_CLIENT_SECRET and AMOCRM_REDIRECT_URI and run ident-amocrm authorize CODE");
        }
        return integration;
    }

    private byte[] sealKey() {
        String text = text("tokens.encryption-key");
        if (text == null) {
            return null;
        }
        try {
            byte[] key = Base64.getDecoder().decode(text);
            if (key.length == TokenSeal.KEY_BYTES) {
                return key;
            }
        } catch (IllegalArgumentException e) {
            // Told below.
        }
        problem("tokens.encryption-key", "TOKEN_ENCRYPTION_KEY", "is not base64 of " + TokenSeal.KEY_BYTES + " bytes",
                "make one with: openssl rand -base64 32");
        return null;
    }

    private String hostOf(String url) {
        try {
            URI uri = new URI(url);
            String host = uri.getHost();
            if (host != null && ("https".equals(uri.getScheme()) || "http".equals(uri.getScheme()))) {
                if ("http".equals(uri.getScheme()) && !LOOPBACK.contains(host)) {
                    problem("amocrm.base-url", "AMOCRM_BASE_URL", "would send tokens unencrypted", "write https://");
                }
                return host;
            }
        } catch (URISyntaxException e) {
            // Told below: what is wrong with it matters less than what it should look like.
        }
        problem("amocrm.base-url", "AMOCRM_BASE_URL", "is no web address", "write https://NAME.amocrm.ru or leave it empty");
        return "unknown";
    }

    private Settings.Redis redis() {
        String url = text("redis.url");
        String password = text("redis.password");
        int database = number("redis.database", "REDIS_DB", 0, 1000);
        Duration lockTime = Duration.ofSeconds(number("redis.lock-seconds", "REDIS_LOCK_SECONDS", 1, 3600));
        if (url == null) {
            String host = required("redis.host", "REDIS_HOST", "the host of Redis");
            return new Settings.Redis("redis://" + host + ":" + number("redis.port", "REDIS_PORT", 1, 65535), null, password, database,
                    lockTime);
        }
        try {
            URI uri = new URI(url);
            if (uri.getHost() == null || !Set.of("redis", "rediss").contains(String.valueOf(uri.getScheme()))) {
                throw new URISyntaxException("REDIS_URL", "no redis address");
            }
            String user = null;
            if (uri.getUserInfo() != null) {
                int colon = uri.getUserInfo().indexOf(':');
                user = colon > 0 ? uri.getUserInfo().substring(0, colon) : null;
                password = uri.getUserInfo().substring(colon + 1);
            }
            String path = uri.getPath() == null ? "" : uri.getPath().replace("/", "");
            return new Settings.Redis(uri.getScheme() + "://" + uri.getHost() + ":" + (uri.getPort() < 0 ? 6379 : uri.getPort()), user,
                    password, path.matches("\\d{1,3}") ? Integer.parseInt(path) : database, lockTime);
        } catch (URISyntaxException e) {
            problem("redis.url", "REDIS_URL", "is no Redis address", "write redis://HOST:6379 or rediss://USER:PASSWORD@HOST:6380/0");
            return new Settings.Redis("redis://localhost:6379", null, null, 0, lockTime);
        }
    }

    private SyncPolicy policy() {
        Map<Funnel, SyncPolicy.Target> targets = new EnumMap<>(Funnel.class);
        Map<Funnel, Map<Status, Long>> stages = new EnumMap<>(Funnel.class);
        Long anyStage = id("amocrm.default-stage-id", "AMOCRM_DEFAULT_STAGE_ID");
        for (Funnel funnel : Funnel.values()) {
            String name = funnel.name().toLowerCase(Locale.ROOT);
            String variable = "AMOCRM_" + funnel.name() + "_PIPELINE_ID";
            Long pipeline = id("amocrm." + name + "-pipeline-id", variable);
            if (pipeline == null) {
                problem("amocrm." + name + "-pipeline-id", variable, "is missing", "set the id of the pipeline for these receptions");
                continue;
            }
            Long stage = id("amocrm." + name + "-stage-id", "AMOCRM_" + funnel.name() + "_STAGE_ID");
            targets.put(funnel, new SyncPolicy.Target(pipeline, stage != null ? stage : anyStage));
            stages.put(funnel, stagesByStatus("deal.stage." + name));
        }
        if (targets.size() == 2 && targets.get(Funnel.PRIMARY).pipelineId() == targets.get(Funnel.SECONDARY).pipelineId()) {
            problem("amocrm.secondary-pipeline-id", "AMOCRM_SECONDARY_PIPELINE_ID", "is the primary pipeline",
                    "the two funnels need two pipelines");
        }
        Set<Long> excluded = idSet("amocrm.excluded-stages", "AMOCRM_EXCLUDED_STAGES");
        boolean recreate = flag("deal.recreate-closed", "DEAL_RECREATE_CLOSED");
        if (recreate && stages.values().stream().flatMap(byStatus -> byStatus.values().stream()).anyMatch(excluded::contains)) {
            problem("deal.recreate-closed", "DEAL_RECREATE_CLOSED", "does not go with a deal.stage that is excluded",
                    "every run would close and open a deal; switch one of them off");
        }
        String shared = text("contact.shared-phone");
        if (!"separate".equals(shared) && !"attach".equals(shared)) {
            problem("contact.shared-phone", null, "must be separate or attach", "see the comment in config/application.properties");
        }
        Map<Long, SyncPolicy.Branch> branches = branches();
        Set<Long> pipelines = Stream.concat(targets.values().stream(), branches.values().stream()
                .flatMap(branch -> branch.targets().values().stream())).map(SyncPolicy.Target::pipelineId).collect(Collectors.toSet());
        return new SyncPolicy(targets, branches, pipelines, excluded, idSet("deal.protected-stages", null),
                stages, Duration.ofHours(number("receptions.no-show-grace-hours", null, 0, HOURS_OF_A_YEAR)),
                flag("funnel.count-own-visit", null), flag("deal.move-between-pipelines", null), recreate,
                "attach".equals(shared), required("deal.name", null, "the name of new deals, <id> for the reception"),
                id("amocrm.responsible-user-id", "AMOCRM_RESPONSIBLE_USER_ID"), region(), createOnly());
    }

    private Map<Long, SyncPolicy.Branch> branches() {
        Map<Long, SyncPolicy.Branch> branches = new HashMap<>();
        for (Long id : idSet("branches", "BRANCHES")) {
            String prefix = "branch." + id + ".";
            Map<Funnel, SyncPolicy.Target> targets = new EnumMap<>(Funnel.class);
            Map<Funnel, Map<Status, Long>> stages = new EnumMap<>(Funnel.class);
            for (Funnel funnel : Funnel.values()) {
                String name = funnel.name().toLowerCase(Locale.ROOT);
                Long pipeline = id(prefix + name + "-pipeline-id", null);
                if (pipeline != null) {
                    targets.put(funnel, new SyncPolicy.Target(pipeline, id(prefix + name + "-stage-id", null)));
                    stages.put(funnel, stagesByStatus(prefix + "stage." + name));
                }
            }
            if (targets.size() == 2 && targets.get(Funnel.PRIMARY).pipelineId() == targets.get(Funnel.SECONDARY).pipelineId()) {
                problem(prefix + "secondary-pipeline-id", null, "is the branch's primary pipeline", "the two funnels need two pipelines");
            }
            boolean leftOut = text(prefix + "leave-out") != null && flag(prefix + "leave-out", null);
            branches.put(id, new SyncPolicy.Branch(targets, stages, id(prefix + "responsible-user-id", null), leftOut));
        }
        return branches;
    }

    private Map<Status, Long> stagesByStatus(String prefix) {
        Map<Status, Long> stages = new EnumMap<>(Status.class);
        for (Status status : Status.values()) {
            Long stage = id(prefix + "." + status.name().toLowerCase(Locale.ROOT).replace('_', '-'), null);
            if (stage != null) {
                stages.put(status, stage);
            }
        }
        return stages;
    }

    private String region() {
        String region = text("phones.region");
        if (region == null || !Set.of(Locale.getISOCountries()).contains(region)) {
            problem("phones.region", null, "is no country code", "write two capital letters such as RU");
        }
        return region;
    }

    private Set<MappedField> createOnly() {
        Set<MappedField> fields = new HashSet<>();
        String names = text("fields.create-only");
        for (String name : names == null ? new String[0] : names.split("\\s*,\\s*")) {
            MappedField field = fieldNamed(name);
            if (field == null) {
                problem("fields.create-only", null, "names " + name + ", which is no field", "write deal.NAME or contact.NAME");
            } else {
                fields.add(field);
            }
        }
        return fields;
    }

    private static MappedField fieldNamed(String name) {
        MappedField[] candidates = name.startsWith("deal.") ? DealField.values() : ContactField.values();
        String key = name.substring(name.indexOf('.') + 1).replace('-', '_');
        for (MappedField field : candidates) {
            if (field.key().equals(key)) {
                return field;
            }
        }
        return null;
    }

    private ZoneId zone() {
        String zone = text("clinic.zone");
        try {
            return ZoneId.of(zone == null ? "" : zone);
        } catch (DateTimeException e) {
            problem("clinic.zone", "TIMEZONE", "is no time zone", "write a name such as Europe/Moscow");
            return ZoneId.of("UTC");
        }
    }

    private LocalDateTime horizon(ZoneId zone) {
        String since = text("receptions.since");
        try {
            return since == null ? null : timeIn(since, zone);
        } catch (DateTimeException e) {
            problem("receptions.since", null, "is no date", "write 2026-01-31, or leave it empty for all receptions");
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

    private <F extends Enum<F> & MappedField> Map<F, Long> ids(String prefix, String variablePrefix, F[] fields, Class<F> type) {
        Map<F, Long> ids = new EnumMap<>(type);
        for (F field : fields) {
            Long id = id(prefix + field.key().replace('_', '-'), variablePrefix + field.name());
            if (id != null) {
                ids.put(field, id);
            }
        }
        for (F key : fields) {
            boolean needed = key == DealField.RECEPTION_ID || key == ContactField.PATIENT_ID;
            if (needed && !ids.containsKey(key)) {
                problem(prefix + key.key().replace('_', '-'), variablePrefix + key.name(), "is missing",
                        "the deal or contact is found by this field: set the id of a text field");
            }
        }
        return ids;
    }

    private Set<Long> idSet(String property, String variable) {
        Set<Long> ids = new HashSet<>();
        String text = text(property);
        for (String part : text == null ? new String[0] : text.split("\\s*,\\s*")) {
            if (part.matches("\\d{1,18}")) {
                ids.add(Long.valueOf(part));
            } else {
                problem(property, variable, "must be numbers with commas between them", "write 142,143");
            }
        }
        return ids;
    }

    private Long id(String property, String variable) {
        String text = text(property);
        if (text == null) {
            return null;
        }
        if (!text.matches("\\d{1,18}")) {
            problem(property, variable, "must be a number", "copy the id from amoCRM");
            return null;
        }
        return Long.valueOf(text);
    }

    private int number(String property, String variable, int least, int most) {
        String text = text(property);
        if (text != null && text.matches("\\d{1,9}")) {
            int number = Integer.parseInt(text);
            if (number >= least && number <= most) {
                return number;
            }
        }
        problem(property, variable, "must be a whole number from " + least + " to " + most, "correct it");
        return least;
    }

    private boolean flag(String property, String variable) {
        String text = text(property);
        String lower = text == null ? "" : text.toLowerCase(Locale.ROOT);
        if (Set.of("true", "yes", "1", "on").contains(lower)) {
            return true;
        }
        if (!Set.of("false", "no", "0", "off").contains(lower)) {
            problem(property, variable, "must be yes or no", "correct it");
        }
        return false;
    }

    private String firstOf(String... names) {
        for (String name : names) {
            if (text(name) != null) {
                return text(name);
            }
        }
        return "";
    }

    private String required(String property, String variable, String meaning) {
        String text = text(property);
        if (text == null) {
            problem(property, variable, "is missing", "set " + meaning);
        }
        return text;
    }

    private String text(String property) {
        String text = properties.apply(property);
        return text == null || text.isBlank() ? null : text.strip();
    }

    private void problem(String property, String variable, String problem, String remedy) {
        problems.add(property + (variable == null ? "" : " (" + variable + ")") + " " + problem + ": " + remedy);
    }
}
