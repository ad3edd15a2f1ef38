package io.identamocrm.endtoend;

import static io.identamocrm.endtoend.Installation.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import io.identamocrm.app.CamelRuntime;
import io.identamocrm.clinic.ClinicGenerator;
import io.identamocrm.model.BrakeKind;
import io.identamocrm.sandbox.AmoSandbox;
import io.identamocrm.sandbox.Faults.Fault;
import io.identamocrm.sandbox.Faults.Scope;
import io.identamocrm.sandbox.TokenDesk;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.management.JMException;
import javax.management.MBeanAttributeInfo;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.LoggerContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.redisson.api.RKeys;
import org.redisson.api.RType;
import org.redisson.api.RedissonClient;
import org.redisson.client.codec.StringCodec;

/** Searches every output for every personal value of the sample clinic, at TRACE and under faults: not one hit. */
class PersonalDataTest {

    /** Channels that nobody answers, with all their secrets. */
    private static final Map<String, String> ALERTS = Map.of(
            "ALERT_TELEGRAM_TOKEN",
            "123456:AAsecret-of-the-bot-1234567890",
            "ALERT_TELEGRAM_CHAT",
            "42",
            "ALERT_TELEGRAM_URL",
            "http://127.0.0.1:1",
            "ALERT_WEBHOOK_URL",
            "http://127.0.0.1:1/secret-of-the-hook",
            "ALERT_WEBHOOK_TOKEN",
            "secret-for-the-hook",
            "ALERT_MAIL_SERVER",
            "127.0.0.1",
            "ALERT_MAIL_PORT",
            "1",
            "ALERT_MAIL_USERNAME",
            "robot@clinic.invalid",
            "ALERT_MAIL_PASSWORD",
            "secret-of-the-mail",
            "ALERT_MAIL_TO",
            "admin@clinic.invalid");

    @TempDir
    private Path scratch;

    @RegisterExtension
    private final Installation installation = Installation.filled(ClinicGenerator.Options.of(150, NOW));

    @BeforeEach
    void start() {
        Map<String, String> logging = Map.of(
                "LOG_LEVEL",
                "TRACE",
                "CAMEL_LOG_LEVEL",
                "TRACE",
                "LOG_CONSOLE_LEVEL",
                "OFF",
                "LOG_FILE",
                scratch.resolve("app.log").toString());
        logging.forEach(System::setProperty);
        configureLogging(Path.of("config/log4j2.xml"));
    }

    @AfterEach
    void stop() {
        List.of("LOG_LEVEL", "CAMEL_LOG_LEVEL", "LOG_CONSOLE_LEVEL", "LOG_FILE").forEach(System::clearProperty);
        configureLogging(Path.of("src/test/resources/log4j2-test.xml"));
    }

    private static void configureLogging(Path file) {
        ((LoggerContext) LogManager.getContext(false)).setConfigLocation(file.toUri());
    }

    @Test
    void no_log_output_exception_or_redis_value_holds_a_personal_value() throws IOException {
        Map<String, String> outputs = new LinkedHashMap<>();
        installation.sandbox().faults().next(1, Fault.HTML_502, Scope.READS);
        outputs.put("full run", command("reception-sync", "--full", "--json"));
        installation.clinic().execute("UPDATE dbo.Persons SET INN = N'16' + CAST(1000000000 + ID AS nvarchar(12))");
        outputs.put("patients", command("patient-sync", "--full", "--json"));
        outputs.put("deep run", command("deep-sync"));
        outputs.put("dead letters", command("dead-letters", "list") + command("dead-letters", "list", "--patients"));
        long reception =
                installation.clinic().count("SELECT MIN(ID) FROM dbo.Receptions WHERE ID_Patients IS NOT NULL");
        installation.clinic().execute("UPDATE dbo.Persons SET Surname = N'Переименованов'");
        installation.account().refuse(Installation.RECEPTION_ID, Long.toString(reception));
        outputs.put("run after changes", command("reception-sync", "--full"));
        outputs.put("explain", command("explain", "reception", Long.toString(reception)));
        installation.clinic().execute("UPDATE dbo.Persons SET Surname = N'Сноваименованов'");
        installation.sandbox().faults().next(1, Fault.TRUNCATED_JSON, Scope.WRITES);
        outputs.put("run cut off", command("reception-sync", "--full"));
        Throwable failure = catchThrowable(() -> {
            installation.sandbox().faults().next(1, Fault.WRITE_THEN_RESET, Scope.WRITES);
            installation.full();
        });
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            outputs.put("exception " + cause.getClass(), String.valueOf(cause));
        }
        outputs.put("redis", redisContent(installation.runtime().redis()));
        installation.restart();
        List<String> passwords = asService(outputs);
        installation.restart();
        List<String> secrets = new ArrayList<>(asOAuthIntegration(outputs));
        secrets.addAll(passwords);
        outputs.put("log", wholeLog());

