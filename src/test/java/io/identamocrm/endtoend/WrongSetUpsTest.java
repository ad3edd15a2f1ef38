package io.identamocrm.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.identamocrm.cli.Environment;
import io.identamocrm.clinic.PrefixDriver;
import io.identamocrm.sandbox.AmoSandbox;
import io.identamocrm.sandbox.Faults.Fault;
import io.identamocrm.sandbox.FieldType;
import io.identamocrm.sandbox.SandboxAccount;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.redisson.Redisson;
import org.redisson.api.RedissonClient;
import org.redisson.api.redisnode.RedisNodes;
import org.redisson.config.Config;

/** Every wrong set-up ends in one clear message with its remedy, and in the right exit code. All messages: target/wrong-set-ups.txt. */
class WrongSetUpsTest {

    private static final String SECRET = "Tr0ub4dor-and-3";
    private static final Path TABLE = Path.of("target/wrong-set-ups.txt");
    private static final Map<String, String> READ_ALOUD = new TreeMap<>();
    private static final Driver REFUSING = new RefusingDriver();

    /**
     * A wrong set-up.
     *
     * @param name     what is wrong
     * @param setUp    makes it wrong
     * @param command  what is typed
     * @param exitCode expected
     * @param words    expected in the message: what is wrong and the remedy
     */
    private record Wrong(String name, Consumer<Scene> setUp, String command, int exitCode, String... words) {
        @Override
        public String toString() {
            return name;
        }
    }

