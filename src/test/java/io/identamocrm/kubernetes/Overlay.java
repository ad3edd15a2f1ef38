package io.identamocrm.kubernetes;

import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.identamocrm.kubernetes.Manifests.Kustomization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/** What a directory with a kustomization brings together, before patches: without kustomize, so that every machine can check it. */
final class Overlay {

    private final List<Object> objects = new ArrayList<>();
    private final Map<String, Set<String>> configMaps = new TreeMap<>();
    private final Map<String, String> settings = new LinkedHashMap<>();
    private final Set<Path> files = new TreeSet<>();

    private Overlay() {}

    static Overlay of(Path directory) throws IOException {
        Overlay overlay = new Overlay();
        overlay.add(directory.normalize());
        return overlay;
    }

    private void add(Path directory) throws IOException {
        Path file = directory.resolve("kustomization.yaml");
        files.add(file);
        Kustomization kustomization = (Kustomization) Manifests.read(file).get(0);
        for (String name : Stream.concat(kustomization.resources().stream(), kustomization.components().stream())
                .toList()) {
            Path resource = directory.resolve(name).normalize();
            if (Files.isDirectory(resource)) {
                add(resource);
            } else {
                take(directory, resource);
                objects.addAll(Manifests.read(resource));
            }
        }
        for (Kustomization.Generator generator : kustomization.configMapGenerator()) {
            Set<String> keys = configMaps.computeIfAbsent(generator.name(), name -> new TreeSet<>());
            for (String path : generator.paths()) {
                Path source = directory.resolve(path).normalize();
                take(directory, source);
                keys.add(source.getFileName().toString());
            }
            for (String path : generator.envs()) {
                Path source = directory.resolve(path).normalize();
                take(directory, source);
                for (String line : Files.readAllLines(source)) {
                    if (!line.isBlank() && !line.startsWith("#")) {
                        settings.put(line.substring(0, line.indexOf('=')), line.substring(line.indexOf('=') + 1));
                    }
                }
                keys.addAll(settings.keySet());
            }
        }
    }

    private void take(Path directory, Path file) {
        if (!file.startsWith(directory)) {
            throw new IllegalArgumentException(
                    directory + " takes the file " + file + ", which kustomize forbids: it lies outside");
        }
        if (!Files.isRegularFile(file)) {
            throw new IllegalArgumentException(directory + " names " + file + ", which is not there");
        }
        files.add(file);
    }

    /** Every file that plays a part, kustomizations too. */
    Set<Path> files() {
        return files;
    }

    /** The keys of each generated ConfigMap. */
    Map<String, Set<String>> configMaps() {
        return configMaps;
    }

    /** The clinic's settings: variables of the pods that are no secrets. */
    Map<String, String> settings() {
        return settings;
    }

    <T> List<T> all(Class<T> type) {
        return objects.stream().filter(type::isInstance).map(type::cast).toList();
    }

    List<PodTemplateSpec> pods() {
        return Stream.concat(
                        all(Deployment.class).stream()
                                .map(deployment -> deployment.getSpec().getTemplate()),
                        all(StatefulSet.class).stream().map(set -> set.getSpec().getTemplate()))
                .toList();
    }
}
