package io.identamocrm.endtoend;

import io.identamocrm.cli.Keyboard;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jline.terminal.Size;
import org.jline.terminal.impl.LineDisciplineTerminal;

/**
 * A virtual terminal with somebody who answers whenever the program waits: what was agreed for a question, else Enter, and y where there is
 * no Enter.
 */
final class SetupTerminal {

    /** Ctrl-C. */
    static final String INTERRUPT = "\u0003";
    /** Who is asked more often goes in a circle. */
    private static final int MOST_ANSWERS = 200;

    private final Map<String, Deque<String>> agreed = new LinkedHashMap<>();
    private final ByteArrayOutputStream everything = new ByteArrayOutputStream();
    private final ByteArrayOutputStream sinceAnswer = new ByteArrayOutputStream();
    private LineDisciplineTerminal terminal;
    private int answered;

    /** What is answered the next time that a question holds these words. */
    SetupTerminal answer(String question, String answer) {
        agreed.computeIfAbsent(question, any -> new ArrayDeque<>()).add(answer);
        return this;
    }

    /** Opened anew by each command. */
    Keyboard open() {
        try {
            terminal = new LineDisciplineTerminal("virtual", "xterm", new Screen(), StandardCharsets.UTF_8);
            terminal.setSize(new Size(200, 50));
            return Keyboard.of(terminal);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Everything that was shown, without the terminal's own signs. */
    String shown() {
        return plain(everything);
    }

    /** Answers that nobody asked for. */
    Map<String, Deque<String>> unasked() {
        agreed.values().removeIf(Deque::isEmpty);
        return agreed;
    }

    private static String plain(ByteArrayOutputStream bytes) {
        return bytes.toString(StandardCharsets.UTF_8)
                .replaceAll("\u001B\\[[0-9;?]*[A-Za-z]|\u001B[=>]|\u0007", "")
                .replace("\r", "");
    }

    /** Where the last of these words end in a text, 0 where they are not. */
    private static int endOf(String words, String text) {
        int last = text.lastIndexOf(words);
        return last < 0 ? 0 : last + words.length();
    }

    private final class Screen extends OutputStream {
        @Override
        public void write(int one) {
            everything.write(one);
            sinceAnswer.write(one);
        }

        @Override
        public void flush() throws IOException {
            // What a finding says before all is asked again is no question.
            String said = plain(sinceAnswer);
            String asked = said.substring(Math.max(endOf("what you answered.", said), endOf("прежний ответ.", said)));
            String last = asked.substring(asked.lastIndexOf('\n') + 1);
            if (!last.matches(".*(: |\\[(y/n|д/н)] )")) {
                return;
            }
            sinceAnswer.reset();
            String question = agreed.keySet().stream()
                    .filter(words -> asked.contains(words) && !agreed.get(words).isEmpty())
                    .max(Comparator.comparingInt(asked::lastIndexOf))
                    .orElse(null);
            String answer = ++answered > MOST_ANSWERS
                    ? INTERRUPT
                    : question != null ? agreed.get(question).remove() : last.endsWith("] ") ? "y" : "";
            terminal.processInputBytes(
                    (answer + (answer.equals(INTERRUPT) ? "" : "\r")).getBytes(StandardCharsets.UTF_8));
        }
    }
}