    static final List<Wrong> SETTINGS = List.of(
            set(
                    "a number out of its bounds",
                    "SYNC_BATCH_SIZE",
                    "1000",
                    "sync.batch-size (SYNC_BATCH_SIZE) is too small or too large",
                    "from 1 to 250"),
            set(
                    "a deadline that no answer keeps",
                    "AMOCRM_REQUEST_DEADLINE_MS",
                    "999",
                    "AMOCRM_REQUEST_DEADLINE_MS",
                    "from 1000 to 600000"),
            set(
                    "a number in words",
                    "RATE_LIMIT_REQUESTS",
                    "seven",
                    "rate-limit.requests (RATE_LIMIT_REQUESTS) is no whole number",
                    "digits alone"),
            set("a port that is none", "MANAGEMENT_PORT", "99999", "MANAGEMENT_PORT", "from 0 to 65535"),
            set("an hour that is none", "DEEP_SYNC_HOUR_MORNING", "24", "DEEP_SYNC_HOUR_MORNING", "from 0 to 23"),
            set("a zone that is none", "TIMEZONE", "Moskau", "clinic.zone (TIMEZONE) is no time zone", "Europe/Moscow"),
            set(
                    "an address that is none",
                    "AMOCRM_BASE_URL",
                    "myclinic.amocrm.ru",
                    "AMOCRM_BASE_URL",
                    "https://NAME.amocrm.ru"),
            set(
                    "an address without encryption",
                    "AMOCRM_BASE_URL",
                    "http://myclinic.amocrm.ru",
                    "tokens unencrypted",
                    "https://"),
            set(
                    "a whole address as account name",
                    "AMOCRM_SUBDOMAIN",
                    "myclinic.amocrm.ru",
                    "AMOCRM_SUBDOMAIN",
                    "first part"),
            set(
                    "a token with a word before it",
                    "AMOCRM_ACCESS_TOKEN",
                    "Bearer " + SECRET,
                    "AMOCRM_ACCESS_TOKEN",
                    "without Bearer"),
            set(
                    "no token at all",
                    "AMOCRM_ACCESS_TOKEN",
                    "",
                    "AMOCRM_ACCESS_TOKEN",
                    "is missing",
                    "long-lived token",
                    "authorize CODE"),
            set(
                    "a refresh token without its integration",
                    "AMOCRM_REFRESH_TOKEN",
                    SECRET,
                    "AMOCRM_REFRESH_TOKEN",
                    "AMOCRM_CLIENT_ID"),
            set("a redirect address that is none", "AMOCRM_REDIRECT_URI", "clinic", "AMOCRM_REDIRECT_URI", "https://"),
            set(
                    "a token in quotation marks",
                    "AMOCRM_ACCESS_TOKEN",
                    "'" + SECRET + "'",
                    "AMOCRM_ACCESS_TOKEN",
                    "quotation marks",
                    "without them"),
            set(
                    "a key that is too short",
                    "TOKEN_ENCRYPTION_KEY",
                    "c2hvcnQ=",
                    "TOKEN_ENCRYPTION_KEY",
                    "openssl rand -base64 32"),
            set("no pipeline", "AMOCRM_PRIMARY_PIPELINE_ID", "", "AMOCRM_PRIMARY_PIPELINE_ID", "is missing", "fields"),
            set(
                    "one pipeline for both funnels",
                    "AMOCRM_SECONDARY_PIPELINE_ID",
                    "4401",
                    "AMOCRM_SECONDARY_PIPELINE_ID",
                    "two pipelines"),
            set(
                    "an id with a name",
                    "AMOCRM_PRIMARY_STAGE_ID",
                    "Новая запись",
                    "AMOCRM_PRIMARY_STAGE_ID",
                    "is no id",
                    "digits"),
            set("a list with semicolons", "AMOCRM_EXCLUDED_STAGES", "142;143", "AMOCRM_EXCLUDED_STAGES", "142,143"),
            set(
                    "no key field",
                    "AMOCRM_DEAL_FIELD_RECEPTION_ID",
                    "",
                    "AMOCRM_DEAL_FIELD_RECEPTION_ID",
                    "is missing",
                    "fields --create"),
            set(
                    "a schedule of five parts",
                    "RECEPTIONS_CRON",
                    "* * * * *",
                    "RECEPTIONS_CRON",
                    "is no cron expression",
                    "six parts"),
            set("a schedule that never comes", "DEEP_CRON", "0 0 0 30 2 ? 2020", "DEEP_CRON", "never comes"),
            set("a day that is none", "RECEPTIONS_SINCE", "31.01.2026", "RECEPTIONS_SINCE", "2026-01-31"),
            set("neither yes nor no", "DEAL_RECREATE_CLOSED", "vielleicht", "DEAL_RECREATE_CLOSED", "yes or no"),
            wrong(
                    "closed deals opened again, and a stage that closes",
                    scene -> scene.set("DEAL_RECREATE_CLOSED", "yes").set("DEAL_STAGE_PRIMARY_COMPLETED", "142"),
                    "reception-sync",
                    2,
                    "DEAL_RECREATE_CLOSED",
                    "does not go with a deal.stage.primary.completed that is excluded",
                    "switch one of them off"),
            wrong(
                    "the same in a branch's own pipelines",
                    scene -> {
                        scene.set("DEAL_RECREATE_CLOSED", "yes")
                                .set("BRANCHES", "7")
                                .line("branch.7.primary-pipeline-id = 4403");
                        scene.line("branch.7.stage.primary.no-show = 143");
                    },
                    "reception-sync",
                    2,
                    "DEAL_RECREATE_CLOSED",
                    "does not go with a branch.7.stage.primary.no-show that is excluded",
                    "switch one of them off"),
            set(
                    "a word that is no choice",
                    "CONTACT_SHARED_PHONE",
                    "merge",
                    "CONTACT_SHARED_PHONE",
                    "separate or attach"),
            set("a field's name that is none", "FIELDS_CREATE_ONLY", "comment", "FIELDS_CREATE_ONLY", "contact.NAME"),
            set("a region that is none", "PHONES_REGION", "Russia", "PHONES_REGION", "RU"),
            set(
                    "a database URL without driver",
                    "IDENT_JDBC_URL",
                    "jdbc:oracle:thin:" + SECRET,
                    "IDENT_JDBC_URL",
                    "jdbc:sqlserver://"),
            set(
                    "a proxy that is none",
                    "HTTPS_PROXY",
                    "socks5://user:" + SECRET + "@proxy:1080",
                    "HTTPS_PROXY",
                    "http://HOST:PORT"),
            set("a Redis URL that is none", "REDIS_URL", "localhost:6379/" + SECRET, "REDIS_URL", "redis://HOST:6379"),
            set(
                    "Sentinels without the master's name",
                    "REDIS_URL",
                    "redis-sentinel://:" + SECRET + "@localhost:26379",
                    "REDIS_URL",
                    "redis-sentinel://HOST:26379,HOST:26379/MASTER-NAME"),
            wrong(
                    "a database of a cluster",
                    scene -> scene.set("REDIS_URL", "redis-cluster://localhost:6379")
                            .set("REDIS_DB", "3"),
                    "stats",
                    2,
                    "redis.database (REDIS_DB)",
                    "a cluster has none"),
            wrong(
                    "locks that end before a request",
                    scene -> scene.set("REDIS_LOCK_SECONDS", "34").set("AMOCRM_REQUEST_DEADLINE_MS", "29001"),
                    "stats",
                    2,
                    "redis.lock-seconds (REDIS_LOCK_SECONDS) is too short",
                    "amocrm.request-deadline",
                    "write 35 or more"),
            set(
                    "a Redis host with its scheme",
                    "REDIS_HOST",
                    "redis://localhost",
                    "REDIS_HOST",
                    "is no host name",
                    "alone"),
            set(
                    "half of Hawtio's login",
                    "JOLOKIA_PASSWORD",
                    SECRET,
                    "management.jolokia-user (JOLOKIA_USER)",
                    "set user and password"),
            set("a log level that is none", "LOG_LEVEL", "LOUD", "LOG_LEVEL is no level", "INFO"),
            set("a log format that is none", "LOG_FORMAT", "xml", "LOG_FORMAT", "text or json"),
            wrong(
                    "a server with its port",
                    scene -> scene.set("IDENT_JDBC_URL", "").set("DB_SERVER", "192.168.1.10,1433"),
                    "test-db",
                    2,
                    "DB_SERVER",
                    "is no host",
                    "DB_PORT"),
            wrong(
                    "no login",
                    scene -> scene.set("IDENT_JDBC_URL", "").set("DB_USERNAME", ""),
                    "test-db",
                    2,
                    "DB_USERNAME",
                    "SELECT"),
            wrong(
                    "a kind of login that is none",
                    scene -> scene.set("IDENT_JDBC_URL", "").set("DB_AUTHENTICATION", "windows"),
                    "test-db",
                    2,
                    "ident.authentication (DB_AUTHENTICATION) must be sql or ntlm"),
            wrong(
                    "a Windows login without its domain",
                    scene -> scene.set("IDENT_JDBC_URL", "").set("DB_AUTHENTICATION", "ntlm"),
                    "test-db",
                    2,
                    "ident.domain (DB_DOMAIN) is missing",
                    "the Windows domain of the login"),
            wrong(
                    "a Windows login with its domain in the name",
                    scene -> scene.set("IDENT_JDBC_URL", "")
                            .set("DB_AUTHENTICATION", "ntlm")
                            .set("DB_DOMAIN", "CLINIC")
                            .set("DB_USERNAME", "CLINIC\\reader"),
                    "test-db",
                    2,
                    "ident.username (DB_USERNAME) holds the domain too",
                    "DB_DOMAIN"),
            wrong(
                    "a Windows login for one of SQL Server",
                    scene -> scene.set("IDENT_JDBC_URL", "").set("DB_USERNAME", "CLINIC\\reader"),
                    "test-db",
                    2,
                    "DB_USERNAME) is a Windows login",
                    "DB_AUTHENTICATION=ntlm"),
            wrong(
                    "a domain for a login of SQL Server",
                    scene -> scene.set("IDENT_JDBC_URL", "").set("DB_DOMAIN", "CLINIC"),
                    "test-db",
                    2,
                    "ident.domain (DB_DOMAIN) is for Windows logins only",
                    "DB_AUTHENTICATION=ntlm"),
            wrong(
                    "a line of .env that sets nothing",
                    scene -> scene.env("AMOCRM_SUBDOMAIN myclinic"),
                    "stats",
                    2,
                    ".env, line 1 sets nothing",
                    "NAME=value"),
            wrong(
                    "a quotation mark without its partner in .env",
                    scene -> scene.env("# remark\nDB_PASSWORD=\"" + SECRET),
                    "stats",
                    2,
                    ".env, line 2",
                    "quotation mark"),
            wrong(
                    "a misspelt variable in .env",
                    scene -> scene.env("AMOCRM_PRIMRY_PIPELINE_ID=1"),
                    "stats",
                    2,
                    "AMOCRM_PRIMRY_PIPELINE_ID",
                    "did you mean AMOCRM_PRIMARY_PIPELINE_ID?"),
            wrong(
                    "a misspelt setting",
                    scene -> scene.line("amocrm.primry-pipeline-id = 4401"),
                    "stats",
                    2,
                    "amocrm.primry-pipeline-id is no setting",
                    "did you mean amocrm.primary-pipeline-id?"),
            wrong(
                    "a line of a branch that is not named",
                    scene -> scene.line("branch.7.leave-out = yes"),
                    "stats",
                    2,
                    "branch.7.leave-out",
                    "name branch 7 in the setting branches"),
            wrong(
                    "a misspelt setting of Camel",
                    scene -> scene.line("camel.main.shutdown-timeot = 5"),
                    "reception-sync",
                    2,
                    "shutdown-timeot",
                    "config/application.properties"),
            wrong(
                    "a lone backslash before u",
                    scene -> scene.line("ident.database = C\\users"),
                    "stats",
                    2,
                    "application.properties",
                    "backslash"));