        assertThat(outputs.get("log"))
                .as("the log is at TRACE")
                .contains(" TRACE ")
                .hasSizeGreaterThan(100_000);
        assertThat(outputs.get("redis")).contains("mirror:deals", "mirror:contacts");
        Set<String> personal = installation.clinic().personalValues();
        assertThat(personal).hasSizeGreaterThan(300);
        Files.writeString(
                Path.of("target", "leak-test.txt"),
                "Searched " + personal.size() + " personal values and " + secrets.size()
                        + " secrets in " + outputs.size() + " outputs of "
                        + outputs.values().stream().mapToLong(String::length).sum()
                        + " characters: " + outputs.keySet() + "\n");
        outputs.forEach((name, text) -> {
            List<String> found = installation.clinic().personalValuesIn(text);
            assertThat(found)
                    .as(() -> "personal values in " + name + ", first " + firstLine(text, found))
                    .isEmpty();
            assertThat(secrets).as("secrets in " + name).noneMatch(text::contains);
        });
    }

    /** The beginning tells who wrote it: a logger, or an MBean and its attribute. */
    private static String firstLine(String text, List<String> values) {
        return text.lines()
                .filter(line -> values.stream().anyMatch(line::contains))
                .map(line -> line.substring(0, Math.min(line.length(), 250)))
                .findFirst()
                .orElse("none");
    }

    /** The same product with tokens that are renewed, lost, refused, and sealed in Redis; returns what must never show. */
    private List<String> asOAuthIntegration(Map<String, String> outputs) {
        installation.withOAuth().with("TOKEN_ENCRYPTION_KEY", "c2VhbGVkIHdpdGggdGhpcnR5LXR3byBieXRlcyBvay4=");
        outputs.put("authorize", command("authorize", TokenDesk.CODE));
        outputs.put("authorize again", command("authorize", TokenDesk.CODE));
        installation
                .sandbox()
                .faults()
                .next(1, Fault.TOKEN_EXPIRED, Scope.READS)
                .next(1, Fault.REFRESH_ANSWER_LOST, Scope.TOKENS);
        outputs.put("renewed", command("reception-sync"));
        outputs.put("redis with tokens", redisContent(installation.runtime().redis()));
        installation.restart();
        installation.sandbox().tokens().revokeEverything();
        outputs.put("revoked", command("reception-sync"));
        return List.of(
                AmoSandbox.TOKEN,
                "Bearer ",
                TokenDesk.CLIENT_SECRET,
                TokenDesk.CODE,
                "refresh-1",
                "refresh-2",
                "refresh-3",
                installation.variables().get("TOKEN_ENCRYPTION_KEY"));
    }

    /** What operators see of a running service, while things go wrong; returns Jolokia's password and what a login in an address begins with. */
    private List<String> asService(Map<String, String> outputs) throws IOException {
        String password = "hawtio-secret-1";
        Map<String, String> variables = installation.variables();
        installation.with(
                "IDENT_JDBC_URL",
                variables.get("IDENT_JDBC_URL") + ";USER=" + variables.get("DB_USERNAME") + ";PASSWORD="
                        + variables.get("DB_PASSWORD"));
        installation
                .withManagementPort()
                .with("JOLOKIA_USER", "operator")
                .with("JOLOKIA_PASSWORD", password)
                .with("AMOCRM_BREAKER_PAUSE_MS", "100")
                .with("HEALTH_INTERVAL_SECONDS", "1")
                .asService();
        ALERTS.forEach(installation::with);
        installation.with("ALERT_HOLD_SECONDS", "0");
        installation.clinic().execute("UPDATE dbo.Persons SET Surname = N'Третьименованов'");
        installation.sandbox().faults().next(1, Fault.BLOCKED, Scope.ANY).next(1, Fault.HTML_502, Scope.WRITES);
        CamelRuntime service = installation.runtime();
        Instant before = Instant.now();
        await().atMost(Duration.ofSeconds(90)).until(() -> {
            Instant end = service.history().lastEnd("receptions");
            return end != null && end.isAfter(before);
        });
        service.brakes().pull(BrakeKind.CREATIONS, 40, 120, Instant.now());
        Map<String, String> toTell = service.redis().getMap(service.keys().of("alerts:to-tell"), StringCodec.INSTANCE);
        await().atMost(Duration.ofSeconds(90))
                .until(() -> toTell.size() >= 3 && toTell.values().stream().noneMatch(alert -> alert.startsWith("0 ")));
        service.brakes().end(BrakeKind.CREATIONS);
        outputs.put("alerts", command("alerts", "--test"));
        assertThat(outputs.get("alerts")).contains("ALERT_TELEGRAM_URL", "ALERT_MAIL_SERVER", "ALERT_WEBHOOK_URL");
        String address = service.managementAddress().orElseThrow() + "/observe/";
        String basic = "Basic "
                + Base64.getEncoder().encodeToString(("operator:" + password).getBytes(StandardCharsets.UTF_8));
        for (String path : List.of("health", "health/live", "health/ready", "metrics")) {
            outputs.put(path, get(address + path));
        }
        outputs.put(
                "jolokia",
                jolokia(address, basic, "{\"type\":\"list\"}")
                        + jolokia(address, basic, "{\"type\":\"read\",\"mbean\":\"org.apache.camel:*\"}"));
        console(service, basic).forEach(outputs::put);
        outputs.put("jmx", jmxContent());
        outputs.put(
                "threads",
                Thread.getAllStackTraces().keySet().stream()
                        .map(Thread::getName)
                        .collect(Collectors.joining("\n")));
        assertThat(outputs.get("jmx")).contains("io.identamocrm", "reception-sync");
        assertThat(outputs.get("metrics")).contains("ident_amocrm_rows_total");
        assertThat(outputs.get("jolokia")).contains("EndpointUri", "reception-sync");
        return List.of(
                password,
                ";PASSWORD=",
                "AAsecret-of-the-bot",
                "secret-of-the-hook",
                "secret-for-the-hook",
                "secret-of-the-mail");
    }

    /** Every answer of the console, its page's script and table for spreadsheets too. */
    private Map<String, String> console(CamelRuntime service, String basic) throws IOException {
        long reception =
                installation.clinic().count("SELECT MAX(ID) FROM dbo.Receptions WHERE ID_Patients IS NOT NULL");
        long patient = installation.clinic().count("SELECT ID_Patients FROM dbo.Receptions WHERE ID = ?", reception);
        long deal = installation.account().leads().get(0).id();
        Map<String, String> answers = new LinkedHashMap<>();
        // What is planned to go wrong may go wrong here first.
        await().atMost(Duration.ofSeconds(90))
                .until(() -> consoleAnswer(service, basic, "api/receptions/" + reception)
                        .contains("outcome"));
        for (String path : List.of(
                "",
                "console/console.js",
                "api/state",
                "api/runs",
                "api/figures",
                "api/dead-letters",
                "api/dead-letters.csv",
                "api/doctor",
                "api/openapi.json",
                "api/receptions/" + reception,
                "api/patients/" + patient,
                "api/deals/" + deal,
                "POST api/receptions/" + reception + "/send",
                "POST api/patients/" + patient + "/send",
                "POST api/doctor",
                "POST api/runs/pause",
                "POST api/brakes/release",
                "POST api/dead-letters/retry")) {
            answers.put("console " + path, consoleAnswer(service, basic, path));
        }
        return answers;
    }

    private static String consoleAnswer(CamelRuntime service, String basic, String path) throws IOException {
        HttpURLConnection connection = (HttpURLConnection)
                URI.create(service.managementAddress().orElseThrow() + "/" + path.replace("POST ", ""))
                        .toURL()
                        .openConnection();
        connection.setRequestProperty("Authorization", basic);
        if (path.startsWith("POST")) {
            connection.setRequestProperty("Content-Type", "application/json");
            connection.setDoOutput(true);
            connection
                    .getOutputStream()
                    .write("{\"kind\":\"receptions\",\"all\":true}".getBytes(StandardCharsets.UTF_8));
        }
        try (InputStream body =
                connection.getResponseCode() < 400 ? connection.getInputStream() : connection.getErrorStream()) {
            return new String(body.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static String jolokia(String address, String authorization, String body) throws IOException {
        HttpURLConnection connection =
                (HttpURLConnection) URI.create(address + "jolokia/").toURL().openConnection();
        connection.setRequestProperty("Authorization", authorization);
        connection.setRequestProperty("Content-Type", "application/json");
        connection.setDoOutput(true);
        connection.getOutputStream().write(body.getBytes(StandardCharsets.UTF_8));
        try (InputStream answer = connection.getInputStream()) {
            return new String(answer.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static String get(String address) throws IOException {
        HttpURLConnection connection =
                (HttpURLConnection) URI.create(address).toURL().openConnection();
        try (InputStream body =
                connection.getResponseCode() < 400 ? connection.getInputStream() : connection.getErrorStream()) {
            return new String(body.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** Every attribute of every MBean here but for the JVM's own counters: nanoseconds can look like a phone. */
    static String jmxContent() {
        MBeanServer server = ManagementFactory.getPlatformMBeanServer();
        StringBuilder content = new StringBuilder();
        for (ObjectName name : server.queryNames(null, null)) {
            try {
                for (MBeanAttributeInfo attribute : server.getMBeanInfo(name).getAttributes()) {
                    if (name.getDomain().equals("java.lang")
                            && attribute.getType().equals("long")) {
                        continue;
                    }
                    content.append(name)
                            .append(' ')
                            .append(attribute.getName())
                            .append(' ')
                            .append(valueOf(server, name, attribute))
                            .append('\n');
                }
            } catch (JMException e) {
                content.append(name).append(' ').append(e).append('\n');
            }
        }
        return content.toString();
    }

    private static String valueOf(MBeanServer server, ObjectName name, MBeanAttributeInfo attribute) {
        try {
            Object value = server.getAttribute(name, attribute.getName());
            return value instanceof Object[] several ? Arrays.deepToString(several) : String.valueOf(value);
        } catch (JMException | RuntimeException e) {
            return String.valueOf(e);
        }
    }

    private String command(String... arguments) {
        Terminal terminal = installation.terminal();
        terminal.run(arguments);
        return terminal.output() + terminal.errors();
    }

    /** The files that were put aside when they were full too. */
    private String wholeLog() throws IOException {
        StringBuilder log = new StringBuilder();
        try (Stream<Path> files = Files.list(scratch)) {
            for (Path file : files.filter(path -> path.getFileName().toString().startsWith("app.log"))
                    .toList()) {
                log.append(Files.readString(file));
            }
        }
        return log.toString();
    }

    private static String redisContent(RedissonClient redis) {
        StringBuilder content = new StringBuilder();
        RKeys keys = redis.getKeys();
        for (String key : keys.getKeys()) {
            RType type = keys.getType(key);
            if (type == null) {
                // The service runs: a lock was given back since it was listed.
                continue;
            }
            content.append(key).append(' ').append(type).append('\n');
            if (type == RType.MAP) {
                redis.<String, String>getMap(key, StringCodec.INSTANCE)
                        .readAllMap()
                        .forEach((name, value) ->
                                content.append(name).append('=').append(value).append('\n'));
            } else if (type == RType.ZSET) {
                redis.<String>getScoredSortedSet(key, StringCodec.INSTANCE)
                        .readAll()
                        .forEach(value -> content.append(value).append('\n'));
            } else if (type == RType.OBJECT) {
                content.append(redis.<String>getBucket(key, StringCodec.INSTANCE)
                                .get())
                        .append('\n');
            } else if (type == RType.LIST) {
                redis.<String>getList(key, StringCodec.INSTANCE)
                        .readAll()
                        .forEach(value -> content.append(value).append('\n'));
            } else {
                throw new AssertionError("A kind of key that this test does not read yet: " + key + " " + type);
            }
        }
        return content.toString();
    }
}
