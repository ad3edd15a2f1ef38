package io.identamocrm.cli;

import io.identamocrm.model.Language;
import io.identamocrm.problems.Problem;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/** The command line {@code ident-amocrm}. */
@Command(
        name = "ident-amocrm",
        mixinStandardHelpOptions = true,
        versionProvider = Commands.Version.class,
        description = "Copies clinic visits and patients from IDENT into amoCRM.",
        synopsisSubcommandLabel = "COMMAND",
        scope = CommandLine.ScopeType.INHERIT,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:all well",
            "1:finished, some receptions failed",
            "2:wrong usage or configuration",
            "3:IDENT, Redis or amoCRM unreachable, or the run was stopped",
            "4:not authorised at amoCRM",
            "5:another run of the same kind is under way"
        })
public final class Commands implements Runnable {

    private static final List<Class<?>> ALL = List.of(
            DemoCommand.class,
            ServiceCommand.class,
            ReceptionSyncCommand.class,
            PatientSyncCommand.class,
            TestReceptionCommand.class,
            TestPatientCommand.class,
            ExplainCommand.class,
            StatsCommand.class,
            AuthorizeCommand.class,
            DeadLettersCommand.class,
            BrakesCommand.class,
            AlertsCommand.class,
            FullSyncCommand.class,
            DeepSyncCommand.class,
            ReconcileCommand.class,
            DoctorCommand.class,
            TestDbCommand.class,
            TestAmocrmCommand.class,
            FieldsCommand.class,
            SetupCommand.class,
            CompletionCommand.class,
            HelpCommand.class);

    private static final String JSON = "--json";

    @Option(
            names = "--config",
            paramLabel = "DIR",
            scope = CommandLine.ScopeType.INHERIT,
            description = "Directory of application.properties and sql/ (default: config).")
    private @Nullable Path config;

    @Option(
            names = "--routes",
            paramLabel = "DIR",
            scope = CommandLine.ScopeType.INHERIT,
            description = "Directory of the routes (default: routes).")
    private @Nullable Path routes;

    @Option(
            names = "--debug",
            scope = CommandLine.ScopeType.INHERIT,
            description = "After the message of a failure, print where it comes from in the program.")
    private boolean debug;

    @Option(
            names = "--lang",
            paramLabel = "LANGUAGE",
            scope = CommandLine.ScopeType.INHERIT,
            description =
                    "What is told to people: ru or en (default: as LC_ALL, LC_MESSAGES or LANG say). Logs and JSON are English.")
    // Read before the command line is, see spoken(); here it is checked and stands in the help.
    @SuppressWarnings("UnusedVariable")
    private @Nullable Speech speech;

    @CommandLine.Spec
    private CommandSpec spec;

    private final Environment environment;

    private Commands(Environment environment) {
        this.environment = environment;
    }

    /** The languages as {@code --lang} writes them. */
    enum Speech {
        RU,
        EN;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Runs a command line; returns the exit code. */
    public static int execute(Environment environment, PrintStream out, PrintStream err, String... arguments) {
        Environment reader = spoken(environment, arguments);
        PrintWriter output = new Screen(reader, out);
        PrintWriter errors = new Screen(reader, err);
        Commands commands = new Commands(reader);
        // Of arguments that stand in a file (@FILE), nobody knows yet.
        Set<String> named = Set.copyOf(List.of(arguments));
        boolean mayBeAny = named.stream().anyMatch(argument -> argument.startsWith("@"));
        return line(commands, reader, output, name -> mayBeAny || named.contains(name))
                .setOut(output)
                .setErr(errors)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .registerConverter(Long.class, text -> number(text, reader))
                .registerConverter(long.class, text -> number(text, reader))
                .setParameterExceptionHandler((wrong, args) -> UsageError.print(wrong, errors))
                .setExecutionExceptionHandler(
                        (failure, command, parsed) -> printFailure(failure, commands.debug, reader.language(), errors))
                .execute(jsonLast(arguments));
    }

