package io.identamocrm.cli;

import java.io.Console;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.LineReaderBuilder;
import org.jline.reader.MaskingCallback;
import org.jline.reader.UserInterruptException;
import org.jline.reader.impl.DefaultParser;
import org.jline.terminal.Size;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;
import org.jspecify.annotations.Nullable;

/** A person at a terminal: lines that can be edited, and secrets that are not shown while they are typed. */
public interface Keyboard extends AutoCloseable {

    /**
     * A line as it was typed, without its end.
     *
     * @return null if the person has ended the dialogue (Ctrl-C, Ctrl-D)
     */
    @Nullable
    String line(String prompt);

    /** The same, not shown. */
    @Nullable
    String secret(String prompt);

    /** Where the person reads. */
    PrintWriter screen();

    @Override
    void close();

    /** The process's own terminal; where it cannot be opened, the plain console. */
    static Keyboard ofProcess() {
        try {
            // The JVM's own handler of Ctrl-C is put back when the terminal is closed.
            return of(TerminalBuilder.builder()
                    .name("ident-amocrm")
                    .system(true)
                    .dumb(false)
                    .nativeSignals(true)
                    .build());
        } catch (IOException | IllegalStateException e) {
            Console console = System.console();
            if (console == null) {
                throw new IllegalStateException("The terminal cannot be opened", e);
            }
            return new Plain(console);
        }
    }

    /** How many columns the process's own terminal has; 0 if that cannot be told. */
    static int columnsOfProcess() {
        try (Terminal terminal = TerminalBuilder.builder()
                .name("ident-amocrm")
                .system(true)
                .dumb(false)
                .build()) {
            return terminal.getWidth();
        } catch (IOException | IllegalStateException e) {
            return 0;
        }
    }

    /** A terminal, real or virtual; it is closed with the keyboard. */
    static Keyboard of(Terminal terminal) {
        return new Editing(terminal);
    }

    /** With editing. */
    final class Editing implements Keyboard {

        /** In an address, what stands before the @, or looks as if one were to come; in a JDBC URL, what follows {@code password=}. */
        private static final Pattern PASSWORD =
                Pattern.compile("(?i)://([^@/\\s]+)@|://[^:@/\\s\\[]*:(?!\\d{0,5}([/,;].*)?$)(.+)|password=([^;]+)");

        private static final MaskingCallback ADDRESSES = new MaskingCallback() {
            @Override
            public String display(String line) {
                return PASSWORD.matcher(line)
                        .replaceAll(found -> Matcher.quoteReplacement(
                                "*".repeat(found.group().length())));
            }

            @Override
            public @Nullable String history(String line) {
                return null;
            }
        };

        private static final int COLUMNS = 80;
        private static final int ROWS = 24;

        private final Terminal terminal;
        private final LineReader reader;

        private Editing(Terminal terminal) {
            this.terminal = terminal;
            if (terminal.getWidth() <= 0) {
                // One that nobody told its size, as in some containers: a prompt must still fit.
                terminal.setSize(new Size(COLUMNS, ROWS));
            }
            // Every character is meant as it is typed: no history, no quotes, no backslashes.
            reader = LineReaderBuilder.builder()
                    .terminal(terminal)
                    .parser(new DefaultParser().quoteChars(new char[0]).escapeChars(new char[0]))
                    .option(LineReader.Option.DISABLE_EVENT_EXPANSION, true)
                    .variable(LineReader.DISABLE_HISTORY, true)
                    .variable(LineReader.DISABLE_COMPLETION, true)
                    .build();
        }

        @Override
        public @Nullable String line(String prompt) {
            try {
                return reader.readLine(prompt, null, ADDRESSES, null);
            } catch (UserInterruptException | EndOfFileException e) {
                return null;
            }
        }

        @Override
        public @Nullable String secret(String prompt) {
            try {
                return reader.readLine(prompt, '\0');
            } catch (UserInterruptException | EndOfFileException e) {
                return null;
            }
        }

        @Override
        public PrintWriter screen() {
            return terminal.writer();
        }

        @Override
        public void close() {
            try {
                terminal.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** Java's own. */
    final class Plain implements Keyboard {

        private final Console console;

        private Plain(Console console) {
            this.console = console;
        }

        @Override
        public String line(String prompt) {
            return console.readLine("%s", prompt);
        }

        @Override
        public @Nullable String secret(String prompt) {
            char[] typed = console.readPassword("%s", prompt);
            return typed == null ? null : new String(typed);
        }

        @Override
        public PrintWriter screen() {
            return console.writer();
        }

        @Override
        public void close() {
            // It belongs to the process.
        }
    }
}