    static final List<Wrong> FILES = List.of(
            wrong(
                    "no settings",
                    scene -> scene.config(Path.of("nowhere")),
                    "stats",
                    2,
                    "application.properties is missing",
                    "--config"),
            wrong(
                    "no routes",
                    scene -> scene.routes(Path.of("nowhere")),
                    "reception-sync",
                    2,
                    "holds no *.camel.yaml",
                    "--routes"),
            wrong(
                    "a broken route",
                    scene -> scene.edit(scene.routes, "deliver.camel.yaml", "- split:", "- splitt:"),
                    "reception-sync",
                    2,
                    "deliver.camel.yaml, line ",
                    "splitt",
                    "undo the last edit"),
            wrong(
                    "an empty route file",
                    scene -> Scene.write(scene.routes.resolve("more.camel.yaml"), ""),
                    "reception-sync",
                    2,
                    "more.camel.yaml",
                    "holds no route"),
            wrong(
                    "a route file with a control character",
                    scene -> Scene.write(scene.routes.resolve("more.camel.yaml"), "- route:\n    id: a\u0007b\n"),
                    "reception-sync",
                    2,
                    "more.camel.yaml",
                    "is no YAML"),
            wrong(
                    "a route file in another encoding",
                    scene -> scene.writeLatin(scene.routes.resolve("more.camel.yaml")),
                    "stats",
                    2,
                    "more.camel.yaml",
                    "UTF-8"),
            wrong(
                    "a copy of a route file beside it",
                    scene -> Scene.write(
                            scene.routes.resolve("explain-copy.camel.yaml"),
                            Scene.read(scene.routes.resolve("explain.camel.yaml"))),
                    "reception-sync",
                    2,
                    "explain.camel.yaml, line ",
                    "there is a route ",
                    "explain-copy.camel.yaml"),
            wrong(
                    "a route with a bean that is none",
                    scene -> scene.edit(scene.routes, "deliver.camel.yaml", "ref: deliveries", "ref: delivery"),
                    "doctor",
                    2,
                    "deliver.camel.yaml, line ",
                    "there is no bean delivery"),
            wrong(
                    "a target that is none",
                    scene -> scene.edit(
                            scene.routes, "deep-sync.camel.yaml", "name: reconcile-mirror", "name: reconcile-miror"),
                    "doctor",
                    2,
                    "deep-sync.camel.yaml, line ",
                    "no route from direct:reconcile-miror"),
            wrong(
                    "a misspelt scheme in a schedule",
                    scene -> scene.edit(scene.routes, "schedules.camel.yaml", "uri: quartz", "uri: quarz"),
                    "doctor",
                    2,
                    "schedules.camel.yaml, line ",
                    "no component quarz"),
            wrong(
                    "a schedule with an option that is none",
                    scene -> scene.edit(scene.routes, "schedules.camel.yaml", "stateful: true", "statefull: true"),
                    "doctor",
                    2,
                    "schedules.camel.yaml, line ",
                    "no option statefull"),
            wrong(
                    "a schedule with a bean that is none",
                    scene ->
                            scene.edit(scene.routes, "schedules.camel.yaml", "ref: scheduledRuns", "ref: scheduledRun"),
                    "doctor",
                    2,
                    "schedules.camel.yaml, line ",
                    "no bean scheduledRun"),
            wrong(
                    "an operators' route with a bean that is none",
                    scene -> scene.edit(
                            scene.routes, "operations.camel.yaml", "ref: healthMonitor", "ref: healthMonitors"),
                    "doctor",
                    2,
                    "operations.camel.yaml, line ",
                    "no bean healthMonitors"),
            wrong(
                    "a route file that is gone",
                    scene -> scene.gone("schedules.camel.yaml"),
                    "doctor",
                    2,
                    "direct:scheduled-run",
                    "put the file back"),
            wrong(
                    "a configuration of routes that is none",
                    scene -> scene.edit(scene.routes, "errors.camel.yaml", "id: ident-locks", "id: ident-lock"),
                    "doctor",
                    2,
                    "follow-ups.camel.yaml, line ",
                    "no routeConfiguration ident-locks"),
            wrong(
                    "a broken SQL file",
                    scene -> scene.edit(scene.config, "sql/patient-visits.sql", "GROUP BY", "GROUPED BY"),
                    "reception-sync",
                    2,
                    "patient-visits.sql, line ",
                    "undo the last edit"),
            wrong(
                    "a SQL file that is gone",
                    scene -> scene.delete("sql/receptions.sql"),
                    "reception-sync",
                    2,
                    "receptions.sql is missing",
                    "restore it"),
            wrong(
                    "an alias that is gone",
                    scene -> scene.edit(scene.config, "sql/receptions.sql", "AS plan_end", "AS plan_ende"),
                    "test-db",
                    2,
                    "receptions.sql",
                    "plan_end"));

