package io.identamocrm.cli;

import io.identamocrm.model.Text;
import java.io.PrintWriter;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.apache.commons.text.similarity.LevenshteinDistance;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** A wrong command line as people are told of it: one line with what is wrong, the nearest right word, and where there is more. */
final class UsageError {

    private static final int LETTERS_OF_A_SLIP = 3;
    /** Of fewer letters, too many words begin with them. */
    private static final int LEAST_BEGINNING = 3;

    private static final Text NONE = Text.of("");

    private UsageError() {}

    /** Prints it; returns the exit code. */
    static int print(ParameterException wrong, PrintWriter errors) {
        CommandSpec command = wrong.getCommandLine().getCommandSpec();
        String what = Screen.told(errors, what(wrong, command));
        Text see =
                (what.endsWith("?") ? UsageText.SEE_AFTER_QUESTION : UsageText.SEE).with(what, command.qualifiedName());
        errors.println(Text.joined(": ", Text.of(command.root().name()), see));
        return CommandLine.ExitCode.USAGE;
    }

    private static Text what(ParameterException wrong, CommandSpec command) {
        if (wrong instanceof UnmatchedArgumentException unmatched
                && !unmatched.getUnmatched().isEmpty()) {
            return unmatched(unmatched.getUnmatched().get(0), command);
        }
        if (wrong instanceof MissingParameterException missing
                && !missing.getMissing().isEmpty()) {
            ArgSpec absent = missing.getMissing().get(0);
            return (absent.isOption() ? UsageText.NEEDS_VALUE : UsageText.MISSING).with(nameOf(absent));
        }
        if (wrong.getArgSpec() != null && wrong.getValue() != null) {
            return value(wrong.getValue(), wrong.getArgSpec());
        }
        return Text.of(String.valueOf(wrong.getMessage()).lines().findFirst().orElse(""));
    }

    private static Text unmatched(String word, CommandSpec command) {
        if (word.startsWith("-")) {
            // What follows may be a secret.
            String option = word.replaceFirst("=.*", "");
            return Text.joined(
                    "",
                    UsageText.UNKNOWN_OPTION.with(option),
                    nearest(option, command.optionsMap().keySet()));
        }
        return command.subcommands().isEmpty()
                ? UsageText.TOO_MANY.with(word)
                : Text.joined(
                        "",
                        UsageText.UNKNOWN_COMMAND.with(word),
                        nearest(word, command.subcommands().keySet()));
    }

    private static Text value(String value, ArgSpec argument) {
        Class<?> type = argument.auxiliaryTypes()[0];
        if (Number.class.isAssignableFrom(type) || type == long.class || type == int.class) {
            return UsageText.NO_NUMBER.with(value, nameOf(argument));
        }
        List<String> candidates = Stream.of(type.isEnum() ? type.getEnumConstants() : new Object[0])
                .map(Object::toString)
                .toList();
        Text nearest = nearest(value, candidates);
        return Text.joined(
                "",
                UsageText.NO_VALUE.with(value, nameOf(argument)),
                nearest != NONE || candidates.isEmpty()
                        ? nearest
                        : UsageText.ONE_OF.with(String.join(", ", candidates)));
    }

    private static String nameOf(ArgSpec argument) {
        return argument instanceof OptionSpec option ? option.longestName() : argument.paramLabel();
    }

    private static Text nearest(String word, Collection<String> known) {
        String nearest = nearestOf(word, known);
        return nearest == null ? NONE : UsageText.NEAREST.with(nearest);
    }

    /** The known word with the fewest slips between, else the only one that begins like it; null if none is near. */
    static @Nullable String nearestOf(String word, Collection<String> known) {
        String lower = word.toLowerCase(Locale.ROOT);
        LevenshteinDistance slips = new LevenshteinDistance(Math.max(1, word.length() / LETTERS_OF_A_SLIP));
        Comparator<String> fewest =
                Comparator.comparingInt(candidate -> slips.apply(lower, candidate.toLowerCase(Locale.ROOT)));
        String near = known.stream()
                .filter(candidate -> slips.apply(lower, candidate.toLowerCase(Locale.ROOT)) >= 0)
                .min(fewest.thenComparing(Comparator.naturalOrder()))
                .orElse(null);
        if (near != null || word.replace("-", "").length() < LEAST_BEGINNING) {
            return near;
        }
        List<String> begin = known.stream()
                .filter(candidate -> candidate.toLowerCase(Locale.ROOT).startsWith(lower))
                .toList();
        return begin.size() == 1 ? begin.get(0) : null;
    }
}
