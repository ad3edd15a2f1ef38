package io.identamocrm.kubernetes;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the text of {@code /observe/metrics} offers to queries: names of metrics, their labels, and the labels' values. */
final class ExposedMetrics {

    private static final Pattern SAMPLE =
            Pattern.compile("(?<name>[a-zA-Z_:][\\w:]*)(?:\\{(?<labels>.*)})?\\s+\\S+(?:\\s+\\d+)?");
    private static final Pattern LABEL = Pattern.compile("(\\w+)=\"((?:[^\"\\\\]|\\\\.)*)\"");
    /** Labels that Prometheus puts on every sample of a pod; and what it tells of itself. */
    private static final Set<String> TARGET_LABELS =
            Set.of("namespace", "pod", "container", "service", "endpoint", "job", "instance");

    private static final Set<String> OF_PROMETHEUS = Set.of("up");

    private final Map<String, Map<String, Set<String>>> metrics = new HashMap<>();

    private ExposedMetrics() {}

    /** @param text in Prometheus' text format */
    static ExposedMetrics of(String text) {
        ExposedMetrics exposed = new ExposedMetrics();
        OF_PROMETHEUS.forEach(name -> exposed.metrics.put(name, new HashMap<>()));
        text.lines().filter(line -> !line.isBlank() && !line.startsWith("#")).forEach(exposed::add);
        return exposed;
    }

    private void add(String line) {
        Matcher sample = SAMPLE.matcher(line);
        if (!sample.matches()) {
            throw new IllegalArgumentException("no sample: " + line);
        }
        Map<String, Set<String>> labels = metrics.computeIfAbsent(sample.group("name"), name -> new HashMap<>());
        if (sample.group("labels") != null) {
            Matcher label = LABEL.matcher(sample.group("labels"));
            while (label.find()) {
                labels.computeIfAbsent(label.group(1), name -> new HashSet<>()).add(label.group(2));
            }
        }
    }

    /** Refuses a query that names a metric, a label or a label's value that is not there, and tells which. */
    void check(String query) {
        PromQuery read = PromQuery.of(query);
        if (read.selectors().isEmpty()) {
            throw new IllegalArgumentException("names no metric: " + query);
        }
        Set<String> known = new HashSet<>(TARGET_LABELS);
        for (PromQuery.Selector selector : read.selectors()) {
            Map<String, Set<String>> labels = metrics.get(selector.metric());
            if (labels == null) {
                throw new IllegalArgumentException("no metric " + selector.metric() + ": " + query);
            }
            known.addAll(labels.keySet());
            selector.labels().forEach((label, value) -> {
                if (TARGET_LABELS.contains(label)) {
                    return;
                }
                if (!labels.containsKey(label)
                        || value != null && !labels.get(label).contains(value)) {
                    throw new IllegalArgumentException(
                            selector.metric() + " has no " + label + (value == null ? "" : "=" + value) + ": " + query);
                }
            });
        }
        for (String label : read.grouped()) {
            if (!known.contains(label)) {
                throw new IllegalArgumentException("no metric of it has the label " + label + ": " + query);
            }
        }
    }
}
