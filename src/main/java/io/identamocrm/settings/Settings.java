package io.identamocrm.settings;

import io.identamocrm.amocrm.FieldMapping;
import io.identamocrm.amocrm.HttpProxy;
import io.identamocrm.amocrm.Integration;
import io.identamocrm.model.AlertKind;
import io.identamocrm.model.FollowUpForm;
import io.identamocrm.model.Language;
import io.identamocrm.model.QuietHours;
import io.identamocrm.model.SyncPolicy;
import java.net.URI;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * All settings, read and checked. Secrets are inside, so {@link #toString()} shows none.
 *
 * @param ident     the clinic's database
 * @param amocrm    the account
 * @param redis     the store
 * @param policy    the clinic's choices for the rules
 * @param mapping   field ids
 * @param zone      the clinic's zone
 * @param batchSize receptions of a chunk and items of a writing request
 * @param horizon   full runs look at visits planned from then on; null = all
 * @param moveOrphaned deals of orphaned receptions are put into the stage of cancelled visits
 * @param watch     between two looks whether anything has changed; zero = there are none
 * @param management the service's management port
 * @param alerts    what operators hear of, and where
 * @param fingerprintKey  secret from which fingerprints' key is made
 * @param followUpForm what tasks and notes for managers look like
 */
public record Settings(
        Ident ident,
        Amocrm amocrm,
        Redis redis,
        SyncPolicy policy,
        FieldMapping mapping,
        ZoneId zone,
        int batchSize,
        @Nullable LocalDateTime horizon,
        boolean moveOrphaned,
        Duration watch,
        Management management,
        Alerts alerts,
        @Nullable String fingerprintKey,
        FollowUpForm followUpForm) {

    /**
     * The service's management port.
     *
     * @param port            0 = none
     * @param jolokiaUser     null, and with it the password, if Jolokia is off
     * @param stale           how long no run of receptions may have come to its end
     * @param mostDeadLetters dead letters that are taken as usual
     * @param interval        between two looks of health
     */
    public record Management(
            String host,
            int port,
            @Nullable String jolokiaUser,
            @Nullable String jolokiaPassword,
            Duration stale,
            int mostDeadLetters,
            Duration interval) {
        @Override
        public String toString() {
            return "Management[" + host + ":" + port + "]";
        }
    }

    /**
     * What operators hear of, and where. Of the channels, those that are not set are null.
     *
     * @param hold     for how long a state must last until it is told
     * @param quiet    when only what is urgent is told; null = never
     * @param urgent   kinds that are told in quiet hours too
     * @param growth   so many more dead letters within six hours are told
     * @param language null = as the environment says
     * @param runbook  where the runbook is: the beginning of an address, or a directory
     */
    public record Alerts(
            @Nullable Telegram telegram,
            @Nullable Mail mail,
            @Nullable Webhook webhook,
            Duration hold,
            @Nullable QuietHours quiet,
            Set<AlertKind> urgent,
            int growth,
            @Nullable Language language,
            String runbook) {

        /** Operators hear of nothing. */
        public static final Alerts NONE = new Alerts(null, null, null, Duration.ZERO, null, Set.of(), 1, null, "docs/");

        public Alerts {
            urgent = Set.copyOf(urgent);
        }

        /** True if there is a channel. */
        public boolean isOn() {
            return telegram != null || mail != null || webhook != null;
        }

        /** How the connection with a mail server is protected. */
        public enum Encryption {
            /** It begins open, and is refused if the server does not let it be encrypted. */
            STARTTLS,
            /** From the beginning. */
            TLS,
            /** Not at all. */
            NONE
        }

        /**
         * A chat of Telegram.
         *
         * @param address where messages are sent, with the bot's token
         * @param proxy   on the way there; null if there is none
         */
        public record Telegram(
                URI address, String chat, @Nullable HttpProxy proxy) {
            @Override
            public String toString() {
                return "Telegram";
            }
        }

        /**
         * A mail server.
         *
         * @param username null, and with it the password, if it wants no login
         * @param to       at least one
         */
        public record Mail(
                @Nullable String server,
                int port,
                Encryption encryption,
                @Nullable String username,
                @Nullable String password,
                @Nullable String from,
                List<String> to) {
            public Mail {
                to = List.copyOf(to);
            }

            @Override
            public String toString() {
                return "Mail[" + server + ":" + port + "]";
            }
        }

        /**
         * A server that takes JSON.
         *
         * @param url   may hold a secret
         * @param token bearer token, or null
         * @param proxy on the way there; null if there is none
         */
        public record Webhook(
                URI url, @Nullable String token, @Nullable HttpProxy proxy) {
            @Override
            public String toString() {
                return "Webhook";
            }
        }

        @Override
        public String toString() {
            return "Alerts";
        }
    }

    /**
     * The clinic's database.
     *
     * @param jdbcUrl its address, without login and secrets
     * @param oldTls  its server may encrypt as servers before TLS 1.2 did
     * @param secrets other properties for the driver that nobody may see
     */
    public record Ident(
            String jdbcUrl,
            @Nullable String username,
            @Nullable String password,
            boolean oldTls,
            Map<String, String> secrets) {

        public Ident {
            secrets = Map.copyOf(secrets);
        }

        /** Without further secrets. */
        public Ident(String jdbcUrl, String username, String password, boolean oldTls) {
            this(jdbcUrl, username, password, oldTls, Map.of());
        }

        /** True for the server that clinics have; demo and tests bring another one. */
        public boolean isSqlServer() {
            return jdbcUrl.startsWith(SqlServerUrl.START);
        }

        @Override
        public String toString() {
            return "Ident";
        }
    }

    /**
     * The account.
     *
     * @param account     its name in Redis keys: the subdomain, or the base URL's host
     * @param baseUrl     where its API is, without a slash at the end
     * @param proxy       on the way there; null if there is none
     * @param integration how we identify ourselves
     * @param sealKey     bytes that seal tokens, or null to store them open
     * @param previousSealKey bytes that sealed them before, or null
     * @param requests    requests allowed per period; 0 = no limit
     * @param period      the server's period
     * @param margin      added to the period for the spread of the network
     * @param requestDeadline how long a request may take as a whole, until the last byte of its answer
     * @param retryDelay  pause before the first repetition of a failed request
     * @param breakerPause first pause after a block, or when amoCRM stays away
     * @param unclearWindow how long to look for creations that may have happened
     */
    public record Amocrm(
            String account,
            String baseUrl,
            @Nullable HttpProxy proxy,
            Integration integration,
            byte @Nullable [] sealKey,
            byte @Nullable [] previousSealKey,
            int requests,
            Duration period,
            Duration margin,
            Duration requestDeadline,
            Duration retryDelay,
            Duration breakerPause,
            Duration unclearWindow) {
        @Override
        public String toString() {
            return "Amocrm[" + account + "]";
        }
    }

    /**
     * The store; the addresses carry no password.
     *
     * @param nodes            addresses as {@code redis://HOST:PORT} or {@code rediss://HOST:PORT}, at least one
     * @param master           what the Sentinels call the server; else null
     * @param username         null if none is needed, as the password
     * @param sentinelPassword that of the Sentinels themselves, or null
     * @param database         0 in a cluster
     * @param lockTime         how long a dead process's locks last
     */
    public record Redis(
            Kind kind,
            List<String> nodes,
            @Nullable String master,
            @Nullable String username,
            @Nullable String password,
            @Nullable String sentinelPassword,
            int database,
            Duration lockTime) {

        /** How the server that holds the account's keys is found. */
        public enum Kind {
            /** It is the only node. */
            SERVER,
            /** The nodes are Sentinels, which know it. */
            SENTINEL,
            /** The nodes belong to a cluster, of which it is one. */
            CLUSTER
        }

        public Redis {
            nodes = List.copyOf(nodes);
        }

        @Override
        public String toString() {
            return "Redis[" + String.join(",", nodes) + "]";
        }
    }

    /** What all processes of an account must have in common, as the mirror's rows depend on it. */
    public String mirrorSettings() {
        // Sorted, because unmodifiable maps have another order in each process.
        return new TreeMap<>(mapping.deals()) + " " + new TreeMap<>(mapping.contacts()) + " " + zone + " "
                + policy.pipelines().stream().sorted().toList() + " " + policy.phoneRegion();
    }

    @Override
    public String toString() {
        return "Settings[" + amocrm + "]";
    }
}
