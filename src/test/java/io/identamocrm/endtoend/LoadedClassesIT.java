package io.identamocrm.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.identamocrm.clinic.SampleClinic;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Commands for which people wait load nothing of what only a service needs. */
class LoadedClassesIT {

    @TempDir
    private Path scratch;

    @RegisterExtension
    private final Installation installation = Installation.beside(() -> SampleClinic.inFile(scratch.resolve("ident")));

    /** Of camel-mail, Camel reads the list of its converters wherever it reads settings: nine small classes. */
    @ParameterizedTest
    @CsvSource(textBlock = """
            --help,                        org.apache.camel.component.mail
            stats,                         org.apache.camel.component.mail.MailComponent
            fields,                        org.apache.camel.component.mail.MailComponent
            """)
    void none_but_a_service_loads_a_class_of_alerts(String command, String ofMail) throws Exception {
        Path loaded = scratch.resolve("loaded");
        installation.with("ALERT_WEBHOOK_URL", "http://127.0.0.1:1/hook");
        List<String> logging = List.of("-Xlog:class+load:file=" + loaded);
        Process process = ProductProcess.command(Path.of(""), scratch, installation.variables(), logging, command)
                .redirectErrorStream(true)
                .redirectOutput(scratch.resolve("out").toFile())
                .start();
        assertThat(process.waitFor())
                .as(Files.readString(scratch.resolve("out")))
                .isZero();
        assertThat(Files.readString(loaded))
                .contains("io.identamocrm.cli.Commands")
                .doesNotContain("io.identamocrm.alerts.", "jakarta.mail.Transport", ofMail);
    }
}