    /** Which commands print JSON they know themselves, so it may stand anywhere and is read behind their names. */
    private static String[] jsonLast(String... arguments) {
        List<String> words = new ArrayList<>(List.of(arguments));
        if (words.remove(JSON)) {
            int end = words.indexOf("--");
            words.add(end < 0 ? words.size() : end, JSON);
        }
        return words.toArray(String[]::new);
    }

    /** In the language that the command line asks for, wherever it does, since help is written before options are read. */
    private static Environment spoken(Environment environment, String... arguments) {
        for (int i = 0; i < arguments.length; i++) {
            String asked = !arguments[i].startsWith("--lang")
                    ? null
                    : arguments[i].startsWith("--lang=")
                            ? arguments[i].substring(7)
                            : arguments[i].equals("--lang") && i + 1 < arguments.length ? arguments[i + 1] : null;
            if (asked != null) {
                return environment.in(Language.named(asked));
            }
        }
        return environment;
    }

    /** The command line with all options of all commands. */
    public static CommandLine line(Environment environment, PrintWriter out) {
        return line(new Commands(environment), environment, out, name -> true);
    }

    /** Reading the options of all commands is most of a start; one that nobody has named is only a line of the list. */
    private static CommandLine line(
            Commands commands, Environment environment, PrintWriter out, Predicate<String> isNamed) {
        CommandFactory factory = new CommandFactory(environment, out);
        CommandLine line = new CommandLine(commands, factory);
        for (Class<?> type : ALL) {
            Command about = type.getAnnotation(Command.class);
            if (isNamed.test(about.name())) {
                line.addSubcommand(new CommandLine(type, factory));
            } else {
                CommandSpec listed = CommandSpec.create().name(about.name());
                listed.usageMessage().description(about.description());
                line.addSubcommand(about.name(), listed);
            }
        }
        // Later than the commands, which would inherit it.
        line.getCommandSpec().usageMessage().footer("", UsageText.ANYWHERE.in(environment.language()));
        if (environment.language() == Language.RUSSIAN) {
            RussianHelp.speak(line);
        }
        return line;
    }

    /** Name and version of the program. */
    static String version() {
        String version = Commands.class.getPackage().getImplementationVersion();
        return "ident-amocrm " + (version == null ? "(development)" : version);
    }

    /** The directory of settings and SQL files: as it was named, or the program's own. */
    Path config(Environment environment) {
        return config == null ? environment.home().resolve("config") : config;
    }

    /** The directory of routes: as it was named, or the program's own. */
    Path routes(Environment environment) {
        return routes == null ? environment.home().resolve("routes") : routes;
    }

    private static Long number(String text, Environment reader) {
        try {
            return Long.valueOf(text);
        } catch (NumberFormatException e) {
            throw new CommandLine.TypeConversionException(
                    CliText.NO_WHOLE_NUMBER.with(text).in(reader.language()));
        }
    }

    private static int printFailure(Exception failure, boolean debug, Language language, PrintWriter errors) {
        Problem problem = Problem.of(failure);
        errors.println(problem.message(language));
        if (debug) {
            errors.print(Problem.placesOf(failure));
            errors.flush();
        }
        // Asked for only here: a help text needs no logs, and waits for none.
        LoggerFactory.getLogger(Commands.class)
                .debug("Ended by {}", problem.cause().getClass().getName());
        return problem.exitCode();
    }

    @Override
    public void run() {
        throw new CommandLine.ParameterException(
                spec.commandLine(), UsageText.WHICH_COMMAND.in(environment.language()));
    }

    /** Gives the commands what they work with. */
    private record CommandFactory(Environment environment, PrintWriter out) implements CommandLine.IFactory {

        @Override
        public <K> K create(Class<K> type) throws Exception {
            try {
                return type.getConstructor(Environment.class, PrintWriter.class).newInstance(environment, out);
            } catch (NoSuchMethodException e) {
                return CommandLine.defaultFactory().create(type);
            }
        }
    }

    static final class Version implements IVersionProvider {

        @Override
        public String[] getVersion() {
            return new String[] {Commands.version(), "Java " + Runtime.version()};
        }
    }
}
