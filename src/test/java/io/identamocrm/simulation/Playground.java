package io.identamocrm.simulation;

import io.identamocrm.clinic.SampleClinic;
import io.identamocrm.demo.EmbeddedRedis;
import io.identamocrm.demo.EmbeddedSetUp;
import io.identamocrm.sandbox.AmoSandbox;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.redisson.Redisson;
import org.redisson.api.RScript;
import org.redisson.api.RedissonClient;
import org.redisson.api.redisnode.RedisNodes;
import org.redisson.client.codec.StringCodec;
import org.redisson.config.Config;

/** What is started once and used by all worlds of a setup, one after the other: a Redis, an empty clinic, and the processes. */
public final class Playground implements AutoCloseable {

    static final String ZONE = "Europe/Moscow";
    private static final int PROCESSES = 3;

    /** What the clinics' databases take for the present, by setup. */
    private static final Map<String, LocalDateTime> CLINIC_NOW = new ConcurrentHashMap<>();

    private final Setup setup;
    private final EmbeddedRedis redis = new EmbeddedRedis();
    private final SampleClinic clinic = SampleClinic.inMemory();
    private final RedissonClient operator = operator();
    private final List<PlayedProcess> processes = new ArrayList<>();

    Playground(Setup setup) {
        this.setup = setup;
        // Hashes tell in the order in which they were filled, not in one that each server has of its own.
        for (String limit : List.of("hash-max-ziplist-entries", "hash-max-ziplist-value")) {
            operator.getRedisNodes(RedisNodes.SINGLE).getInstance().setConfig(limit, "1000000");
        }
        clinic.execute("CREATE ALIAS PUBLIC.CLINIC_NOW FOR \"io.identamocrm.simulation.Playground.clinicNow\"");
        setClinicClock(LocalDateTime.of(2026, 3, 2, 9, 0));
        Map<String, String> variables = EmbeddedSetUp.variables(clinic, redis, AmoSandbox.UNCONNECTED);
        variables.putAll(Map.of("TIMEZONE", ZONE, "MANAGEMENT_PORT", "0", "AMOCRM_RETRY_DELAY_MS", "1"));
        variables.putAll(setup.variables());
        Path config = config();
        for (int i = 0; i < PROCESSES; i++) {
            processes.add(new PlayedProcess(String.valueOf((char) ('A' + i)), config, variables));
        }
    }

    /** Called by the clinic's database. */
    public static LocalDateTime clinicNow(String setup) {
        return CLINIC_NOW.get(setup);
    }

    void setClinicClock(LocalDateTime moment) {
        CLINIC_NOW.put(setup.name(), moment);
    }

    private RedissonClient operator() {
        Config settings = new Config();
        settings.setThreads(1)
                .setNettyThreads(1)
                .useSingleServer()
                .setAddress("redis://127.0.0.1:" + redis.port())
                .setConnectionPoolSize(1)
                .setConnectionMinimumIdleSize(1)
                .setSubscriptionConnectionPoolSize(1)
                .setSubscriptionConnectionMinimumIdleSize(1);
        return Redisson.create(settings);
    }

    /** The real settings and statements; the clinic's clock is played, and so are waits and HTTP. */
    private Path config() {
        try {
            Path copy = Files.createTempDirectory("simulation-");
            copy.toFile().deleteOnExit();
            Files.createDirectories(copy.resolve("sql"));
            try (Stream<Path> files = Files.list(Path.of("config/sql"))) {
                for (Path file : files.toList()) {
                    Files.writeString(
                            copy.resolve("sql").resolve(file.getFileName()),
                            Files.readString(file).replace("CURRENT_TIMESTAMP", "PUBLIC.CLINIC_NOW('" + setup + "')"));
                }
            }
            Files.writeString(
                    copy.resolve("application.properties"),
                    Files.readString(Path.of("config/application.properties")) + """

                    camel.beans.virtualWaits = #class:io.identamocrm.simulation.VirtualWaits
                    camel.beans.http = #class:io.identamocrm.simulation.InProcessHttp
                    """);
            return copy;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    SampleClinic clinic() {
        return clinic;
    }

    List<PlayedProcess> processes() {
        return processes;
    }

    /** An empty clinic, an empty Redis. */
    void clear() {
        for (String table :
                List.of("OrderServiceRelation", "Orders", "Receptions", "Patients", "PaymentsIn", "PaymentsOut")) {
            clinic.execute("DELETE FROM dbo." + table);
        }
        clinic.execute("DELETE FROM dbo.Persons WHERE ID > 1000");
        clinic.execute("DELETE FROM dbo.ServiceItemPrices WHERE ID > 100");
        clinic.execute("DELETE FROM dbo.ServiceItems WHERE ID > 100");
        for (String table : List.of("Persons", "Receptions", "Orders")) {
            clinic.execute("ALTER TABLE dbo." + table + " ALTER COLUMN ID RESTART WITH "
                    + switch (table) {
                        case "Persons" -> 5_001;
                        case "Receptions" -> 100_001;
                        default -> 700_001;
                    });
        }
        script("redis.call('FLUSHALL')");
    }

    // ---- what befalls Redis

    void emptyRedis() {
        script("redis.call('FLUSHDB')");
    }

    /** Keeps what Redis holds now, to be put back by {@link #rewindRedis}. */
    void keepRedis() {
        script("redis.call('SELECT', 1) redis.call('FLUSHDB') redis.call('SELECT', 0) "
                + "for _, key in ipairs(redis.call('KEYS', '*')) do redis.call('COPY', key, key, 'DB', 1) end");
    }

    void rewindRedis() {
        script("redis.call('FLUSHDB') redis.call('SELECT', 1) "
                + "for _, key in ipairs(redis.call('KEYS', '*')) do redis.call('COPY', key, key, 'DB', 0) end");
    }

    /** Names of the account's keys, without what stands before them, in order. */
    List<String> keys() {
        List<Object> all = operator.getScript(StringCodec.INSTANCE)
                .eval(
                        RScript.Mode.READ_WRITE,
                        "local all = redis.call('KEYS', '*') table.sort(all) return all",
                        RScript.ReturnType.MULTI);
        return all.stream().map(String::valueOf).toList();
    }

    void delete(String key) {
        operator.getScript(StringCodec.INSTANCE)
                .eval(RScript.Mode.READ_WRITE, "redis.call('DEL', ARGV[1])", RScript.ReturnType.VALUE, List.of(), key);
    }

    private void script(String text) {
        operator.getScript(StringCodec.INSTANCE).eval(RScript.Mode.READ_WRITE, text, RScript.ReturnType.VALUE);
    }

    @Override
    public void close() {
        processes.forEach(PlayedProcess::close);
        operator.shutdown();
        clinic.close();
        try {
            redis.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