    static final List<Wrong> IDENT = List.of(
            wrong(
                    "a missing table",
                    scene -> scene.edit(
                            scene.config, "sql/changed-receptions.sql", "FROM dbo.Receptions", "FROM dbo.Reception"),
                    "test-db",
                    2,
                    "changed-receptions.sql, line ",
                    "no table",
                    "Reception"),
            wrong(
                    "a missing column",
                    scene -> scene.edit(scene.config, "sql/receptions.sql", "r.PlanStart AS", "r.PlannedStart AS"),
                    "test-db",
                    2,
                    "receptions.sql, line ",
                    "no column",
                    "PlannedStart"),
            refusal(18456, 3, "refuses the login", "DB_PASSWORD"),
            refusal(18470, 3, "disabled", "administrator"),
            refusal(4060, 3, "no such database", "DB_DATABASE"),
            refusal(942, 3, "offline", "administrator"),
            refusal(229, 2, "may not read", "GRANT SELECT"),
            refusal(208, 2, "table", "test-db"),
            refusal(207, 2, "column", "test-db"),
            refusal(102, 2, "config/sql", "undo"),
            refusal(245, 2, "config/sql", "types"),
            refusal(17809, 3, "no more connections", "administrator"),
            wrong(
                    "a database server that is no host",
                    scene -> scene.set("IDENT_JDBC_URL", "").set("DB_SERVER", "nowhere.invalid"),
                    "test-db",
                    3,
                    "no host",
                    "DB_SERVER"),
            wrong(
                    "a database server where nothing answers",
                    scene -> scene.set("IDENT_JDBC_URL", "")
                            .set("DB_SERVER", "127.0.0.1")
                            .set("DB_PORT", "1"),
                    "test-db",
                    3,
                    "nothing answers at the port",
                    "DB_PORT"));

