package io.identamocrm.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Where the program runs.
 *
 * @param home      directory with {@code config/} and {@code routes/}
 * @param variables environment variables; those of the process win over those of the file {@code .env}
 */
public record Environment(Path home, Map<String, String> variables) {

    public Environment {
        variables = Map.copyOf(variables);
    }

    /** The process's own environment, with the file {@code .env} of the working directory, if there is one. */
    public static Environment ofProcess() {
        Map<String, String> variables = new HashMap<>();
        Path file = Path.of(".env");
        if (Files.isReadable(file)) {
            try {
                variables.putAll(parse(Files.readAllLines(file)));
            } catch (IOException e) {
                throw new UncheckedIOException("The file .env cannot be read", e);
            }
        }
        variables.putAll(System.getenv());
        return new Environment(Path.of(System.getProperty("ident-amocrm.home", ".")), variables);
    }

    /** The lines {@code NAME=value} of a file {@code .env}: comments, {@code export} and quotes as shells and dotenv libraries take them. */
    static Map<String, String> parse(List<String> lines) {
        Map<String, String> variables = new HashMap<>();
        for (String line : lines) {
            String text = line.strip();
            int equals = text.indexOf('=');
            if (text.startsWith("#") || equals <= 0) {
                continue;
            }
            String name = text.substring(0, equals).replaceFirst("^export\\s+", "").strip();
            String value = text.substring(equals + 1).strip();
            boolean quoted = value.length() > 1 && (value.charAt(0) == '"' || value.charAt(0) == '\'')
                    && value.charAt(value.length() - 1) == value.charAt(0);
            variables.put(name, quoted ? value.substring(1, value.length() - 1) : value.replaceFirst("\\s+#.*$", ""));
        }
        return variables;
    }

    /**
     * Tells the logging configuration its settings; must come before the first log line.
     *
     * @param service whether everything logged goes to the console too, as a container wants it; other commands show warnings only, unless
     *                a level is asked for
     */
    public void configureLogging(boolean service) {
        for (String name : List.of("LOG_LEVEL", "LOG_FILE", "LOG_FORMAT", "CAMEL_LOG_LEVEL")) {
            String value = variables.get(name);
            if (value != null && !value.isBlank()) {
                System.setProperty(name, value);
            }
        }
        if (service || System.getProperty("LOG_LEVEL") != null) {
            System.setProperty("LOG_CONSOLE_LEVEL", "ALL");
        }
        Path configuration = home.resolve("config/log4j2.xml");
        if (System.getProperty("log4j2.configurationFile") == null && Files.isReadable(configuration)) {
            System.setProperty("log4j2.configurationFile", configuration.toUri().toString());
        }
    }

    @Override
    public String toString() {
        return "Environment[" + home + "]";
    }
}
