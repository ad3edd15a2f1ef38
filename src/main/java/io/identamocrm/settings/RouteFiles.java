package io.identamocrm.settings;

import io.identamocrm.model.Explanation;
import io.identamocrm.model.Text;
import io.identamocrm.problems.BrokenFileException;
import io.identamocrm.problems.ProblemText;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.camel.FailedToCreateRouteException;
import org.apache.camel.NoSuchBeanException;
import org.apache.camel.NoSuchEndpointException;
import org.apache.camel.ResolveEndpointFailedException;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.nodes.Node;

/** The files of the routes directory, read once for all who need them: are there any, and which of them and which line broke the start. */
public final class RouteFiles {

    private static final Pattern UNKNOWN_OPTION = Pattern.compile("Unknown parameters=\\[\\{(\\w+)");
    private static final Pattern UNKNOWN_SCHEME = Pattern.compile("could be found for: (\\w+)");
    private static final Pattern UNKNOWN_PROPERTY = Pattern.compile("Property with key \\[([^\\]]+)]");

    private final Path directory;
    private final List<Path> files;
    private final RouteGraph graph;

    private RouteFiles(Path directory) {
        this.directory = directory;
        files = all(directory);
        graph = RouteGraph.of(files);
    }

    /** Reads the files of a directory. */
    public static RouteFiles of(Path directory) {
        return new RouteFiles(directory);
    }

    /**
     * Makes sure that the files are there, and lead to one another.
     *
     * @param entries names of the {@code direct:} routes that the program itself calls
     * @throws BrokenFileException naming file and line
     */
    public void requireWhole(Set<String> entries) {
        if (files.isEmpty()) {
            throw new BrokenFileException(
                    Explanation.of(SettingsText.NO_ROUTES.with(directory), SettingsText.NAME_ROUTES_DIRECTORY));
        }
        List<Explanation> faults = graph.faults(entries);
        if (!faults.isEmpty()) {
            throw new BrokenFileException(faults);
        }
    }

    /** What each file that is YAML holds, by its path. */
    public Map<Path, Node> documents() {
        return graph.documents();
    }

    private static List<Path> all(Path routes) {
        if (!Files.isDirectory(routes)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(routes)) {
            return files.filter(
                            file -> file.getFileName().toString().endsWith(".camel.yaml") && Files.isRegularFile(file))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The settings that the routes name. */
    static Set<String> references(Path routes) {
        return all(routes).stream()
                .flatMap(file -> lines(file).stream())
                .flatMap(line -> SettingsFile.references(line).stream())
                .collect(Collectors.toSet());
    }

    /** A failed start as a message with file and line, if a route file is the reason; else the failure itself. */
    public static RuntimeException explain(RuntimeException failure, Path routes) {
        String route = null;
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof MarkedYamlEngineException yaml
                    && yaml.getProblemMark().isPresent()) {
                var mark = yaml.getProblemMark().get();
                return broken(
                        Path.of(mark.getName().replaceFirst("^file:", "")),
                        mark.getLine() + 1,
                        Text.of(yaml.getProblem()));
            }
            if (cause instanceof FailedToCreateRouteException creation) {
                route = creation.getRouteId();
            }
            if (cause instanceof NoSuchBeanException bean) {
                return broken(routes, route, bean.getName(), SettingsText.NO_BEAN.with(bean.getName()));
            }
            if (cause instanceof NoSuchEndpointException endpoint) {
                String scheme = firstGroup(UNKNOWN_SCHEME, endpoint.getMessage());
                if (scheme != null) {
                    return broken(routes, route, scheme, SettingsText.NO_COMPONENT.with(scheme));
                }
            }
            if (cause instanceof ResolveEndpointFailedException endpoint) {
                String option = firstGroup(UNKNOWN_OPTION, endpoint.getMessage());
                if (option != null) {
                    return broken(routes, route, option, SettingsText.NO_OPTION.with(option));
                }
            }
            String property = firstGroup(UNKNOWN_PROPERTY, cause.getMessage());
            if (property != null) {
                return broken(routes, route, "{{" + property, SettingsText.NO_SETTING_IN_FILE.with(property));
            }
        }
        return route == null
                ? failure
                : broken(routes, route, null, SettingsText.ROUTE_BROKEN.with(rootMessage(failure)));
    }

    private static String rootMessage(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return Objects.requireNonNullElse(root.getMessage(), root.getClass().getSimpleName());
    }

    private static @Nullable String firstGroup(Pattern pattern, @Nullable String text) {
        Matcher matcher = pattern.matcher(text == null ? "" : text);
        return matcher.find() ? matcher.group(1) : null;
    }

    /** Finds the line where a word stands within a route, or the route's own line; within any route if none is named. */
    private static RuntimeException broken(Path routes, @Nullable String route, @Nullable String word, Text problem) {
        for (Path file : all(routes)) {
            List<String> lines = lines(file);
            int start = 0;
            if (route != null) {
                while (start < lines.size() && !lines.get(start).strip().equals("id: " + route)) {
                    start++;
                }
                if (start == lines.size()) {
                    continue;
                }
            }
            for (int i = start;
                    word != null
                            && i < lines.size()
                            && (i == start || !lines.get(i).startsWith("- "));
                    i++) {
                if (lines.get(i).matches(".*(?<![\\w-])" + Pattern.quote(word) + "(?![\\w-]).*")) {
                    return broken(file, i + 1, problem);
                }
            }
            if (route != null) {
                return broken(file, start + 1, problem);
            }
        }
        return broken(Text.of(routes.toString()), problem);
    }

    private static List<String> lines(Path file) {
        return text(file).lines().toList();
    }

    /**
     * What a file holds.
     *
     * @throws BrokenFileException if it cannot be read, or is not written in UTF-8
     */
    static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (CharacterCodingException e) {
            throw new BrokenFileException(
                    new Explanation(Text.of(file.toString()), SettingsText.NOT_UTF8, SettingsText.SAVE_AS_UTF8));
        } catch (IOException e) {
            throw new BrokenFileException(
                    new Explanation(Text.of(file.toString()), SettingsText.UNREADABLE, SettingsText.GIVE_RIGHT));
        }
    }

    private static BrokenFileException broken(Path file, int line, Text problem) {
        return broken(ProblemText.LINE.with(file, line), problem);
    }

    private static BrokenFileException broken(Text place, Text problem) {
        return new BrokenFileException(new Explanation(place, problem, SettingsText.UNDO_EDIT));
    }
}
