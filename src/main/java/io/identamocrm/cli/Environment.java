package io.identamocrm.cli;

import io.identamocrm.model.Language;
import io.identamocrm.settings.EnvFile;
import io.identamocrm.settings.LogSettings;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Where the program runs.
 *
 * @param home      directory with {@code config/} and {@code routes/}
 * @param variables environment variables; those of the process win over those of the file {@code .env}
 * @param envFile   what of them the file {@code .env} gives, and its broken lines
 * @param outputIsTerminal  whether a person reads standard output as it comes
 * @param errorsAreTerminal the same for standard error
 * @param interruption      tells a command that the process shall end
 * @param answers           what a person at the terminal types, a line each time; null if there is nobody to ask
 * @param envPath           where the file {@code .env} is, or would be
 * @param terminal          opens the person's terminal for a dialogue, which closes it; null if there is nobody to ask
 */
public record Environment(
        Path home,
        Map<String, String> variables,
        EnvFile envFile,
        boolean outputIsTerminal,
        boolean errorsAreTerminal,
        Interruption interruption,
        @Nullable Supplier<String> answers,
        Path envPath,
        @Nullable Supplier<Keyboard> terminal) {

    public Environment {
        variables = Map.copyOf(variables);
    }

    /** With the file {@code .env} of the working directory, and without dialogues. */
    public Environment(
            Path home,
            Map<String, String> variables,
            EnvFile envFile,
            boolean outputIsTerminal,
            boolean errorsAreTerminal,
            Interruption interruption,
            @Nullable Supplier<String> answers) {
        this(
                home,
                variables,
                envFile,
                outputIsTerminal,
                errorsAreTerminal,
                interruption,
                answers,
                Path.of(".env"),
                null);
    }

    /** The process's own environment, with the file {@code .env} of the working directory, else of the program's. */
    public static Environment ofProcess() {
        Path home = Path.of(System.getProperty("ident-amocrm.home", "."));
        List<Path> places = List.of(Path.of(""), home);
        // Where there is none yet, it is written where the person is.
        Path path = places.stream()
                .map(place -> place.resolve(".env"))
                .filter(Files::exists)
                .findFirst()
                .orElse(Path.of(".env"));
        Environment plain = of(home, path, EnvFile.firstIn(places), ofSystem());
        // The launcher knows: Java tells of a console only if input and output are both one, from Java 22 on even if
        // they are not.
        String told = System.getProperty("ident-amocrm.terminals", "");
        // On Windows the launcher cannot know, and leaves it to Java.
        String terminals = "console".equals(told) ? System.console() == null ? "" : "in,out,err" : told;
        boolean person = terminals.contains("in") && terminals.contains("out");
        return new Environment(
                plain.home,
                plain.variables,
                plain.envFile,
                terminals.contains("out"),
                terminals.contains("err"),
                new Interruption(),
                person ? Environment::typed : null,
                plain.envPath,
                person ? Keyboard::ofProcess : null);
    }

    /** What people are told in. */
    public Language language() {
        return Language.of(variables);
    }

    /** The same in a language that somebody asked for. */
    Environment in(Language language) {
        Map<String, String> others = new HashMap<>(variables);
        others.put("LC_ALL", language.code());
        return new Environment(
                home, others, envFile, outputIsTerminal, errorsAreTerminal, interruption, answers, envPath, terminal);
    }

    /** The process's variables; on Windows, where nothing else tells, with the language that Java has learned from the system. */
    private static Map<String, String> ofSystem() {
        Map<String, String> variables = new HashMap<>(System.getenv());
        if (System.getProperty("os.name").startsWith("Windows")) {
            variables.putIfAbsent("LANG", Locale.getDefault().toString());
        }
        return variables;
    }

    /** The same with a person at a terminal that can be asked for more than a line. */
    public Environment with(Supplier<Keyboard> other) {
        return new Environment(
                home, variables, envFile, outputIsTerminal, errorsAreTerminal, interruption, answers, envPath, other);
    }

    /** The same after the file {@code .env} was written. */
    Environment read() {
        Map<String, String> process = new HashMap<>(variables);
        process.keySet().removeAll(envFile.variables().keySet());
        Environment again = of(home, envPath, process);
        return new Environment(
                home,
                again.variables,
                again.envFile,
                outputIsTerminal,
                errorsAreTerminal,
                interruption,
                answers,
                envPath,
                terminal);
    }

    /** How many columns the terminal has on which a person reads standard output; without bound if nobody does, or it does not say. */
    int columns() {
        String told = variables.getOrDefault("COLUMNS", "");
        int columns = !outputIsTerminal
                ? 0
                : told.matches("[1-9]\\d{0,3}")
                        ? Integer.parseInt(told)
                        : terminal == null ? 0 : Keyboard.columnsOfProcess();
        return columns > 0 ? columns : Integer.MAX_VALUE;
    }

    private static String typed() {
        try {
            return new BufferedReader(new InputStreamReader(System.in, Charset.defaultCharset())).readLine();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * An environment with a file of variables.
     *
     * @param home    directory with {@code config/} and {@code routes/}
     * @param file    the file {@code .env}, which need not be there
     * @param process the process's variables, which win over those of the file
     */
    public static Environment of(Path home, Path file, Map<String, String> process) {
        return of(home, file, EnvFile.read(file), process);
    }

    private static Environment of(Path home, Path path, EnvFile file, Map<String, String> process) {
        EnvFile ours = file.without(process.keySet());
        Map<String, String> variables = new HashMap<>(process);
        variables.putAll(ours.variables());
        return new Environment(home, variables, ours, false, false, new Interruption(), null, path, null);
    }

    /** Without a file {@code .env}. */
    public Environment(Path home, Map<String, String> variables) {
        this(home, variables, EnvFile.none(), false, false, new Interruption(), null);
    }

    /**
     * Tells the logging configuration its settings; must come before the first log line.
     *
     * @param service whether everything logged goes to the console too, as a container wants it; other commands show warnings only, unless
     *                a level is asked for
     */
    public void configureLogging(boolean service) {
        // What is none of these is named by the check of the settings, which comes when a log is there.
        takeOver("LOG_LEVEL", LogSettings::isLevel);
        takeOver("CAMEL_LOG_LEVEL", LogSettings::isLevel);
        takeOver("LOG_FORMAT", LogSettings::isForm);
        useLogFile();
        if (service || System.getProperty("LOG_LEVEL") != null) {
            System.setProperty("LOG_CONSOLE_LEVEL", "ALL");
        }
        Path configuration = home.resolve("config/log4j2.xml");
        if (System.getProperty("log4j2.configurationFile") == null && Files.isReadable(configuration)) {
            System.setProperty("log4j2.configurationFile", configuration.toUri().toString());
        }
    }

    private void takeOver(String name, Predicate<String> fits) {
        String value = variables.getOrDefault(name, "").strip();
        if (!value.isEmpty() && fits.test(value)) {
            System.setProperty(name, value);
        }
    }

    /** A device must not be rolled over, and a file that cannot be written would be told of at length with every line. */
    private void useLogFile() {
        String written = variables.get("LOG_FILE");
        Path file = written == null ? Path.of("logs", "app.log") : Path.of(written.strip());
        boolean none = file.toString().isEmpty() || Files.exists(file) && !Files.isRegularFile(file);
        if (!none && isWritable(file)) {
            System.setProperty("LOG_FILE", file.toString());
            return;
        }
        System.setProperty("LOG_FILE_APPENDER", "none");
        System.setProperty(
                "LOG_FILE",
                Path.of(System.getProperty("java.io.tmpdir"), "ident-amocrm-without-a-log")
                        .toString());
        if (!none) {
            System.err.println(CliText.NO_LOG_FILE.with(file).in(language()));
        }
    }

    private static boolean isWritable(Path file) {
        if (Files.exists(file)) {
            return Files.isWritable(file);
        }
        Path directory = file.toAbsolutePath().getParent();
        while (directory != null && !Files.exists(directory)) {
            directory = directory.getParent();
        }
        return directory != null && Files.isDirectory(directory) && Files.isWritable(directory);
    }

    @Override
    public String toString() {
        return "Environment[" + home + "]";
    }
}
