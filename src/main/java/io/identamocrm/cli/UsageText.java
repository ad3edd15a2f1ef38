package io.identamocrm.cli;

/** Everything that is said about a wrong command line, in one place; what is said ends before its full stop. */
enum UsageText {

    UNKNOWN_COMMAND("there is no command «%s»"),
    UNKNOWN_OPTION("there is no option %s here"),
    TOO_MANY("«%s» is one word too many"),
    MISSING("%s is missing"),
    NEEDS_VALUE("%s needs a value"),
    NO_NUMBER("«%s» is no whole number, which %s must be"),
    NO_VALUE("«%s» is no value of %s"),
    ONE_OF("; there are %s"),
    NEAREST(", did you mean %s?"),
    SEE("%s; see %s --help"),
    SEE_AFTER_QUESTION("%s See %s --help"),
    ANYWHERE("Options that several commands have, such as --config, --routes, --json and --debug, may stand before the command too."),
    WHICH_COMMAND("which command?"),
    WHICH_DEAD_LETTERS("which dead letters? Name ids, or --all, or --code C"),
    WHAT_OF_DEAD_LETTERS("what about the dead letters: list, show, retry or discard?");

    private final String text;

    UsageText(String text) {
        this.text = text;
    }

    /** The text with these values in it. */
    String with(Object... values) {
        return String.format(text, values);
    }
}
