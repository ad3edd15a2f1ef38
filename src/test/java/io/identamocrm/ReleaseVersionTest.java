package io.identamocrm;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.module.ModuleDescriptor.Version;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whoever names the last release names the same one: the first version in the changelog, also while the next is a -SNAPSHOT. */
class ReleaseVersionTest {

    private static final Pattern IN_CHANGELOG = Pattern.compile("(?m)^## \\[(\\d+\\.\\d+\\.\\d+)]");
    private static final Pattern IN_POM =
            Pattern.compile("<artifactId>ident-amocrm</artifactId>\\s*<version>([^<]+)</version>");
    private static final Pattern TAG = Pattern.compile("newTag: (\\S+)");
    private static final Pattern ARCHIVE_OR_IMAGE = Pattern.compile("ident-amocrm[-:](\\d+\\.\\d+\\.\\d+)");

    private static List<String> versions(Pattern pattern, Path file) throws IOException {
        return pattern.matcher(Files.readString(file))
                .results()
                .map((MatchResult match) -> match.group(1))
                .distinct()
                .toList();
    }

    private static String released() throws IOException {
        return versions(IN_CHANGELOG, Path.of("CHANGELOG.md")).get(0);
    }

    static Stream<Path> overlays() throws IOException {
        try (Stream<Path> overlays = Files.list(Path.of("k8s/overlays"))) {
            return overlays.map(overlay -> overlay.resolve("kustomization.yaml")).sorted().toList().stream();
        }
    }

    @Test
    void what_is_built_is_the_last_release_or_a_snapshot() throws IOException {
        String version = versions(IN_POM, Path.of("pom.xml")).get(0);
        if (!version.endsWith("-SNAPSHOT")) {
            assertThat(version)
                    .as("pom.xml, and CHANGELOG.md after [Unreleased]")
                    .isEqualTo(released());
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("overlays")
    void an_overlay_runs_the_image_of_the_last_release(Path overlay) throws IOException {
        assertThat(versions(TAG, overlay)).as(overlay.toString()).containsExactly(released());
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"docs/kubernetes.md", "docs/kubernetes.ru.md"})
    void the_image_to_build_is_that_of_the_last_release(String page) throws IOException {
        assertThat(versions(ARCHIVE_OR_IMAGE, Path.of(page))).as(page).containsExactly(released());
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"docs/service.md", "docs/service.ru.md"})
    void the_archive_to_unpack_is_that_of_the_last_release_and_the_update_leads_to_a_later_one(String page)
            throws IOException {
        List<String> versions = versions(ARCHIVE_OR_IMAGE, Path.of(page));
        assertThat(versions).as(page).hasSize(2).startsWith(released());
        assertThat(Version.parse(versions.get(1))).as(page).isGreaterThan(Version.parse(versions.get(0)));
    }
}
