package io.identamocrm.cli;

import java.util.Arrays;
import java.util.Collections;
import java.util.Enumeration;
import java.util.Map;
import java.util.ResourceBundle;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** The help on all commands in Russian, by the keys under which picocli looks for them. */
final class RussianHelp extends ResourceBundle {

    private static final Pattern VARIABLE = Pattern.compile("\\$\\{[A-Z-]+}");

    private final Map<String, String> texts = new TreeMap<>();

    private RussianHelp() {}

    /** Has the help of a command line, and of all commands below it, written in Russian. */
    static void speak(CommandLine line) {
        RussianHelp help = new RussianHelp();
        help.learn(line);
        help.use(line);
    }

    private void learn(CommandLine line) {
        CommandSpec spec = line.getCommandSpec();
        String name = spec.qualifiedName(".") + ".";
        say(name + "usage.synopsisHeading", HelpText.USAGE.english());
        say(name + "usage.commandListHeading", HelpText.COMMANDS.english());
        say(name + "usage.exitCodeListHeading", HelpText.EXIT_CODES.english());
        say(name + "usage.description", spec.usageMessage().description());
        say(
                name + "usage.exitCodeList",
                spec.usageMessage().exitCodeList().entrySet().stream()
                        .map(code -> code.getKey() + ":" + code.getValue())
                        .toArray(String[]::new));
        spec.args().forEach(argument -> say(name + keyOf(argument), argument.description()));
        line.getSubcommands().values().forEach(this::learn);
    }

    private static String keyOf(ArgSpec argument) {
        return argument instanceof OptionSpec option
                ? option.longestName().replaceFirst("^-+", "")
                : argument.paramLabel() + "[" + ((PositionalParamSpec) argument).index() + "]";
    }

    private void say(String key, String... english) {
        for (int i = 0; i < english.length; i++) {
            texts.put(english.length == 1 ? key : key + "." + i, russian(english[i]));
        }
    }

    /** The variables in it are filled in already; those of the Russian text are filled in later. */
    private static String russian(String english) {
        return Arrays.stream(HelpText.values())
                .filter(text -> english.matches(Arrays.stream(VARIABLE.split(text.english(), -1))
                        .map(Pattern::quote)
                        .collect(Collectors.joining(".*"))))
                .findFirst()
                .map(HelpText::russian)
                .orElse(english);
    }

    private void use(CommandLine line) {
        line.getCommandSpec().resourceBundle(this);
        line.getSubcommands().values().forEach(this::use);
    }

    @Override
    protected @Nullable Object handleGetObject(String key) {
        return texts.get(key);
    }

    @Override
    public Enumeration<String> getKeys() {
        return Collections.enumeration(texts.keySet());
    }
}
