package io.identamocrm.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The overlays as the real kustomize puts them together; only where kubectl or kustomize is installed. */
class KustomizeTest {

    @BeforeAll
    static void only_with_kustomize() {
        assumeTrue(
                Program.present("kubectl") || Program.present("kustomize"),
                "neither kubectl nor kustomize is installed");
    }

    private static List<Object> built(Path directory) throws IOException, InterruptedException {
        return Manifests.read(
                Program.present("kubectl")
                        ? Program.run(Path.of(""), "kubectl", "kustomize", directory.toString())
                        : Program.run(Path.of(""), "kustomize", "build", directory.toString()));
    }

    private static Deployment deployment(List<Object> objects) {
        return objects.stream()
                .filter(Deployment.class::isInstance)
                .map(Deployment.class::cast)
                .findFirst()
                .orElseThrow();
    }

    @ParameterizedTest
    @ValueSource(strings = {"k8s/base", "k8s/overlays/production", "k8s/overlays/second-clinic", "k8s/monitoring"})
    void what_kustomize_builds_has_no_unknown_field(String directory) throws IOException, InterruptedException {
        assertThat(built(Path.of(directory))).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"production", "second-clinic"})
    void the_pods_mount_the_config_maps_that_were_built_with_them(String overlay)
            throws IOException, InterruptedException {
        List<Object> objects = built(Path.of("k8s/overlays", overlay));
        List<String> names = objects.stream()
                .filter(HasMetadata.class::isInstance)
                .map(object -> ((HasMetadata) object).getMetadata().getName())
                .toList();
        assertThat(deployment(objects).getSpec().getTemplate().getSpec().getVolumes())
                .map(Volume::getConfigMap)
                .filteredOn(map -> map != null)
                .hasSize(3)
                .allSatisfy(map -> assertThat(names).contains(map.getName()));
        assertThat(objects.stream()
                        .filter(HasMetadata.class::isInstance)
                        .map(object -> ((HasMetadata) object).getMetadata())
                        .map(metadata -> metadata.getNamespace() == null ? metadata.getName() : metadata.getNamespace())
                        .distinct())
                .hasSize(1);
    }

    @Test
    void a_changed_route_rolls_the_pods(@TempDir Path copy) throws IOException, InterruptedException {
        for (String part : List.of("k8s", "routes", "config")) {
            try (Stream<Path> files = Files.walk(Path.of(part))) {
                for (Path file : files.toList()) {
                    Files.copy(file, copy.resolve(file.toString()));
                }
            }
        }
        Path overlay = copy.resolve("k8s/overlays/production");
        Deployment before = deployment(built(overlay));
        assertThat(deployment(built(overlay)).getSpec().getTemplate())
                .isEqualTo(before.getSpec().getTemplate());
        for (String edited : List.of(
                "routes/deliver.camel.yaml",
                "config/application.properties",
                "config/sql/patients.sql",
                "k8s/overlays/production/settings.env")) {
            Files.writeString(
                    copy.resolve(edited),
                    Files.readString(copy.resolve(edited)) + "\n# edited\n"
                            + (edited.endsWith(".env") ? "SYNC_BATCH_SIZE=20\n" : ""));
            Deployment after = deployment(built(overlay));
            assertThat(after.getSpec().getTemplate())
                    .as(edited)
                    .isNotEqualTo(before.getSpec().getTemplate());
            before = after;
        }
    }
}
