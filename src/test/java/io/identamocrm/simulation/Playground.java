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
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.redisson.Redisson;
import org.redisson.api.RScript;
import org.redisson.api.RedissonClient;
import org.redisson.client.codec.StringCodec;
import org.redisson.config.Config;

/** What is started once and used by all worlds: a Redis, an empty clinic, and the processes of each setup when they are needed first. */
public final class Playground implements AutoCloseable {

    static final String ZONE = "Europe/Moscow";
    private static final int PROCESSES = 3;

    /** What the clinic's database takes for the present. */
    private static volatile LocalDateTime clinicNow = LocalDateTime.of(2026, 3, 2, 9, 0);

    private final EmbeddedRedis redis = new EmbeddedRedis();
    private final SampleClinic clinic = SampleClinic.inMemory();
    private final Path config = config();
    private final RedissonClient operator = operator();
    private final Map<Setup, List<PlayedProcess>> processes = new EnumMap<>(Setup.class);

    Playground() {
        clinic.execute("CREATE ALIAS PUBLIC.CLINIC_NOW FOR \"io.identamocrm.simulation.Playground.clinicNow\"");
    }

    /** Called by the clinic's database. */
    public static LocalDateTime clinicNow() {
        return clinicNow;
    }

    void setClinicClock(LocalDateTime moment) {
        clinicNow = moment;
    }

    private RedissonClient operator() {
        Config settings = new Config();
        settings.setThreads(1).setNettyThreads(1).useSingleServer().setAddress("redis://127.0.0.1:" + redis.port())
                .setConnectionPoolSize(1).setConnectionMinimumIdleSize(1)
                .setSubscriptionConnectionPoolSize(1).setSubscriptionConnectionMinimumIdleSize(1);
        return Redisson.create(settings);
    }

    /** The real settings and statements; the clinic's clock is played, and so are waits and HTTP. */
    private static Path config() {
        try {
            Path copy = Files.createTempDirectory("simulation-");
            copy.toFile().deleteOnExit();
            Files.createDirectories(copy.resolve("sql"));
            try (Stream<Path> files = Files.list(Path.of("config/sql"))) {
                for (Path file : files.toList()) {
                    Files.writeString(copy.resolve("sql").resolve(file.getFileName()),
                            Files.readString(file).replace("CURRENT_TIMESTAMP", "PUBLIC.CLINIC_NOW()"));
                }
            }
            Files.writeString(copy.resolve("application.properties"), Files.readString(Path.of("config/application.properties")) + """

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

    List<PlayedProcess> processes(Setup setup) {
        return processes.computeIfAbsent(setup, any -> {
            Map<String, String> variables = EmbeddedSetUp.variables(clinic, redis, AmoSandbox.UNCONNECTED);
            variables.putAll(Map.of("TIMEZONE", ZONE, "MANAGEMENT_PORT", "0", "AMOCRM_RETRY_DELAY_MS", "1"));
            variables.putAll(setup.variables());
            List<PlayedProcess> started = new ArrayList<>();
            for (int i = 0; i < PROCESSES; i++) {
                started.add(new PlayedProcess(String.valueOf((char) ('A' + i)), config, variables));
            }
            return started;
        });
    }

    /** An empty clinic, an empty Redis. */
    void clear() {
        for (String table : List.of("OrderServiceRelation", "Orders", "Receptions", "Patients", "PaymentsIn", "PaymentsOut")) {
            clinic.execute("DELETE FROM dbo." + table);
        }
        clinic.execute("DELETE FROM dbo.Persons WHERE ID > 1000");
        clinic.execute("DELETE FROM dbo.ServiceItemPrices WHERE ID > 100");
        clinic.execute("DELETE FROM dbo.ServiceItems WHERE ID > 100");
        for (String table : List.of("Persons", "Receptions", "Orders")) {
            clinic.execute("ALTER TABLE dbo." + table + " ALTER COLUMN ID RESTART WITH " + switch (table) {
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
        List<Object> all = operator.getScript(StringCodec.INSTANCE).eval(RScript.Mode.READ_WRITE,
                "local all = redis.call('KEYS', '*') table.sort(all) return all", RScript.ReturnType.MULTI);
        return all.stream().map(String::valueOf).toList();
    }

    void delete(String key) {
        operator.getScript(StringCodec.INSTANCE).eval(RScript.Mode.READ_WRITE, "redis.call('DEL', ARGV[1])", RScript.ReturnType.VALUE,
                List.of(), key);
    }

    private void script(String text) {
        operator.getScript(StringCodec.INSTANCE).eval(RScript.Mode.READ_WRITE, text, RScript.ReturnType.VALUE);
    }

    @Override
    public void close() {
        processes.values().forEach(all -> all.forEach(PlayedProcess::close));
        operator.shutdown();
        clinic.close();
        try {
            redis.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
