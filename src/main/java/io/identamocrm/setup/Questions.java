package io.identamocrm.setup;

import io.identamocrm.model.Text;
import io.identamocrm.settings.EnvLines;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/** Asks until there is an answer of the right form; each question says first what it is about. */
public final class Questions {

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

    private String ask(
            SetupText about, String name, String preset, boolean needed, boolean hidden, Function<Text, String> type) {
        dialogue.say(about.with());
        Text shown = !preset.isEmpty()
                ? bracketed(hidden ? SetupText.KEPT : Text.of(preset))
                : needed ? Text.of("") : bracketed(SetupText.NONE);
        while (true) {
            String typed = type.apply(Text.joined("", Text.of("  " + name), shown, Text.of(": ")));
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

    private static Text bracketed(Text text) {
        return Text.joined("", Text.of(" ["), text, Text.of("]"));
    }

    /** One of several; Enter takes the preset, which may be null. */
    Option choice(Text about, List<Option> options, Option preset) {
        dialogue.say(about);
        for (int i = 0; i < options.size(); i++) {
            Option option = options.get(i);
            dialogue.say(Text.joined(
                    "",
                    Text.of("    " + (i + 1) + "  "),
                    option.name(),
                    Text.of(option.id().length() > 1 ? "  (" + option.id() + ")" : "")));
        }
        while (true) {
            String typed = dialogue.line(Text.joined(
                    "",
                    Text.of("  1-" + options.size()),
                    preset == null
                            ? Text.of("")
                            : bracketed(Text.joined(
                                    " ", Text.of(Integer.toString(options.indexOf(preset) + 1)), preset.name())),
                    Text.of(": ")));
            Option meant = typed.isEmpty() ? preset : Option.meant(options, typed);
            if (meant != null) {
                return meant;
            }
            dialogue.say(SetupText.NO_CHOICE.with());
        }
    }

    /** True for a yes in one of our languages; false for everything else, null too. */
    public static boolean meansYes(String typed) {
        return typed != null && typed.strip().toLowerCase(Locale.ROOT).matches(YES);
    }

    /** Yes, or anything else for no: about what most can do without. */
    boolean isWanted(Text question) {
        dialogue.say(question);
        return meansYes(dialogue.line(SetupText.NO_BY_DEFAULT));
    }

    /** Yes or no; there is no preset, since what follows may change something. */
    boolean isYes(Text question) {
        while (true) {
            String typed = dialogue.line(SetupText.YES_NO.with(question)).toLowerCase(Locale.ROOT);
            if (meansYes(typed)) {
                return true;
            }
            if (typed.matches("n|no|н|нет")) {
                return false;
            }
            dialogue.say(SetupText.YES_OR_NO.with());
        }
    }
}
