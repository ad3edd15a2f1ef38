package io.identamocrm.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.identamocrm.checks.OldTls;
import io.identamocrm.settings.Settings;
import io.identamocrm.tds.TlsEndpoint;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Security;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** SQL Servers that encrypt as before TLS 1.2, each in a process of its own as the product: a process settles once what it allows. */
class OldTlsIT {

    private static final String REFUSED = "jdk.tls.disabledAlgorithms";
    private static final String RSA_ALONE = "TLS_RSA_WITH_AES_256_GCM_SHA384,TLS_RSA_WITH_AES_128_GCM_SHA256,"
            + "TLS_RSA_WITH_AES_256_CBC_SHA256,TLS_RSA_WITH_AES_128_CBC_SHA256,TLS_RSA_WITH_AES_256_CBC_SHA,TLS_RSA_WITH_AES_128_CBC_SHA";

    /** All that a test of the database needs besides its address. */
    private final Map<String, String> variables = new HashMap<>(Map.of(
            "DB_USERNAME",
            "reader",
            "DB_PASSWORD",
            "any",
            "AMOCRM_SUBDOMAIN",
            "clinic",
            "AMOCRM_ACCESS_TOKEN",
            "none",
            "AMOCRM_PRIMARY_PIPELINE_ID",
            "1",
            "AMOCRM_SECONDARY_PIPELINE_ID",
            "2",
            "AMOCRM_DEAL_FIELD_RECEPTION_ID",
            "1",
            "AMOCRM_CONTACT_FIELD_PATIENT_ID",
            "2"));

    private final List<Process> processes = new ArrayList<>();

    @TempDir
    private static Path directory;

    @BeforeAll
    static void makeKeys() throws IOException, InterruptedException {
        Process keytool = new ProcessBuilder(
                        binary("keytool"),
                        "-genkeypair",
                        "-alias",
                        "sql",
                        "-keyalg",
                        "RSA",
                        "-keysize",
                        "2048",
                        "-dname",
                        "CN=SSL_Self_Signed_Fallback",
                        "-storetype",
                        "PKCS12",
                        "-storepass",
                        TlsEndpoint.PASSWORD,
                        "-keystore",
                        directory.resolve("keys").toString())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        assertThat(keytool.waitFor()).isZero();
    }

    @AfterEach
    void stop() {
        processes.forEach(process -> process.destroyForcibly().onExit().join());
    }

    private static String binary(String name) {
        return Path.of(System.getProperty("java.home"), "bin", name).toString();
    }

    /** What Java refuses from version 24 on; older ones are told to. */
    private static String refusedByNewJava() {
        return Security.getProperty(REFUSED) + ", " + RSA_ALONE.replace(",", ", ");
    }

    private static Path security(String refused) throws IOException {
        return Files.writeString(Files.createTempFile(directory, "java", ".security"), REFUSED + "=" + refused);
    }

    private Process started(ProcessBuilder builder) throws IOException {
        Process process = builder.redirectError(ProcessBuilder.Redirect.DISCARD).start();
        processes.add(process);
        return process;
    }

    /** A class of ours, in a JVM that refuses what this one is told to. */
    private Process java(String refused, String... arguments) throws IOException {
        return started(new ProcessBuilder(Stream.concat(
                        Stream.of(
                                binary("java"),
                                "-Xmx128m",
                                "-XX:TieredStopAtLevel=1",
                                "-Djava.security.properties=" + security(refused),
                                "-cp",
                                System.getProperty("java.class.path")),
                        Stream.of(arguments))
                .toList()));
    }

    /** What {@code test-db} says where Java refuses what new ones do. */
    private String testDb() throws IOException {
        String security = "-Djava.security.properties=" + security(refusedByNewJava());
        return output(started(ProductProcess.command(Path.of(""), directory, variables, List.of(security), "test-db")));
    }

    private static String output(Process process) throws IOException {
        return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    private String server(String... tls) throws IOException {
        Process server = java(
                "NULL",
                Stream.concat(
                                Stream.of(
                                        TlsEndpoint.class.getName(),
                                        directory.resolve("keys").toString()),
                                Stream.of(tls))
                        .toArray(String[]::new));
        return new BufferedReader(new InputStreamReader(server.getInputStream(), StandardCharsets.UTF_8)).readLine();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"TLSv1 | yes |", "TLSv1 | no |", "TLSv1.2 | yes | " + RSA_ALONE})
    void an_old_server_is_told_with_both_remedies_and_can_be_allowed(String protocol, String encrypt, String suites)
            throws IOException {
        String port = suites == null ? server(protocol) : server(protocol, suites);
        variables.putAll(Map.of("DB_SERVER", "127.0.0.1", "DB_PORT", port, "DB_ENCRYPT", encrypt));
        String refused = testDb();
        assertThat(refused).contains("encryption that is too old", "update of SQL Server", "DB_OLD_TLS=yes");
        variables.put("DB_OLD_TLS", "yes");
        String allowed = testDb();
        assertThat(allowed)
                .as("the empty database has been read")
                .contains("IDENT has no table Receptions")
                .doesNotContain("too old");
    }

    @Test
    void all_other_connections_keep_to_new_versions() throws IOException {
        assertThat(output(java(refusedByNewJava(), OldTlsIT.class.getName())))
                .contains("others [TLSv1.3, TLSv1.2]")
                .containsPattern("IDENT \\[.*TLSv1(,|])");
    }

    /** Prints what connections of this process offer by themselves, and what that with IDENT does. */
    public static void main(String[] arguments) throws GeneralSecurityException {
        OldTls.allow(new Settings.Ident("jdbc:sqlserver://localhost", null, null, true));
        System.out.println("others "
                + List.of(SSLContext.getDefault().getDefaultSSLParameters().getProtocols()));
        SSLContext ident = SSLContext.getInstance("TLSv1.2");
        ident.init(null, null, null);
        System.out.println("IDENT " + List.of(ident.getDefaultSSLParameters().getProtocols()));
    }
}
