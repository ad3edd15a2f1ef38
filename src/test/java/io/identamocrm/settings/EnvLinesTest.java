package io.identamocrm.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EnvLinesTest {

    @Provide
    Arbitrary<String> values() {
        return Arbitraries.oneOf(
                Arbitraries.strings().ofMaxLength(20),
                Arbitraries.strings().withChars("'\"\\#$` =abЖ{}").ofMaxLength(12));
    }

    @Property
    void what_is_written_is_read_back(@ForAll("values") String value) {
        Assume.that(EnvLines.isWritable(value));
        EnvFile read = EnvFile.parse(List.of(EnvLines.line("NAME", value)));
        assertThat(read.problems()).isEmpty();
        assertThat(read.variables()).isEqualTo(Map.of("NAME", value));
    }

    @Property(tries = 200)
    void other_lines_stay_as_they_are(@ForAll("values") String value, @ForAll("values") String other) {
        Assume.that(EnvLines.isWritable(value) && EnvLines.isWritable(other) && !value.isEmpty());
        List<String> lines = List.of("# remark", EnvLines.line("A", other), "", "export B=1 # why", "B=2", "C=3");
        List<String> changed = EnvLines.changed(lines, new LinkedHashMap<>(Map.of("B", value, "C", "", "D", value)));
        assertThat(changed)
                .startsWith("# remark", EnvLines.line("A", other), "", EnvLines.line("B", value))
                .hasSize(5);
        assertThat(EnvFile.parse(changed).variables()).isEqualTo(Map.of("A", other, "B", value, "D", value));
    }

    @Test
    void a_shell_reads_the_same() throws IOException, InterruptedException {
        String value = "it's \"$HOME\" `x` \\ #1";
        Process shell = new ProcessBuilder("sh", "-c", EnvLines.line("NAME", value) + "; printf %s \"$NAME\"").start();
        assertThat(new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                .isEqualTo(value);
        assertThat(shell.waitFor()).isZero();
    }

    @Test
    void what_no_line_can_hold_is_refused() {
        assertThatThrownBy(() -> EnvLines.line("NAME", "secret\nagain"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageNotContaining("secret");
    }

    @Test
    void only_the_owner_may_read_the_file_and_a_link_stays_one(@TempDir Path scratch) throws IOException {
        Path real = Files.writeString(scratch.resolve("real"), "A=1\n");
        Path link = Files.createSymbolicLink(scratch.resolve(".env"), real);
        EnvLines.change(link, Map.of("B", "2"));
        assertThat(Files.isSymbolicLink(link)).isTrue();
        assertThat(Files.readString(real)).isEqualTo("A=1\nB=2\n");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(real)))
                .isEqualTo("rw-------");
    }
}
