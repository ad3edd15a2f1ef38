package io.identamocrm.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The file {@code .env}: where it is looked for, what it says, and who may read it. */
class EnvFileTest {

    @TempDir
    private Path scratch;

    private Path directory(String name, String text) throws IOException {
        Path directory = Files.createDirectory(scratch.resolve(name));
        if (text != null) {
            Files.writeString(directory.resolve(".env"), text);
        }
        return directory;
    }

    @Test
    void the_working_directorys_file_goes_before_the_programs() throws IOException {
        Path here = directory("here", "A=1");
        Path program = directory("program", "A=2");
        Path empty = directory("empty", null);
        assertThat(EnvFile.firstIn(List.of(here, program)).variables()).containsEntry("A", "1");
        assertThat(EnvFile.firstIn(List.of(empty, program)).variables()).containsEntry("A", "2");
        assertThat(EnvFile.firstIn(List.of(empty, empty, here.resolve("none"))).absentFrom())
                .containsExactly(empty, here.resolve("none"));
    }

    @Test
    void a_value_may_begin_with_a_number_sign_and_a_remark_needs_a_space_before_it() {
        assertThat(EnvFile.parse(List.of("A=#secret", "B=se#cret # remark", "C= #x"))
                        .variables())
                .containsEntry("A", "#secret")
                .containsEntry("B", "se#cret")
                .containsEntry("C", "#x");
    }

    @Test
    void a_file_that_others_may_read_is_told() throws IOException {
        Path file = directory("here", "A=1").resolve(".env");
        assumeTrue(Files.getFileStore(file).supportsFileAttributeView("posix"));
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
        assertThat(EnvFile.read(file).warnings())
                .singleElement()
                .asString()
                .contains("other users", "chmod 600 " + file);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
        assertThat(EnvFile.read(file).warnings()).isEmpty();
    }
}
