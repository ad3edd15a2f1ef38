package io.identamocrm.setup;

import io.identamocrm.settings.EnvLines;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;

/** Asks until there is an answer of the right form; each question says first what it is about. */
final class Questions {

    private static final String EMPTY = "-";
    private static final String YES = "y|yes|д|да";
    /** An address that holds a password. */
    private static final String SECRET = "(?i).*(://[^/]*@|password=).*";

    private final Dialogue dialogue;

    Questions(Dialogue dialogue) {
        this.dialogue = dialogue;
    }

    /** A line; Enter takes the preset, which may be empty where the answer may. */
    String line(SetupText about, String name, String preset, boolean needed) {
        return ask(about, name, preset, needed, preset.matches(SECRET), dialogue::line);
    }

    /** The same, not shown; what is set is not shown either. */
    String secret(SetupText about, String name, String preset, boolean needed) {
        return ask(about, name, preset, needed, true, dialogue::secret);
    }

    private String ask(SetupText about, String name, String preset, boolean needed, boolean hidden, UnaryOperator<String> type) {
        dialogue.say(about.with());
        String shown = !preset.isEmpty() ? bracketed(hidden ? SetupText.KEPT.with() : preset)
                : needed ? "" : bracketed(SetupText.NONE.with());
        while (true) {
            String typed = type.apply("  " + name + shown + ": ");
            String answer = typed.isEmpty() ? preset : !needed && typed.equals(EMPTY) ? "" : typed;
            if (isGood(answer, needed)) {
                return answer;
            }
        }
    }

    private boolean isGood(String answer, boolean needed) {
        boolean good = EnvLines.isWritable(answer) && !(needed && answer.isEmpty());
        if (!good) {
            dialogue.say((answer.isEmpty() ? SetupText.NEEDED : SetupText.UNWRITABLE).with());
        }
        return good;
    }

    private static String bracketed(String text) {
        return " [" + text + "]";
    }

    /** One of several; Enter takes the preset, which may be null. */
    Option choice(String about, List<Option> options, Option preset) {
        dialogue.say(about);
        for (int i = 0; i < options.size(); i++) {
            Option option = options.get(i);
            dialogue.say("    " + (i + 1) + "  " + option.name() + (option.id().length() > 1 ? "  (" + option.id() + ")" : ""));
        }
        while (true) {
            String typed = dialogue.line("  1-" + options.size() + (preset == null ? "" : bracketed(options.indexOf(preset) + 1 + " "
                    + preset.name())) + ": ");
            Option meant = typed.isEmpty() ? preset : Option.meant(options, typed);
            if (meant != null) {
                return meant;
            }
            dialogue.say(SetupText.NO_CHOICE.with());
        }
    }

    /** Yes, or anything else for no: about what most can do without. */
    boolean isWanted(String question) {
        dialogue.say(question);
        return dialogue.line("  [y/N]: ").toLowerCase(Locale.ROOT).matches(YES);
    }

    /** Yes or no; there is no preset, since what follows may change something. */
    boolean isYes(String question) {
        while (true) {
            String typed = dialogue.line(question + " [y/n] ").toLowerCase(Locale.ROOT);
            if (typed.matches(YES)) {
                return true;
            }
            if (typed.matches("n|no|н|нет")) {
                return false;
            }
            dialogue.say(SetupText.YES_OR_NO.with());
        }
    }
}
