package io.identamocrm.setup;

/** Everything that the set-up says, in one place. */
public enum SetupText {

    WELCOME("This sets up ident-amocrm: IDENT, Redis and amoCRM, one after the other. Each answer is tried at once; nothing is written "
            + "before you have seen all of it.\nEnter takes what stands in brackets, a minus empties what may be empty, Ctrl-C ends; your "
            + "answers so far are then kept for the next time."),
    RESUMED("Your answers of %s are still here: %s.%nWhat was well then is tried again and not asked."),
    RESUME("Go on with them?"),
    TRYING("Trying %s ..."),
    WELL("%s is well."),
    AGAIN("That does not work yet. Once more, please; Enter keeps what you answered."),
    OFFER("Set %s and try again?"),
    YES_OR_NO("Please answer y or n."),
    NEEDED("This cannot be empty."),
    UNWRITABLE("This holds a character that a setting cannot hold."),
    KEPT("set, Enter keeps it"),
    NONE("none"),
    NO_CHOICE("Please answer with one of the numbers or names above."),

    PART_IDENT("IDENT"),
    PART_REDIS("Redis"),
    PART_AMOCRM("amoCRM"),

    ZONE("The clinic's time zone, since IDENT stores what its wall clock shows."),
    ZONE_WRONG("There is no such time zone; write a name such as Europe/Moscow."),
    SERVER("The computer with IDENT's SQL Server: its name or address, NAME\\INSTANCE for a named instance, or a whole JDBC URL."),
    PORT("The port on which that SQL Server listens."),
    DATABASE("The name of IDENT's database on that server."),
    LOGIN("A login that may only read there; DOMAIN\\NAME if it is one of Windows."),
    PASSWORD("The password of that login; it is not shown."),

    REDIS("The computer with Redis, where the program keeps its memory: a name or address, or a whole URL such as rediss://HOST:6380."),
    REDIS_PORT("The port on which Redis listens."),
    REDIS_PASSWORD("The password of Redis, if it has one; it is not shown."),

    ADDRESS("The account's address: NAME of NAME.amocrm.ru, or a whole address for another one."),
    ADDRESS_WRONG("This is no address of an account; write NAME of NAME.amocrm.ru, or https:// and the whole address."),
    ACCESS("How amoCRM lets the program in; the page of your integration in amoCRM has both."),
    ACCESS_TOKEN("a long-lived token of a private integration (simplest)"),
    ACCESS_OAUTH("an OAuth integration: id, secret key, redirect address and a code"),
    TOKEN("The long-lived token, as the integration's page shows it once; it is not shown here."),
    CLIENT_ID("The integration's id."),
    CLIENT_SECRET("The integration's secret key; it is not shown here."),
    REDIRECT_URI("The integration's redirect address, exactly as it was typed there."),
    CODE("The authorization code, which is good once and for 20 minutes; Enter if the program was let in before. It is not shown here."),

    ACCOUNT("Account %s «%s»."),
    PIPELINES("The account's pipelines:"),
    TOO_FEW("The account has %s pipelines in use and two are needed, one for new patients and one for those who come again. Make them in "
            + "amoCRM (Leads, Set up), then press Enter."),
    PRIMARY("The pipeline for visits of patients who have not completed one yet."),
    SECONDARY("The pipeline for visits of all other patients."),
    SAME("Both funnels cannot share a pipeline; choose another one."),
    SWAPPED("«%s» speaks of the other funnel: these two look exchanged. Choose again."),
    STAGE("The stage of «%s» in which new deals begin."),
    STAGES("A deal can move on by itself as its visit is booked, begun, completed, cancelled or missed. Choose the stages for that now? "
            + "Without them it stays where it began, and managers move it."),
    STAGE_OF("The stage of «%s» for a visit that is %s."),
    STAGE_LEFT("leave the deal where it is"),
    SCHEDULED("booked"),
    ARRIVED("under way"),
    COMPLETED("completed"),
    CANCELLED("cancelled"),
    NO_SHOW("missed"),
    USERS("Who is responsible for new deals; deals that exist keep theirs."),
    NOBODY("amoCRM's own choice"),
    NO_USERS("Who works in the account cannot be seen, as the token's user is no administrator; who is responsible for new deals "
            + "stays as it is."),

