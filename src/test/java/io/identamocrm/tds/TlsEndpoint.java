package io.identamocrm.tds;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/** A {@link TdsServer} of an empty database in a process of its own: what TLS a process allows is settled once. */
public final class TlsEndpoint {

    /** Of the key store. */
    public static final String PASSWORD = "changeit";

    private TlsEndpoint() {}

    /** Prints its port and serves until its input ends. Arguments: key store, protocols, suites or nothing; with commas. */
    public static void main(String[] arguments) throws IOException, GeneralSecurityException {
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(Path.of(arguments[0]))) {
            keys.load(in, PASSWORD.toCharArray());
        }
        KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(keys, PASSWORD.toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        TdsServer.Tls tls = new TdsServer.Tls(
                context.getSocketFactory(),
                arguments[1].split(","),
                arguments.length > 2 ? arguments[2].split(",") : null);
        try (TdsServer server = new TdsServer("jdbc:h2:mem:tls;MODE=MSSQLServer", "sa", "", tls)) {
            System.out.println(server.port());
            while (System.in.read() >= 0) {
                // Whoever started it is still there.
            }
        }
    }
}