    static final List<Wrong> REDIS = List.of(
            wrong(
                    "Redis at another port",
                    scene -> scene.set("REDIS_PORT", "1"),
                    "stats",
                    3,
                    "Redis cannot be reached",
                    "REDIS_HOST",
                    "REDIS_PORT"),
            wrong(
                    "Redis on a host that is none",
                    scene -> scene.set("REDIS_HOST", "nowhere.invalid"),
                    "stats",
                    3,
                    "Redis cannot be reached",
                    "REDIS_HOST"),
            wrong(
                    "Redis fallen over",
                    scene -> scene.failRedis(),
                    "test-amocrm",
                    3,
                    "Redis cannot be reached",
                    "that it runs"),
            wrong(
                    "no password for Redis",
                    scene -> scene.lockRedis("another-" + SECRET),
                    "reception-sync",
                    3,
                    "password",
                    "REDIS_PASSWORD"),
            wrong(
                    "a wrong password for Redis",
                    scene -> scene.lockRedis("another-" + SECRET).set("REDIS_PASSWORD", SECRET),
                    "reception-sync",
                    3,
                    "password",
                    "REDIS_PASSWORD"));

    static final List<Wrong> AMOCRM = List.of(
            wrong(
                    "a token that amoCRM does not know",
                    scene -> scene.set("AMOCRM_ACCESS_TOKEN", SECRET),
                    "test-amocrm",
                    4,
                    "does not accept the access token",
                    "AMOCRM_ACCESS_TOKEN"),
            wrong(
                    "a token that has ended",
                    scene -> scene.set(
                            "AMOCRM_ACCESS_TOKEN", scene.sandbox().tokens().longLived(Duration.ofDays(-2))),
                    "test-amocrm",
                    4,
                    "it ended on ",
                    "issue a new one"),
            wrong(
                    "no code yet",
                    scene -> scene.installation.withOAuth(),
                    "test-amocrm",
                    4,
                    "no tokens yet",
                    "authorize CODE"),
            wrong(
                    "an account that is not paid for",
                    scene -> scene.sandbox().faults().always(Fault.PAYMENT_REQUIRED),
                    "test-amocrm",
                    3,
                    "not paid for",
                    "pay for it"),
            wrong(
                    "a blocked account",
                    scene -> scene.sandbox().faults().always(Fault.BLOCKED),
                    "test-amocrm",
                    3,
                    "blocked",
                    "support"),
            wrong(
                    "amoCRM down",
                    scene -> scene.sandbox().faults().always(Fault.HTML_502),
                    "test-amocrm",
                    3,
                    "status 502",
                    "try again"),
            wrong(
                    "nothing answers at amoCRM's address",
                    scene -> scene.set("AMOCRM_BASE_URL", "http://127.0.0.1:1"),
                    "test-amocrm",
                    3,
                    "nothing answers",
                    "AMOCRM_BASE_URL"),
            wrong(
                    "an account that is no host",
                    scene -> scene.set("AMOCRM_BASE_URL", "https://nowhere.invalid"),
                    "test-amocrm",
                    3,
                    "no host of its name",
                    "AMOCRM_SUBDOMAIN"),
            wrong(
                    "a pipeline that the account does not have",
                    scene -> scene.set("AMOCRM_PRIMARY_PIPELINE_ID", "999"),
                    "test-amocrm",
                    2,
                    "AMOCRM_PRIMARY_PIPELINE_ID=999",
                    "no such pipeline",
                    "take one of 4401 «Первичные приёмы»"),
            wrong(
                    "the same, in a run",
                    scene -> scene.set("AMOCRM_PRIMARY_PIPELINE_ID", "999").set("AMOCRM_PRIMARY_STAGE_ID", ""),
                    "reception-sync",
                    2,
                    "AMOCRM_PRIMARY_PIPELINE_ID=999",
                    "no such pipeline"),
            wrong(
                    "an archived pipeline",
                    scene -> scene.account().archive(SandboxAccount.PRIMARY),
                    "test-amocrm",
                    2,
                    "AMOCRM_PRIMARY_PIPELINE_ID=4401",
                    "archived",
                    "restore it"),
            wrong(
                    "a stage of another pipeline",
                    scene -> scene.set("AMOCRM_PRIMARY_STAGE_ID", "440201"),
                    "test-amocrm",
                    2,
                    "AMOCRM_PRIMARY_STAGE_ID",
                    "but of pipeline 4402",
                    "take one of 440101"),
            wrong(
                    "a stage that nobody has",
                    scene -> scene.set("DEAL_STAGE_SECONDARY_NO_SHOW", "5"),
                    "test-amocrm",
                    2,
                    "DEAL_STAGE_SECONDARY_NO_SHOW=5",
                    "nor of any other",
                    "take one of"),
            wrong(
                    "the stage of unsorted deals",
                    scene -> scene.set("AMOCRM_PRIMARY_STAGE_ID", "440100"),
                    "test-amocrm",
                    2,
                    "AMOCRM_PRIMARY_STAGE_ID",
                    "unsorted"),
            wrong(
                    "an excluded stage that nobody has",
                    scene -> scene.set("AMOCRM_EXCLUDED_STAGES", "142,144"),
                    "test-amocrm",
                    2,
                    "AMOCRM_EXCLUDED_STAGES names 144",
                    "correct the id"),
            wrong(
                    "a field that the account does not have",
                    scene -> scene.set("AMOCRM_DEAL_FIELD_DOCTOR_NAME", "555"),
                    "test-amocrm",
                    2,
                    "AMOCRM_DEAL_FIELD_DOCTOR_NAME=555",
                    "no such deal field",
                    "leave it empty"),
            wrong(
                    "a key field that the account does not have, in a run",
                    scene -> scene.set("AMOCRM_DEAL_FIELD_RECEPTION_ID", "555"),
                    "reception-sync",
                    2,
                    "AMOCRM_DEAL_FIELD_RECEPTION_ID=555",
                    "no such deal field"),
            wrong(
                    "a contact's field for a deal",
                    scene -> scene.set("AMOCRM_DEAL_FIELD_DOCTOR_NAME", "24"),
                    "test-amocrm",
                    2,
                    "no such deal field, but a contact field"),
            wrong(
                    "a field of another type",
                    scene -> scene.account().putField(true, 28, "Врач", FieldType.DATE),
                    "test-amocrm",
                    2,
                    "AMOCRM_DEAL_FIELD_DOCTOR_NAME=28",
                    "is of type date",
                    "take a field of type text"),
            wrong(
                    "the same, in a run",
                    scene -> scene.account().putField(true, 28, "Врач", FieldType.DATE),
                    "reception-sync",
                    2,
                    "AMOCRM_DEAL_FIELD_DOCTOR_NAME=28",
                    "is of type date"),
            wrong(
                    "a key field of choices",
                    scene -> scene.account().putField(false, 25, "Код", FieldType.SELECT),
                    "test-amocrm",
                    2,
                    "AMOCRM_CONTACT_FIELD_PATIENT_ID=25",
                    "is of type select",
                    "text"),
            wrong(
                    "the e-mail field for the phone",
                    scene -> scene.set("AMOCRM_CONTACT_FIELD_PHONE", "20").set("AMOCRM_CONTACT_FIELD_EMAIL", ""),
                    "test-amocrm",
                    2,
                    "AMOCRM_CONTACT_FIELD_PHONE=20",
                    "EMAIL field"),
            wrong(
                    "a responsible user who left",
                    scene -> scene.set("AMOCRM_RESPONSIBLE_USER_ID", "9003"),
                    "test-amocrm",
                    2,
                    "AMOCRM_RESPONSIBLE_USER_ID=9003",
                    "dismissed"),
            wrong(
                    "a user who sees only their own deals",
                    scene -> scene.account().giveRight("M"),
                    "test-amocrm",
                    2,
                    "may not view all deals",
                    "give the user these rights"),
            wrong(
                    "fields to be made without the right to",
                    scene -> {
                        scene.account().takeAdministratorsRight();
                        scene.set("AMOCRM_DEAL_FIELD_RECEPTION_ID", "")
                                .account()
                                .deleteField(true, 26);
                    },
                    "fields --create --yes",
                    3,
                    "may not do this",
                    "rights"));