    FIELDS_FOUND("Fields of the account that fit ours; IDENT's values will stand in them:"),
    FIELDS_NONE("No field of the account fits ours yet."),
    FIELDS_CHANGE("Enter takes them so. NAME=NUMBER takes another field for one of ours, as in deal.doctor-name=28; NAME= leaves it out; "
            + "? lists the account's other fields."),
    FIELDS_OTHER("The account's other fields of %s: %s"),
    FIELD_UNKNOWN("%s is none of our fields: write its name as the list does."),
    FIELD_ABSENT("The account has no field %s there."),
    FIELD_TYPE("«%s» is of type %s, which cannot hold it."),
    FIELD_TAKEN("«%s» is %s already."),
    FIELDS_MISSING("Fields that the account lacks, with the type that they would get:"),
    FIELDS_MAKE("Which of them shall be made in amoCRM? All is best; needed are the two by which deals and contacts are found."),
    FIELDS_ALL("all"),
    FIELDS_NEEDED("only what is needed"),
    FIELDS_NO("none"),
    FIELD_NEEDED("%s is needed: choose a field of the account for it, or let it be made."),

    SUMMARY("This will be written into %s; everything else there stays:"),
    SUMMARY_KEPT("The file as it is now is kept beside it, with the date in its name."),
    SUMMARY_FIELDS("These fields will be made in amoCRM: %s"),
    SUMMARY_SHADOWED("%s is set to something else in the environment of this shell, which goes before the file: unset it there."),
    SUMMARY_BY_HAND("Not asked for here, and to be set by hand where it is needed (config/application.properties tells how): branches with "
            + "pipelines of their own (BRANCHES), another database of Redis (REDIS_DB), a proxy on the way to amoCRM (HTTPS_PROXY)."),
    REMOVED("(removed)"),
    HIDDEN("(not shown)"),
    WRITE("Write this?"),
    NOTHING("Nothing changes: %s says all this already."),
    REFUSED("Nothing was written: amoCRM refuses fields that are needed, see above."),
    NOT_WRITTEN("Nothing was written. Your answers are kept for the next time."),
    MADE("Made in amoCRM: %s"),
    NOT_MADE("amoCRM did not make %s: %s."),
    WRITTEN("Written: %s"),
    COPY("The file before: %s"),

    DOCTOR("The doctor's findings:"),
    DRY_RUN("A run over everything that writes nothing, to see what would come (Ctrl-C stops it; nothing is lost):"),
    NEXT("Next: ident-amocrm full-sync, which writes all this, and then ident-amocrm service."),
    NEXT_CURE("Once that is put right: ident-amocrm doctor again, then ident-amocrm full-sync."),
    NO_TERMINAL("setup asks questions, and there is no terminal to ask at: run it in one, or give the answers in a file: --answers FILE"),
    NO_PIPELINE("is missing, and no title of a pipeline tells"),
    NO_PIPELINE_REMEDY("set one of %s"),
    NO_FIELD("is missing, and no field of the account fits"),
    NO_FIELD_REMEDY("set the number of a text field, or let it be made with --create"),
    NO_SETTING("is no setting"),
    NO_SETTING_REMEDY("config/application.properties names all of them"),
    NO_FILE("is missing or cannot be read"),
    NO_FILE_REMEDY("name a file of lines NAME=value");

    private final String text;

    SetupText(String text) {
        this.text = text;
    }

    /** The text with these values in it. */
    public String with(Object... values) {
        return values.length == 0 ? text : String.format(text, values);
    }
}
