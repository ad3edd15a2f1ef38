package io.identamocrm.settings;

import io.identamocrm.model.Explanation;
import io.identamocrm.model.Text;
import io.identamocrm.problems.ProblemText;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/**
 * What the route files lead to, schedules included: Camel itself notices a target that is not there, or a scheme that it does not know,
 * only when an exchange comes by, or in a route that is switched off not at all.
 */
final class RouteGraph {

    private static final String DIRECT = "direct";
    private static final Pattern SHORT = Pattern.compile(DIRECT + ":([\\w.-]+).*");
    private static final Pattern SCHEME = Pattern.compile("([a-z][a-z0-9+.-]*)(:.*)?");
    private static final String COMPONENTS = "META-INF/services/org/apache/camel/component/";

    private final Set<String> sources = new HashSet<>();
    private final Map<String, Text> targets = new TreeMap<>();
    private final Map<String, Text> routes = new HashMap<>();
    private final Set<String> configurations = new HashSet<>();
    private final Map<String, Text> configured = new TreeMap<>();
    private final List<Explanation> faults = new ArrayList<>();
    /** Schemes and whether a jar brings their component: to look means to search every jar. */
    private final Map<String, Boolean> components = new HashMap<>();

    private final Map<Path, Node> documents = new LinkedHashMap<>();
    private boolean isYaml = true;

    private RouteGraph() {}

    /** Reads all route files. */
    static RouteGraph of(List<Path> files) {
        RouteGraph graph = new RouteGraph();
        files.forEach(graph::read);
        return graph;
    }

    /** What each file that is YAML holds. */
    Map<Path, Node> documents() {
        return documents;
    }

    /**
     * What is wrong with it; if a file is no YAML at all, that is left to Camel, which says so.
     *
     * @param entries names of {@code direct:} routes that the program itself calls
     */
    List<Explanation> faults(Set<String> entries) {
        if (!isYaml) {
            return List.of();
        }
        List<Explanation> all = new ArrayList<>(faults);
        targets.forEach((target, place) -> {
            if (!sources.contains(target)) {
                all.add(new Explanation(place, SettingsText.NO_ROUTE.with(target), SettingsText.UNDO_EDIT));
            }
        });
        configured.forEach((configuration, place) -> {
            if (!configurations.contains(configuration)) {
                all.add(new Explanation(
                        place, SettingsText.NO_CONFIGURATION.with(configuration), SettingsText.UNDO_EDIT));
            }
        });
        entries.stream()
                .filter(entry -> !sources.contains(entry))
                .sorted()
                .forEach(entry ->
                        all.add(Explanation.of(SettingsText.NO_ENTRY.with(entry), SettingsText.RESTORE_ROUTES)));
        return all;
    }

    private void read(Path file) {
        try {
            Compose compose =
                    new Compose(LoadSettings.builder().setLabel(file.toString()).build());
            compose.composeString(RouteFiles.text(file))
                    .ifPresentOrElse(
                            root -> {
                                documents.put(file, root);
                                walk(root, file, false);
                            },
                            () -> faults.add(new Explanation(
                                    Text.of(file.toString()),
                                    SettingsText.ROUTE_FILE_EMPTY,
                                    SettingsText.RESTORE_ROUTES)));
        } catch (MarkedYamlEngineException e) {
            isYaml = false;
        } catch (YamlEngineException e) {
            // A character that YAML knows no place for.
            faults.add(new Explanation(
                    Text.of(file.toString()),
                    SettingsText.NO_YAML.with(String.valueOf(e.getMessage())),
                    SettingsText.UNDO_EDIT));
        }
    }

    private void walk(Node node, Path file, boolean from) {
        if (node instanceof SequenceNode sequence) {
            sequence.getValue().forEach(item -> walk(item, file, false));
        } else if (node instanceof MappingNode mapping) {
            endpoint(mapping, file, from);
            if (valueOf(mapping, "routeConfigurationId") instanceof ScalarNode named) {
                configured.putIfAbsent(named.getValue(), place(file, named));
            }
            if (valueOf(mapping, "route") instanceof MappingNode route
                    && valueOf(route, "id") instanceof ScalarNode id) {
                Text first = routes.putIfAbsent(id.getValue(), place(file, id));
                if (first != null) {
                    faults.add(new Explanation(
                            place(file, id),
                            SettingsText.ROUTE_TWICE.with(id.getValue(), first),
                            SettingsText.NAME_ROUTE_ANEW));
                }
            }
            if (valueOf(mapping, "routeConfiguration") instanceof MappingNode configuration) {
                configurations.add(text(valueOf(configuration, "id")));
            }
            for (NodeTuple entry : mapping.getValue()) {
                walk(entry.getValueNode(), file, "from".equals(text(entry.getKeyNode())));
            }
        } else if (node instanceof ScalarNode scalar) {
            Matcher direct = SHORT.matcher(scalar.getValue());
            if (direct.matches()) {
                add(direct.group(1), scalar, file, from);
            }
        }
    }

    private void endpoint(MappingNode mapping, Path file, boolean from) {
        Node uri = valueOf(mapping, "uri");
        if (uri == null || text(uri).contains("{{")) {
            return;
        }
        Matcher scheme = SCHEME.matcher(text(uri));
        if (scheme.matches() && !components.computeIfAbsent(scheme.group(1), RouteGraph::isComponent)) {
            faults.add(new Explanation(
                    place(file, uri), SettingsText.NO_COMPONENT.with(scheme.group(1)), SettingsText.UNDO_EDIT));
        }
        if (valueOf(mapping, "parameters") instanceof MappingNode parameters && DIRECT.equals(text(uri))) {
            Node name = valueOf(parameters, "name");
            if (name != null) {
                add(text(name), name, file, from);
            }
        } else if (from && SHORT.matcher(text(uri)).matches()) {
            sources.add(text(uri).substring(DIRECT.length() + 1));
        }
    }

    private static boolean isComponent(String scheme) {
        return RouteGraph.class.getClassLoader().getResource(COMPONENTS + scheme) != null;
    }

    private void add(String name, Node node, Path file, boolean from) {
        if (from) {
            sources.add(name);
        } else {
            targets.putIfAbsent(name, place(file, node));
        }
    }

    private static @Nullable Node valueOf(MappingNode mapping, String key) {
        return mapping.getValue().stream()
                .filter(entry -> key.equals(text(entry.getKeyNode())))
                .map(NodeTuple::getValueNode)
                .findFirst()
                .orElse(null);
    }

    private static String text(@Nullable Node node) {
        return node instanceof ScalarNode scalar ? scalar.getValue() : "";
    }

    private static Text place(Path file, Node node) {
        return node.getStartMark()
                .map(mark -> ProblemText.LINE.with(file, mark.getLine() + 1))
                .orElseGet(() -> Text.of(file.toString()));
    }
}
