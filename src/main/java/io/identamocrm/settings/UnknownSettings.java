package io.identamocrm.settings;

import io.identamocrm.model.Text;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.commons.text.similarity.LevenshteinDistance;
import org.jspecify.annotations.Nullable;

/**
 * Finds settings that nobody reads, most of them slips of the pen. In {@code application.properties}, which is ours alone, each is a
 * problem. In {@code .env} a name that is nearly one of ours is a problem, any other that begins like ours a warning, since such files are
 * taken over from other tools. The process's environment belongs to the machine: there, all of them are warnings.
 */
final class UnknownSettings {

    /** Read by the program itself, before any file. */
    static final Set<String> OF_LOGGING = Set.of("LOG_LEVEL", "LOG_FILE", "LOG_FORMAT", "CAMEL_LOG_LEVEL");
    /** Many programs read these, so what is like them is most often meant for others. */
    private static final Set<String> OF_THE_MACHINE = Set.of("HTTPS_PROXY", "https_proxy", "NO_PROXY", "no_proxy");
    /** Camel's own settings, which camel-main checks. */
    private static final String CAMEL = "camel.";

    private static final int MOST_SLIPS = 3;
    /** What Kubernetes sets for a Service; one named redis gives a REDIS_PORT that is an address. */
    private static final Pattern SERVICE_NAME =
            Pattern.compile(".*_SERVICE_(HOST|PORT(_.*)?)|.*_PORT_\\d+_(TCP|UDP|SCTP)(_(PROTO|PORT|ADDR))?");

    private static final Pattern SERVICE_ADDRESS = Pattern.compile("(tcp|udp|sctp)://.*");

    private final List<SettingProblem> problems = new ArrayList<>();
    private final List<SettingProblem> warnings = new ArrayList<>();

    /**
     * Compares what is set with what is read.
     *
     * @param file      the settings as they are written
     * @param asked     settings that the product or the routes read
     * @param variables all environment variables
     * @param ofFile    those that come from {@code .env}
     */
    UnknownSettings(SettingsFile file, Set<String> asked, Map<String, String> variables, Set<String> ofFile) {
        Set<String> known = new HashSet<>(asked);
        known.addAll(file.referenced());
        for (String property : new TreeSet<>(file.properties())) {
            if (!known.contains(property) && !property.startsWith(CAMEL)) {
                problems.add(new SettingProblem(
                        property, null, SettingsText.NO_SETTING, remedy(property, known, SettingsText.CORRECT_LINE)));
            }
        }
        Set<String> names = new TreeSet<>(file.variables());
        names.addAll(OF_LOGGING);
        names.removeAll(OF_THE_MACHINE);
        Set<String> beginnings = names.stream()
                .filter(name -> name.contains("_"))
                .map(name -> name.substring(0, name.indexOf('_') + 1))
                .collect(Collectors.toSet());
        for (String name : new TreeSet<>(variables.keySet())) {
            boolean likeOurs = beginnings.stream().anyMatch(name::startsWith) || nearest(name, names) != null;
            if (!names.contains(name) && likeOurs && !isOfKubernetes(name, variables.get(name))) {
                boolean slip = nearest(name, names) != null;
                (slip && ofFile.contains(name) ? problems : warnings)
                        .add(new SettingProblem(
                                null,
                                name,
                                0,
                                ofFile.contains(name)
                                        ? SettingsText.UNKNOWN_IN_ENV
                                        : SettingsText.UNKNOWN_IN_ENVIRONMENT,
                                remedy(name, names, SettingsText.REMOVE_VARIABLE),
                                slip ? SettingProblem.Kind.SLIP : SettingProblem.Kind.WRONG));
            }
        }
    }

    List<SettingProblem> problems() {
        return problems;
    }

    List<SettingProblem> warnings() {
        return warnings;
    }

    private static Text remedy(String name, Collection<String> known, Text otherwise) {
        String branch = name.replaceFirst("^branch\\.(\\d+)\\..*$", "$1");
        if (!branch.equals(name) && known.contains("branches")) {
            return SettingsText.NAME_BRANCH.with(branch);
        }
        String nearest = nearest(name, known);
        return nearest == null ? otherwise : SettingsText.DID_YOU_MEAN.with(nearest);
    }

    /** The known name with the fewest slips between, or null if none is near. */
    private static @Nullable String nearest(String name, Collection<String> known) {
        int most = Math.min(MOST_SLIPS, name.length() / 4);
        LevenshteinDistance slips = new LevenshteinDistance(most);
        return known.stream()
                .filter(candidate -> slips.apply(name, candidate) >= 0)
                .min(Comparator.<String>comparingInt(candidate -> slips.apply(name, candidate))
                        .thenComparing(Comparator.naturalOrder()))
                .orElse(null);
    }

    /** True for what Kubernetes sets by itself in every container of a namespace that has Services. */
    static boolean isOfKubernetes(String name, @Nullable String value) {
        return SERVICE_NAME.matcher(name).matches()
                || name.endsWith("_PORT") && SERVICE_ADDRESS.matcher(value).matches();
    }
}
