package io.identamocrm.checks;

import io.identamocrm.settings.Settings;
import java.security.Security;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Encryption as SQL Servers know it that have not been updated: TLS 1.0 and 1.1, and RSA as key exchange. Java refuses both for the whole
 * process, and reads what it refuses once, at the first use of TLS.
 */
public final class OldTls {

    private static final Logger LOG = LoggerFactory.getLogger(OldTls.class);
    private static final String REFUSED = "jdk.tls.disabledAlgorithms";
    private static final String USUAL = "jdk.tls.client.protocols";
    /** What old servers need; SHA-1 signs the handshake of TLS 1.2 there. */
    private static final String NEEDED = "TLSv1|TLSv1\\.1|TLS_RSA_.*|SHA1 usage HandshakeSignature";

    private OldTls() {}

    /**
     * Allows it if the settings ask for it, to connections that name TLS versions themselves, as that with IDENT then does; all others of
     * this process keep to TLS 1.2 and 1.3. To be called before the first use of TLS.
     */
    public static void allow(Settings.Ident ident) {
        if (!ident.oldTls()) {
            return;
        }
        LOG.warn(
                "DB_OLD_TLS=yes: the connection with IDENT may use TLS 1.0, which somebody on the way there can break; have SQL Server "
                        + "updated, and take the setting away");
        Security.setProperty(
                REFUSED,
                Arrays.stream(Security.getProperty(REFUSED).split(","))
                        .map(String::strip)
                        .filter(algorithm -> !algorithm.matches(NEEDED))
                        .collect(Collectors.joining(", ")));
        if (System.getProperty(USUAL) == null) {
            System.setProperty(USUAL, "TLSv1.3,TLSv1.2");
        }
    }
}
