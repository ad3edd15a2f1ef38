package io.identamocrm.settings;

import io.identamocrm.amocrm.FieldMapping;
import io.identamocrm.amocrm.HttpProxy;
import io.identamocrm.amocrm.Integration;
import io.identamocrm.model.FollowUpForm;
import io.identamocrm.model.SyncPolicy;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

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
        LocalDateTime horizon,
        boolean moveOrphaned,
        Duration watch,
        Management management,
        String fingerprintKey,
        FollowUpForm followUpForm) {

    /**
     * The service's management port.
     *
     * @param port            0 = none
     * @param jolokiaUser     null, and with it the password, if Jolokia is off
     * @param stale           how long no run of receptions may have come to its end
     * @param mostDeadLetters dead letters that are taken as usual
     */
    public record Management(
            String host, int port, String jolokiaUser, String jolokiaPassword, Duration stale, int mostDeadLetters) {
        @Override
        public String toString() {
            return "Management[" + host + ":" + port + "]";
        }
    }

    /**
     * The clinic's database.
     *
     * @param jdbcUrl its address, without login and secrets
     * @param oldTls  its server may encrypt as servers before TLS 1.2 did
     * @param secrets other properties for the driver that nobody may see
     */
    public record Ident(String jdbcUrl, String username, String password, boolean oldTls, Map<String, String> secrets) {

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
            HttpProxy proxy,
            Integration integration,
            byte[] sealKey,
            byte[] previousSealKey,
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
            String master,
            String username,
            String password,
            String sentinelPassword,
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
