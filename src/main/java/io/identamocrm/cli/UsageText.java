package io.identamocrm.cli;

import io.identamocrm.model.Message;

/** Everything that is said about a wrong command line, in one place; what is said ends before its full stop. */
enum UsageText implements Message {
    UNKNOWN_COMMAND("there is no command «%s»", "нет команды «%s»"),
    UNKNOWN_OPTION("there is no option %s here", "здесь нет параметра %s"),
    TOO_MANY("«%s» is one word too many", "«%s» — лишнее слово"),
    MISSING("%s is missing", "не хватает %s"),
    NEEDS_VALUE("%s needs a value", "для %s нужно значение"),
    NO_NUMBER("«%s» is no whole number, which %s must be", "«%s» — не целое число, а %s должно быть им"),
    NO_VALUE("«%s» is no value of %s", "«%s» — не значение для %s"),
    ONE_OF("; there are %s", "; бывают %s"),
    NEAREST(", did you mean %s?", ", может быть, %s?"),
    SEE("%s; see %s --help", "%s; см. %s --help"),
    SEE_AFTER_QUESTION("%s See %s --help", "%s См. %s --help"),
    ANYWHERE(
            "Options that several commands have, such as --config, --routes, --json and --debug, may stand before the command too.",
            "Параметры, общие для нескольких команд, например --config, --routes, --json и --debug, могут стоять и перед командой."),
    WHICH_COMMAND("which command?", "какую команду выполнить?"),
    WHICH_DEAD_LETTERS(
            "which dead letters? Name ids, or --all, or --code C",
            "что именно из недоставленного? Назовите номера, или --all, или --code C"),
    WHAT_OF_DEAD_LETTERS(
            "what about the dead letters: list, show, retry or discard?",
            "что сделать с недоставленным: list, show, retry или discard?");

    private final String english;
    private final String russian;

    UsageText(String english, String russian) {
        this.english = english;
        this.russian = russian;
    }

    @Override
    public String english() {
        return english;
    }

    @Override
    public String russian() {
        return russian;
    }

    @Override
    public String toString() {
        return english;
    }
}
