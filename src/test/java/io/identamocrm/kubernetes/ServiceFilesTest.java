package io.identamocrm.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.identamocrm.problems.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import org.w3c.dom.NodeList;

/** The files by which machines without Kubernetes start the program: systemd's unit and that of the wrapper for Windows. */
class ServiceFilesTest {

    private static final Path UNIT = Path.of("deploy/systemd/ident-amocrm.service");
    private static final Path WRAPPER = Path.of("deploy/windows/ident-amocrm-service.xml");
    /** A stop takes so long at most, seconds. */
    private static final int STOP = 10;

    @TempDir
    private Path scratch;

    private static Map<String, String> unit() throws Exception {
        Map<String, String> lines = new TreeMap<>();
        for (String line : Files.readAllLines(UNIT)) {
            if (line.matches("\\w+=.*")) {
                lines.put(line.substring(0, line.indexOf('=')), line.substring(line.indexOf('=') + 1));
            }
        }
        return lines;
    }

    private static Document xml(Path file) throws Exception {
        return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(file.toFile());
    }

    private static List<String> texts(Document document, String element) {
        NodeList nodes = document.getElementsByTagName(element);
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < nodes.getLength(); i++) {
            texts.add(nodes.item(i).getTextContent().strip());
        }
        return texts;
    }

    @Test
    void systemd_has_nothing_to_say_against_the_unit() throws Exception {
        assumeTrue(Program.present("systemd-analyze"), "systemd-analyze is not installed");
        Path copy = scratch.resolve(UNIT.getFileName());
        Path launcher = Path.of("ident-amocrm").toAbsolutePath();
        Files.writeString(copy, Files.readString(UNIT).replace("/opt/ident-amocrm/ident-amocrm ", launcher + " "));
        Path said = scratch.resolve("said");
        Process verify = new ProcessBuilder("systemd-analyze", "verify", "--man=no", copy.toString())
                .redirectErrorStream(true)
                .redirectOutput(said.toFile())
                .start();
        assertThat(verify.waitFor()).as(() -> contentOf(said)).isZero();
        assertThat(said).content().isEmpty();
    }

    private static String contentOf(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            return e.toString();
        }
    }

    @Test
    void what_another_start_does_not_cure_is_not_started_again_and_what_passes_is() throws Exception {
        Map<String, String> unit = unit();
        assertThat(unit)
                .containsEntry("Restart", "on-failure")
                .containsEntry("StartLimitIntervalSec", "0")
                .containsEntry("RestartPreventExitStatus", Problem.WRONG_SETUP + " " + Problem.NOT_AUTHORISED);
        assertThat(Integer.parseInt(unit.get("TimeoutStopSec"))).isGreaterThan(STOP);
    }

    @Test
    void the_service_may_write_its_own_directory_only_and_its_jvm_may_compile() throws Exception {
        Map<String, String> unit = unit();
        assertThat(unit)
                .containsEntry("ProtectSystem", "strict")
                .containsEntry("NoNewPrivileges", "yes")
                .containsEntry("PrivateTmp", "yes")
                .containsEntry("CapabilityBoundingSet", "")
                .containsEntry("User", "ident-amocrm")
                .doesNotContainKey("MemoryDenyWriteExecute");
        assertThat(unit.get("ReadWritePaths"))
                .isEqualTo(unit.get("WorkingDirectory"))
                .isEqualTo("/var/lib/" + unit.get("StateDirectory"));
    }

    @Test
    void the_wrapper_on_windows_starts_what_the_launcher_there_starts_and_gives_it_time_to_stop() throws Exception {
        Document wrapper = xml(WRAPPER);
        List<String> arguments =
                Arrays.asList(texts(wrapper, "arguments").get(0).split(" "));
        String launcher = Files.readString(Path.of("ident-amocrm.cmd"));
        List<String> always = launcher.lines()
                .filter(line -> line.startsWith("set \"options="))
                .flatMap(line -> Pattern.compile("-[XD][^ \"]+").matcher(line).results())
                .map(MatchResult::group)
                .toList();
        assertThat(always).hasSizeGreaterThan(5);
        assertThat(arguments)
                .containsAll(always)
                .contains("\"-Dident-amocrm.home=%BASE%\"", "\"%BASE%\\app\\ident-amocrm.jar\"")
                .endsWith("io.identamocrm.App", "service");
        assertThat(texts(wrapper, "workingdirectory")).containsExactly("%BASE%");
        assertThat(Integer.parseInt(texts(wrapper, "stoptimeout").get(0).replace(" sec", "")))
                .isGreaterThan(STOP);
    }

    @Test
    void what_the_launcher_on_windows_adds_for_later_javas_is_in_the_documents() throws Exception {
        String added = Files.readString(Path.of("ident-amocrm.cmd"))
                .lines()
                .filter(line -> line.contains("GEQ 24"))
                .flatMap(line ->
                        Pattern.compile("--[a-z-]+=[A-Za-z-]+").matcher(line).results())
                .map(MatchResult::group)
                .collect(Collectors.joining(" "));
        assertThat(added).isNotEmpty();
        for (String document : List.of("docs/service.md", "docs/service.ru.md")) {
            assertThat(Path.of(document)).content().contains("`" + added + "`");
        }
    }

    @Test
    void a_release_brings_both_and_all_documents() throws Exception {
        Document release = xml(Path.of("src/main/assembly/release.xml"));
        assertThat(texts(release, "include")).contains("deploy/systemd/**", "docs/**", "*.md");
        assertThat(texts(release, "source")).contains("${project.basedir}/" + WRAPPER);
    }
}