    @RegisterExtension
    private final Installation installation = Installation.empty();

    @TempDir
    private Path scratch;

    private static Wrong set(String name, String variable, String value, String... words) {
        return wrong(name, scene -> scene.set(variable, value), "reception-sync", 2, words);
    }

    private static Wrong refusal(int number, int exitCode, String... words) {
        return wrong(
                "SQL Server's error " + number,
                scene -> scene.set("IDENT_JDBC_URL", "jdbc:refused:" + number),
                "test-db",
                exitCode,
                words);
    }

    private static Wrong wrong(String name, Consumer<Scene> setUp, String command, int exitCode, String... words) {
        return new Wrong(name, setUp, command, exitCode, words);
    }

    @BeforeAll
    static void register() throws SQLException {
        DriverManager.registerDriver(REFUSING);
    }

    @AfterAll
    static void print() throws SQLException, IOException {
        DriverManager.deregisterDriver(REFUSING);
        List<String> lines = new ArrayList<>();
        READ_ALOUD.forEach((name, message) -> lines.add(name + "\n    " + message.replace("\n", "\n    ") + "\n"));
        Files.write(TABLE, lines);
    }

    @ParameterizedTest
    @FieldSource({"SETTINGS", "FILES", "IDENT", "REDIS", "AMOCRM"})
    void a_wrong_set_up_ends_in_one_clear_message_and_its_exit_code(Wrong wrong) throws IOException {
        Scene scene = new Scene(installation, scratch);
        wrong.setUp.accept(scene);
        int exitCode = scene.run(wrong.command.split(" "));
        List<String> complaints = scene.complaints();
        READ_ALOUD.put(
                wrong.command + ": " + wrong.name,
                "exit " + exitCode + "  " + String.join("\n", complaints).replace(scratch.toString(), "…"));
        assertThat(complaints).as("one message").hasSize(1);
        assertThat(complaints.get(0)).contains(wrong.words);
        assertThat(exitCode).isEqualTo(wrong.exitCode);
        assertThat(scene.everything()).doesNotContain(SECRET, AmoSandbox.TOKEN, "Exception", "io.identamocrm", "\tat ");
    }

