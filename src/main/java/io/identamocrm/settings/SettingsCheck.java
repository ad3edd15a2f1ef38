package io.identamocrm.settings;

import io.identamocrm.model.Explanation;
import io.identamocrm.model.Text;
import io.identamocrm.problems.BrokenFileException;
import io.identamocrm.problems.InvalidSettingsException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.camel.component.properties.DefaultPropertiesFunctionResolver;
import org.apache.camel.component.properties.PropertiesComponent;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.spi.PropertiesFunction;
import org.jspecify.annotations.Nullable;

/**
 * The settings as a whole, read before anything starts.
 *
 * @param settings as good as they could be read; with problems, only for a look at the parts without any
 * @param problems all that is wrong with them
 * @param warnings what is set and not read
 */
public record SettingsCheck(Settings settings, List<SettingProblem> problems, List<SettingProblem> warnings) {

    private static final Pattern VARIABLE = Pattern.compile("[A-Z0-9_]+");

    /**
     * Reads and checks everything.
     *
     * @throws BrokenFileException if there is no file of settings, or it cannot be read at all
     */
    public static SettingsCheck of(StartOptions options) {
        Path path = existing(options.config());
        SettingsFile file = new SettingsFile(path);
        List<SettingProblem> problems = new ArrayList<>(options.envFile().problems());
        try (DefaultCamelContext context = new DefaultCamelContext()) {
            PropertiesComponent properties = (PropertiesComponent) context.getPropertiesComponent();
            prepare(properties);
            Properties variables = new Properties();
            variables.putAll(variables(options));
            properties.setOverrideProperties(variables);
            properties.setLocation("file:" + path);
            properties.build();
            SettingsReader.Reading reading = SettingsReader.read(
                    file, name -> properties.resolveProperty(name).orElse(null));
            Set<String> asked = new HashSet<>(reading.asked());
            asked.addAll(RouteFiles.references(options.routes()));
            UnknownSettings unknown = new UnknownSettings(
                    file,
                    asked,
                    options.variables(),
                    options.envFile().variables().keySet());
            problems.addAll(reading.problems());
            problems.addAll(unknown.problems());
            problems.addAll(ofLogging(options.variables()));
            List<SettingProblem> warnings = new ArrayList<>(unknown.warnings());
            warnings.addAll(options.envFile().warnings());
            List<Path> absent = options.envFile().absentFrom();
            if (!absent.isEmpty() && problems.stream().anyMatch(SettingProblem::missing)) {
                warnings.add(SettingProblem.missing(null, ".env", SettingsText.ENV_ABSENT_REMEDY)
                        .because(SettingsText.ENV_ABSENT.with(Text.joined(
                                SettingsText.AND_NOT_IN,
                                absent.stream()
                                        .map(place -> Text.of(place.toString()))
                                        .toList()))));
            }
            return new SettingsCheck(reading.settings(), problems, warnings);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * All variables that {@code application.properties} takes, with the values that they have where nobody sets them, which may be empty.
     *
     * @throws BrokenFileException if there is no such file, or it cannot be read
     */
    public static Map<String, String> defaults(Path config) {
        return new SettingsFile(existing(config)).defaults();
    }

    private static Path existing(Path config) {
        Path path = config.resolve("application.properties");
        if (!Files.isReadable(path)) {
            throw new BrokenFileException(
                    Explanation.of(SettingsText.FILE_ABSENT.with(path), SettingsText.NAME_CONFIG_DIRECTORY));
        }
        return path;
    }

    /** How the properties of every context are read. */
    public static void prepare(PropertiesComponent properties) {
        // Properties files are Latin-1 by Java's tradition; engineers' editors write UTF-8.
        properties.setEncoding("UTF-8");
        // The variables come with the options: the demo must never see a real clinic's environment.
        properties.setEnvironmentVariableMode(PropertiesComponent.ENVIRONMENT_VARIABLES_MODE_NEVER);
        properties.setPropertiesFunctionResolver(new FunctionsApartFromVariables());
    }

    /**
     * Camel's functions in placeholders, {@code {{sys:name}}} and those that jars bring. {@code {{DB_PORT:1433}}} looks like one: without this
     * every jar of the class path would be searched for a function DB_PORT, for each setting at each start.
     */
    private static final class FunctionsApartFromVariables extends DefaultPropertiesFunctionResolver {
        @Override
        public @Nullable PropertiesFunction resolvePropertiesFunction(String name) {
            return VARIABLE.matcher(name).matches() ? null : super.resolvePropertiesFunction(name);
        }
    }

    /** The variables without those that Kubernetes sets for its Services: its REDIS_PORT is an address and not meant for us. */
    public static Map<String, String> variables(StartOptions options) {
        Map<String, String> ours = new HashMap<>(options.variables());
        ours.entrySet().removeIf(variable -> UnknownSettings.isOfKubernetes(variable.getKey(), variable.getValue()));
        return ours;
    }

    private static List<SettingProblem> ofLogging(Map<String, String> variables) {
        List<SettingProblem> problems = new ArrayList<>();
        for (String name : List.of("LOG_LEVEL", "CAMEL_LOG_LEVEL")) {
            String level = variables.getOrDefault(name, "").strip();
            if (!level.isEmpty() && !LogSettings.isLevel(level)) {
                problems.add(new SettingProblem(null, name, SettingsText.NO_LEVEL, SettingsText.LEVELS));
            }
        }
        String form = variables.getOrDefault("LOG_FORMAT", "").strip();
        if (!form.isEmpty() && !LogSettings.isForm(form)) {
            problems.add(new SettingProblem(null, "LOG_FORMAT", SettingsText.TEXT_OR_JSON, SettingsText.ONE_OF_TWO));
        }
        return problems;
    }

    /**
     * The settings, if those that matter are right.
     *
     * @param mode what is to be started with them
     * @throws InvalidSettingsException naming all that stop it
     */
    public Settings require(StartOptions.Mode mode) {
        List<Explanation> grave = new ArrayList<>();
        problems.stream()
                .filter(problem -> mode != StartOptions.Mode.FIELDS || isNeededForFields(problem))
                .map(SettingProblem::explanation)
                .forEach(grave::add);
        if (!grave.isEmpty()) {
            // A misspelt name of the process's environment is only a warning by itself.
            boolean somethingIsMissing = problems.stream().anyMatch(SettingProblem::missing);
            warnings.stream()
                    .filter(warning -> warning.missing() || somethingIsMissing && warning.isSlip())
                    .map(SettingProblem::explanation)
                    .forEach(grave::add);
            throw new InvalidSettingsException(grave);
        }
        return settings;
    }

    /** Fields are listed and made before their ids, and those of the pipelines, can be set. */
    private static boolean isNeededForFields(SettingProblem problem) {
        String property = String.valueOf(problem.property());
        return !property.startsWith("ident.")
                && !(problem.missing() && property.matches("amocrm\\.((deal|contact)-field\\..*|\\w+-pipeline-id)"));
    }
}
