package io.identamocrm.kubernetes;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.networking.v1.Ingress;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.openshift.api.model.monitoring.v1.PrometheusRule;
import io.fabric8.openshift.api.model.monitoring.v1.ServiceMonitor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/**
 * Reads manifests into the types of their kinds; a field that a type does not know is refused, and so is a kind that is not listed here.
 */
final class Manifests {

    private static final Map<String, Class<?>> TYPES = Map.ofEntries(
            Map.entry("v1 Namespace", Namespace.class),
            Map.entry("v1 ConfigMap", ConfigMap.class),
            Map.entry("v1 Secret", Secret.class),
            Map.entry("v1 Service", Service.class),
            Map.entry("v1 ServiceAccount", ServiceAccount.class),
            Map.entry("apps/v1 Deployment", Deployment.class),
            Map.entry("apps/v1 StatefulSet", StatefulSet.class),
            Map.entry("policy/v1 PodDisruptionBudget", PodDisruptionBudget.class),
            Map.entry("networking.k8s.io/v1 NetworkPolicy", NetworkPolicy.class),
            Map.entry("networking.k8s.io/v1 Ingress", Ingress.class),
            Map.entry("monitoring.coreos.com/v1 ServiceMonitor", ServiceMonitor.class),
            Map.entry("monitoring.coreos.com/v1 PrometheusRule", PrometheusRule.class),
            Map.entry("external-secrets.io/v1 ExternalSecret", ExternalSecret.class),
            Map.entry("kustomize.config.k8s.io/v1beta1 Kustomization", Kustomization.class),
            Map.entry("kustomize.config.k8s.io/v1alpha1 Component", Kustomization.class));

    private static final ObjectMapper STRICT = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .annotationIntrospector(new JacksonAnnotationIntrospector() {
                private static final long serialVersionUID = 1L;

                @Override
                public Boolean hasAnySetter(Annotated annotated) {
                    // The types would keep what they do not know.
                    return false;
                }
            })
            .build();

    private Manifests() {}

    /** The objects of a file, in its order. */
    static List<Object> read(Path file) throws IOException {
        return read(Files.readString(file));
    }

    /** The objects of a text of YAML documents; an {@link IllegalArgumentException} tells what does not fit. */
    static List<Object> read(String text) {
        LoaderOptions options = new LoaderOptions();
        options.setAllowDuplicateKeys(false);
        List<Object> objects = new ArrayList<>();
        for (Object document : new Yaml(new SafeConstructor(options)).loadAll(text)) {
            Map<?, ?> fields = (Map<?, ?>) document;
            String kind = fields.get("apiVersion") + " " + fields.get("kind");
            Class<?> type = TYPES.get(kind);
            if (type == null) {
                throw new IllegalArgumentException(kind + " is not among the kinds of k8s/");
            }
            objects.add(STRICT.convertValue(document, type));
        }
        return objects;
    }

    /** As the External Secrets Operator documents it; there is no published Java type. */
    record ExternalSecret(String apiVersion, String kind, Metadata metadata, Spec spec) {

        record Metadata(String name, String namespace) {}

        record Spec(String refreshInterval, Store secretStoreRef, Target target, List<Source> dataFrom) {}

        record Store(String kind, String name) {}

        record Target(String name, String creationPolicy) {}

        record Source(Extract extract) {}

        record Extract(String key) {}
    }

    /** The part of kustomize that k8s/ uses. */
    record Kustomization(
            String apiVersion,
            String kind,
            String namespace,
            List<String> resources,
            List<String> components,
            List<Generator> configMapGenerator,
            List<Image> images,
            List<Patch> patches) {

        Kustomization {
            resources = resources == null ? List.of() : resources;
            components = components == null ? List.of() : components;
            configMapGenerator = configMapGenerator == null ? List.of() : configMapGenerator;
        }

        record Generator(String name, String behavior, List<String> files, List<String> envs, Options options) {

            Generator {
                files = files == null ? List.of() : files;
                envs = envs == null ? List.of() : envs;
            }

            /** The files' paths, without the keys that may stand before them. */
            List<String> paths() {
                return files.stream()
                        .map(file -> file.substring(file.indexOf('=') + 1))
                        .toList();
            }
        }

        record Options(boolean disableNameSuffixHash, Map<String, String> labels) {}

        record Image(String name, String newName, String newTag) {}

        record Patch(Map<String, String> target, String patch) {}
    }
}
