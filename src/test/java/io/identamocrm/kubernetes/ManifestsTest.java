package io.identamocrm.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerPort;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.Probe;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretKeySelector;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.networking.v1.Ingress;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPeer;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.openshift.api.model.monitoring.v1.ServiceMonitor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The manifests of k8s/ fit Kubernetes, each other, the image and the product. */
class ManifestsTest {

    private static final String SECRET = "ident-amocrm-secrets";

    /** Variables that the launcher or the logging takes, not {@code config/application.properties}. */
    private static final Set<String> OTHER_VARIABLES =
            Set.of("LOG_FORMAT", "LOG_FILE", "LOG_LEVEL", "CAMEL_LOG_LEVEL", "JAVA_OPTS");

    static List<Path> files() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("k8s"))) {
            return files.filter(file -> file.toString().endsWith(".yaml"))
                    .sorted()
                    .toList();
        }
    }

    static List<Path> overlays() throws IOException {
        try (Stream<Path> overlays = Files.list(Path.of("k8s/overlays"))) {
            return overlays.sorted().toList();
        }
    }

    @ParameterizedTest
    @MethodSource("files")
    void a_manifest_has_no_field_that_kubernetes_does_not_know(Path file) throws IOException {
        assertThat(Manifests.read(file)).isNotEmpty();
    }

    @Test
    void a_misspelled_field_would_be_found_at_any_depth() throws IOException {
        String deployment = Files.readString(Path.of("k8s/base/deployment.yaml"));
        for (String field : List.of(
                "replicas",
                "maxSurge",
                "terminationGracePeriodSeconds",
                "failureThreshold",
                "subPath",
                "drop",
                "sizeLimit")) {
            assertThatThrownBy(() -> Manifests.read(deployment.replace(field + ":", field + "s:")))
                    .as(field)
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining(field + "s");
        }
    }

    @Test
    void every_manifest_is_part_of_an_overlay_or_is_applied_by_itself() throws IOException {
        Set<Path> used = new HashSet<>(Overlay.of(Path.of("k8s/monitoring")).files());
        for (Path overlay : overlays()) {
            used.addAll(Overlay.of(overlay).files());
        }
        used.add(Path.of("k8s/secret.example.yaml"));
        assertThat(used).containsAll(files());
    }

    @Test
    void routes_and_settings_of_the_pods_are_the_files_of_the_repository_all_of_them() throws IOException {
        Map<String, Set<String>> maps = Overlay.of(Path.of("k8s/base")).configMaps();
        assertThat(maps.get("ident-amocrm-routes")).isEqualTo(names("routes"));
        assertThat(maps.get("ident-amocrm-config")).isEqualTo(names("config"));
        assertThat(maps.get("ident-amocrm-sql")).isEqualTo(names("config/sql"));
    }

    private static Set<String> names(String directory) throws IOException {
        try (Stream<Path> files = Files.list(Path.of(directory))) {
            return files.filter(file -> Files.isRegularFile(file) && !file.endsWith("kustomization.yaml"))
                    .map(file -> file.getFileName().toString())
                    .collect(Collectors.toCollection(TreeSet::new));
        }
    }

    @ParameterizedTest
    @MethodSource("overlays")
    void a_pod_mounts_what_there_is_where_the_image_looks_for_it(Path directory) throws IOException {
        Overlay overlay = Overlay.of(directory);
        String home = imageHome();
        for (PodTemplateSpec pod : overlay.pods()) {
            Map<String, Volume> volumes =
                    pod.getSpec().getVolumes().stream().collect(Collectors.toMap(Volume::getName, volume -> volume));
            volumes.values().stream()
                    .filter(volume -> volume.getConfigMap() != null)
                    .forEach(volume -> assertThat(overlay.configMaps())
                            .containsKey(volume.getConfigMap().getName()));
            for (VolumeMount mount : container(pod).getVolumeMounts()) {
                Volume volume = volumes.get(mount.getName());
                if (volume == null) {
                    assertThat(claims(overlay)).contains(mount.getName());
                } else if (volume.getConfigMap() != null) {
                    assertThat(mount.getMountPath()).startsWith(home + "/");
                    Path there = Path.of(mount.getMountPath().substring(home.length() + 1));
                    assertThat(there)
                            .as("in the repository, and so in the image")
                            .exists();
                    if (mount.getSubPath() != null) {
                        assertThat(overlay.configMaps()
                                        .get(volume.getConfigMap().getName()))
                                .contains(mount.getSubPath());
                        assertThat(there.getFileName()).hasToString(mount.getSubPath());
                    }
                }
            }
        }
    }

    private static Set<String> claims(Overlay overlay) {
        return overlay.all(StatefulSet.class).stream()
                .flatMap(set -> set.getSpec().getVolumeClaimTemplates().stream())
                .map(claim -> claim.getMetadata().getName())
                .collect(Collectors.toSet());
    }

    private static String imageHome() throws IOException {
        Matcher directories =
                Pattern.compile("(?m)^WORKDIR (/opt/\\S+)$").matcher(Files.readString(Path.of("Dockerfile")));
        assertThat(directories.find()).isTrue();
        return directories.group(1);
    }

    private static Container container(PodTemplateSpec pod) {
        assertThat(pod.getSpec().getContainers()).hasSize(1);
        return pod.getSpec().getContainers().get(0);
    }

    @ParameterizedTest
    @MethodSource("overlays")
    void what_selects_pods_finds_them_and_their_ports(Path directory) throws IOException {
        Overlay overlay = Overlay.of(directory);
        for (Deployment deployment : overlay.all(Deployment.class)) {
            assertSelects(
                    deployment.getSpec().getSelector().getMatchLabels(),
                    List.of(deployment.getSpec().getTemplate()));
            PodSpec pod = deployment.getSpec().getTemplate().getSpec();
            pod.getTopologySpreadConstraints()
                    .forEach(spread -> assertSelects(spread.getLabelSelector().getMatchLabels(), overlay.pods()));
            pod.getAffinity()
                    .getPodAntiAffinity()
                    .getPreferredDuringSchedulingIgnoredDuringExecution()
                    .forEach(apart -> assertSelects(
                            apart.getPodAffinityTerm().getLabelSelector().getMatchLabels(), overlay.pods()));
            assertThat(overlay.all(ServiceAccount.class))
                    .extracting(account -> account.getMetadata().getName())
                    .contains(pod.getServiceAccountName());
        }
        for (StatefulSet set : overlay.all(StatefulSet.class)) {
            assertSelects(
                    set.getSpec().getSelector().getMatchLabels(),
                    List.of(set.getSpec().getTemplate()));
            assertThat(overlay.all(Service.class))
                    .extracting(service -> service.getMetadata().getName())
                    .contains(set.getSpec().getServiceName());
        }
        for (PodDisruptionBudget budget : overlay.all(PodDisruptionBudget.class)) {
            assertSelects(budget.getSpec().getSelector().getMatchLabels(), overlay.pods());
        }
        for (Service service : overlay.all(Service.class)) {
            Set<String> ports = assertSelects(service.getSpec().getSelector(), overlay.pods());
            service.getSpec()
                    .getPorts()
                    .forEach(port ->
                            assertThat(ports).contains(port.getTargetPort().getStrVal()));
        }
        for (NetworkPolicy policy : overlay.all(NetworkPolicy.class)) {
            Set<String> ports = assertSelects(policy.getSpec().getPodSelector().getMatchLabels(), overlay.pods());
            policy.getSpec().getIngress().forEach(way -> {
                way.getPorts()
                        .forEach(port ->
                                assertThat(ports).contains(port.getPort().getStrVal()));
                way.getFrom().stream()
                        .map(NetworkPolicyPeer::getPodSelector)
                        .filter(Objects::nonNull)
                        .forEach(from -> assertSelects(from.getMatchLabels(), overlay.pods()));
            });
        }
        for (ServiceMonitor monitor : overlay.all(ServiceMonitor.class)) {
            List<Service> services = overlay.all(Service.class).stream()
                    .filter(service -> service.getMetadata().getLabels() != null
                            && service.getMetadata()
                                    .getLabels()
                                    .entrySet()
                                    .containsAll(monitor.getSpec()
                                            .getSelector()
                                            .getMatchLabels()
                                            .entrySet()))
                    .toList();
            assertThat(services).hasSize(1);
            monitor.getSpec()
                    .getEndpoints()
                    .forEach(endpoint -> assertThat(services.get(0).getSpec().getPorts())
                            .extracting(port -> port.getName())
                            .contains(endpoint.getPort()));
        }
    }

    @Test
    void an_ingress_leads_to_the_console_only_over_tls_and_after_a_sign_in() throws IOException {
        Overlay overlay = Overlay.of(Path.of("k8s/overlays/production"));
        assertThat(overlay.all(Ingress.class)).singleElement().satisfies(ingress -> {
            assertThat(ingress.getMetadata().getAnnotations()).containsKey("nginx.ingress.kubernetes.io/auth-url");
            assertThat(ingress.getSpec().getTls()).isNotEmpty();
            ingress.getSpec()
                    .getRules()
                    .forEach(rule -> rule.getHttp().getPaths().forEach(path -> {
                        assertThat(path.getPath() + " " + path.getPathType())
                                .isIn("/ Exact", "/console Prefix", "/api Prefix");
                        Service service = overlay.all(Service.class).stream()
                                .filter(one -> one.getMetadata()
                                        .getName()
                                        .equals(path.getBackend().getService().getName()))
                                .findFirst()
                                .orElseThrow();
                        assertThat(service.getSpec().getPorts())
                                .extracting(port -> port.getName())
                                .contains(
                                        path.getBackend().getService().getPort().getName());
                    }));
        });
    }

    /** Exactly one kind of pod has the labels; its ports' names are returned. */
    private static Set<String> assertSelects(Map<String, String> labels, List<PodTemplateSpec> pods) {
        List<PodTemplateSpec> selected = pods.stream()
                .filter(pod -> pod.getMetadata().getLabels().entrySet().containsAll(labels.entrySet()))
                .toList();
        assertThat(selected).as("pods with " + labels).hasSize(1);
        return container(selected.get(0)).getPorts().stream()
                .map(ContainerPort::getName)
                .collect(Collectors.toSet());
    }

    @ParameterizedTest
    @MethodSource("overlays")
    void probes_ask_ports_that_the_container_has(Path directory) throws IOException {
        for (PodTemplateSpec pod : Overlay.of(directory).pods()) {
            Container container = container(pod);
            Set<String> ports =
                    container.getPorts().stream().map(ContainerPort::getName).collect(Collectors.toSet());
            List<IntOrString> asked = new ArrayList<>();
            for (Probe probe :
                    List.of(container.getStartupProbe(), container.getLivenessProbe(), container.getReadinessProbe())) {
                if (probe.getHttpGet() != null) {
                    asked.add(probe.getHttpGet().getPort());
                } else if (probe.getTcpSocket() != null) {
                    asked.add(probe.getTcpSocket().getPort());
                }
            }
            assertThat(asked).isNotEmpty().allSatisfy(port -> assertThat(ports).contains(port.getStrVal()));
        }
    }

    @ParameterizedTest
    @MethodSource("overlays")
    void every_pod_keeps_to_the_restricted_profile_and_writes_to_volumes_only(Path directory) throws IOException {
        assertThat(Overlay.of(directory).pods()).isNotEmpty().allSatisfy(pod -> {
            PodSpec spec = pod.getSpec();
            assertThat(spec.getSecurityContext().getRunAsNonRoot()).isTrue();
            assertThat(spec.getSecurityContext().getSeccompProfile().getType()).isEqualTo("RuntimeDefault");
            assertThat(spec.getAutomountServiceAccountToken()).isFalse();
            assertThat(spec.getHostNetwork()).isNull();
            assertThat(spec.getHostPID()).isNull();
            assertThat(spec.getVolumes())
                    .allSatisfy(volume -> assertThat(volume.getHostPath()).isNull());
            Container container = container(pod);
            assertThat(container.getSecurityContext().getAllowPrivilegeEscalation())
                    .isFalse();
            assertThat(container.getSecurityContext().getReadOnlyRootFilesystem())
                    .isTrue();
            assertThat(container.getSecurityContext().getCapabilities().getDrop())
                    .containsExactly("ALL");
            assertThat(container.getSecurityContext().getCapabilities().getAdd())
                    .isEmpty();
            assertThat(container.getResources().getRequests()).containsKeys("cpu", "memory");
            assertThat(container.getResources().getLimits()).containsKey("memory");
        });
    }

    @Test
    void a_pod_may_take_longer_to_stop_than_the_service_does() throws IOException {
        Deployment deployment =
                Overlay.of(Path.of("k8s/base")).all(Deployment.class).get(0);
        long shutdown = Long.parseLong(properties().getProperty("camel.main.shutdown-timeout"));
        assertThat(deployment.getSpec().getTemplate().getSpec().getTerminationGracePeriodSeconds())
                .isGreaterThanOrEqualTo(shutdown + 20);
    }

    @ParameterizedTest
    @MethodSource("overlays")
    void settings_are_variables_that_the_product_knows_and_none_is_a_secret(Path directory) throws IOException {
        Overlay overlay = Overlay.of(directory);
        Set<String> secrets = template().getStringData().keySet();
        assertThat(variables()).containsAll(overlay.settings().keySet());
        assertThat(overlay.settings().keySet())
                .doesNotContainAnyElementsOf(secrets)
                .noneMatch(name -> name.matches(".*(PASSWORD|TOKEN|SECRET|ENCRYPTION_KEY).*"));
    }

    @ParameterizedTest
    @MethodSource("overlays")
    void every_secret_that_a_pod_names_is_the_one_of_the_template(Path directory) throws IOException {
        Set<String> keys = template().getStringData().keySet();
        assertThat(variables()).containsAll(keys);
        Overlay overlay = Overlay.of(directory);
        overlay.pods().stream().map(ManifestsTest::container).forEach(container -> {
            container.getEnvFrom().forEach(source -> {
                if (source.getSecretRef() != null) {
                    assertThat(source.getSecretRef().getName()).isEqualTo(SECRET);
                } else {
                    assertThat(overlay.configMaps())
                            .containsKey(source.getConfigMapRef().getName());
                }
            });
            container.getEnv().forEach(variable -> {
                SecretKeySelector secret = variable.getValueFrom().getSecretKeyRef();
                assertThat(secret.getName()).isEqualTo(SECRET);
                assertThat(keys).contains(secret.getKey());
            });
        });
        assertThat(overlay.all(Manifests.ExternalSecret.class))
                .allSatisfy(secret -> assertThat(secret.spec().target().name()).isEqualTo(SECRET));
    }

    @Test
    void the_template_holds_no_secret() throws IOException {
        assertThat(template().getMetadata().getName()).isEqualTo(SECRET);
        template().getStringData().forEach((key, value) -> {
            if (!key.matches("DB_USERNAME|JOLOKIA_USER")) {
                assertThat(value).as(key).isEqualTo("…");
            }
        });
    }

    private static Secret template() throws IOException {
        return (Secret) Manifests.read(Path.of("k8s/secret.example.yaml")).get(0);
    }

    private static Set<String> variables() throws IOException {
        Set<String> variables = new HashSet<>(OTHER_VARIABLES);
        for (Object value : properties().values()) {
            Matcher names = Pattern.compile("\\{\\{([A-Z_]+):").matcher(value.toString());
            while (names.find()) {
                variables.add(names.group(1));
            }
        }
        return variables;
    }

    private static Properties properties() throws IOException {
        Properties properties = new Properties();
        try (var text = Files.newBufferedReader(Path.of("config/application.properties"))) {
            properties.load(text);
        }
        return properties;
    }
}
