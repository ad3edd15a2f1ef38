package io.identamocrm.settings;

import io.identamocrm.state.Timing;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.redisson.api.RedissonClient;

/**
 * What to start.
 *
 * @param config    directory of {@code application.properties} and {@code sql/}
 * @param routes    directory of the routes
 * @param variables environment variables, which the settings' placeholders take; those of the file {@code .env} are among them
 * @param envFile   the file {@code .env} itself: whose names were written by hand, and which lines are broken
 * @param mode      how much of the product
 * @param clock     the present; tests bring their own
 * @param timing    time as locks, limits and waits see it; a simulation brings its own
 * @param between   what stands between the product and Redis: nothing, or a simulation
 */
public record StartOptions(
        Path config,
        Path routes,
        Map<String, String> variables,
        EnvFile envFile,
        Mode mode,
        Clock clock,
        Timing timing,
        UnaryOperator<RedissonClient> between) {

    public StartOptions {
        config = config.toAbsolutePath().normalize();
        routes = routes.toAbsolutePath().normalize();
        variables = Map.copyOf(variables);
    }

    /** Without a file {@code .env}. */
    public StartOptions(Path config, Path routes, Map<String, String> variables, Mode mode, Clock clock) {
        this(config, routes, variables, EnvFile.none(), mode, clock);
    }

    /** In the machine's own time. */
    public StartOptions(
            Path config, Path routes, Map<String, String> variables, EnvFile envFile, Mode mode, Clock clock) {
        this(config, routes, variables, envFile, mode, clock, Timing.REAL, UnaryOperator.identity());
    }

    /** The same in another time, with somebody between the product and Redis. */
    public StartOptions in(Timing other, UnaryOperator<RedissonClient> somebody) {
        return new StartOptions(config, routes, variables, envFile, mode, clock, other, somebody);
    }

    /** The same in another mode. */
    public StartOptions in(Mode other) {
        return new StartOptions(config, routes, variables, envFile, other, clock, timing, between);
    }

    /** How much of the product is started. */
    public enum Mode {
        /** Only what is kept in Redis: statistics, dead letters. */
        STATE,
        /** The routes, to be let in by amoCRM and to list or make fields: without IDENT, before the settings have pipelines and fields. */
        FIELDS,
        /** The routes, schedules built and not begun, to look at amoCRM: without IDENT, and without patience when amoCRM is away. */
        ACCOUNT,
        /** The routes, to be called by a command that changes nothing anywhere. */
        CHECK,
        /** The routes, to be called by a command. */
        RUNS,
        /** The routes with their schedules. */
        SERVICE;

        /** True if the routes of the schedules are made. */
        public boolean hasSchedules() {
            return this == SERVICE || this == ACCOUNT;
        }

        /** True if amoCRM is asked about the account, and IDENT is left alone. */
        public boolean isOnlyAboutAccount() {
            return this == FIELDS || this == ACCOUNT;
        }

        /** True if nothing is changed anywhere; caches and tokens in use may be renewed. */
        public boolean isCheck() {
            return this == CHECK || this == ACCOUNT;
        }
    }
}