    /** An installation to be spoilt. */
    private static final class Scene {

        private final Installation installation;
        private final Terminal terminal;
        private final Path scratch;
        private Path config;
        private Path routes;

        private Scene(Installation installation, Path scratch) throws IOException {
            this.installation = installation;
            terminal = installation.terminal();
            this.scratch = scratch;
            config = Copies.of("config", scratch);
            routes = Copies.of("routes", scratch);
        }

        private Scene set(String variable, String value) {
            installation.with(variable, value);
            return this;
        }

        private AmoSandbox sandbox() {
            return installation.sandbox();
        }

        private SandboxAccount account() {
            return installation.account();
        }

        private void config(Path other) {
            config = other;
        }

        private void routes(Path other) {
            routes = other;
        }

        private void env(String lines) {
            write(scratch.resolve(".env"), lines);
        }

        private void line(String line) {
            Path file = config.resolve("application.properties");
            write(file, read(file) + "\n" + line + "\n");
        }

        private void edit(Path directory, String name, String good, String bad) {
            String text = read(directory.resolve(name));
            assertThat(text).contains(good);
            int at = text.indexOf(good);
            write(directory.resolve(name), text.substring(0, at) + bad + text.substring(at + good.length()));
        }

        private void gone(String routeFile) {
            try {
                Files.delete(routes.resolve(routeFile));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private void delete(String name) {
            try {
                Files.delete(config.resolve(name));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private void failRedis() {
            try {
                installation.redis().fail();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private Scene lockRedis(String password) {
            Config connection = new Config();
            connection.useSingleServer().setAddress("redis://127.0.0.1:" + installation.redisPort());
            RedissonClient administrator = Redisson.create(connection);
            administrator.getRedisNodes(RedisNodes.SINGLE).getInstance().setConfig("requirepass", password);
            administrator.shutdown();
            return this;
        }

        private static String read(Path file) {
            try {
                return Files.readString(file);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private void writeLatin(Path file) {
            try {
                Files.write(file, new byte[] {'#', ' ', (byte) 0xEF, (byte) 0xF0});
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private static void write(Path file, String text) {
            try {
                Files.writeString(file, text);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private int run(String... command) {
            List<String> all = new ArrayList<>(List.of(command));
            all.addAll(List.of("--config", config.toString(), "--routes", routes.toString()));
            Map<String, String> process = new HashMap<>(installation.variables());
            return terminal.run(
                    Environment.of(Path.of("."), scratch.resolve(".env"), process), all.toArray(String[]::new));
        }

        /** What is complained of: lines of the error stream, and problems among what checks print. */
        private List<String> complaints() {
            return Stream.concat(
                            terminal.errors().lines(),
                            terminal.output().lines().filter(line -> line.startsWith("PROBLEM")))
                    .filter(line -> !line.isBlank())
                    .toList();
        }

        private String everything() {
            return terminal.errors() + terminal.output();
        }
    }

    /** A driver whose server refuses every connection with the error number in its URL, as SQL Server would. */
    private static final class RefusingDriver extends PrefixDriver {

        private RefusingDriver() {
            super("jdbc:refused:");
        }

        @Override
        protected Connection open(String number, Properties login) throws SQLException {
            throw new SQLException("Refused for " + SECRET, "S0001", Integer.parseInt(number));
        }
    }
}
