package io.identamocrm.model;

import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A state that operators hear of when it begins and when it is over. The runbook has a heading for each. */
public enum AlertKind {

    /** IDENT cannot be read. */
    IDENT_AWAY("IdentAmocrmUnreachable"),
    /** Redis cannot be used. */
    REDIS_AWAY("IdentAmocrmUnreachable"),
    /** amoCRM accepts no token that there is. */
    NOT_AUTHORISED("IdentAmocrmNotAuthorised"),
    /** The long-lived token ends soon. */
    TOKEN_ENDING("IdentAmocrmTokenEnding"),
    /** amoCRM is left alone, after it blocked us or stayed away. */
    BLOCKED("IdentAmocrmBlocked"),
    /** Runs of receptions do not come to their end, for a reason that is none of those above. */
    STALE("IdentAmocrmStale"),
    /** Dead letters become more. */
    DEAD_LETTERS_GROWING("IdentAmocrmDeadLettersGrowing"),
    /** There are more dead letters than the service takes for well. */
    DEAD_LETTERS_MANY("IdentAmocrmDeadLettersMany"),
    /** A brake is pulled. */
    BRAKE("IdentAmocrmBrake");

    private final String heading;

    AlertKind(String heading) {
        this.heading = heading;
    }

    /** The name in settings, keys and JSON: {@code ident-away}. */
    public String key() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The kind of this name, or null if there is none. */
    public static @Nullable AlertKind of(String key) {
        return Stream.of(values())
                .filter(kind -> kind.key().equals(key))
                .findFirst()
                .orElse(null);
    }

    /** The anchor of its heading in the runbook, the same in both languages. */
    public String anchor() {
        return "alert-" + heading.toLowerCase(Locale.ROOT);
    }

    @Override
    public String toString() {
        return key();
    }
}
