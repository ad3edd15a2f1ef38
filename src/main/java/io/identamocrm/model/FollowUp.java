package io.identamocrm.model;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What a manager is to hear of a reception (domain rules, section 7), once for each {@link #key()}. Ids only: the text is made when it is
 * sent.
 *
 * @param reception whose it is
 * @param event     what has happened
 * @param kind      how it is told
 * @param news      what makes it another one than the last of the same reception and event
 * @param user      of a deal that was opened with it: its responsible user, 0 if none was named; null where the deal has to be asked
 * @param found     when it was found out, clinic wall clock in seconds
 */
public record FollowUp(
        long reception,
        Event event,
        Kind kind,
        String news,
        @Nullable Long user,
        long found) {

    /** Stands for no user in particular: amoCRM chooses the same one for a deal and its task. */
    public static final long NOBODY_NAMED = 0;

    /** Enough to tell apart what happens to one reception, and short enough for people's eyes. */
    private static final int LENGTH_IN_MARK = 8;

    /** What can be told. */
    public enum Event implements Message {
        BOOKED("booked", "записан"),
        MOVED("moved to another time", "перенесён на другое время"),
        CANCELLED("cancelled", "отменён"),
        MISSED("missed", "пропущен"),
        COMPLETED("completed", "завершён");

        private final String english;
        private final String russian;

        Event(String english, String russian) {
            this.english = english;
            this.russian = russian;
        }

        /** The name in settings, keys and JSON. */
        public String key() {
            return name().toLowerCase(Locale.ROOT);
        }

        @Override
        public String english() {
            return english;
        }

        @Override
        public String russian() {
            return russian;
        }
    }

    /** How it is told. */
    public enum Kind implements Message {
        TASK("a task", "задача"),
        NOTE("a note", "примечание");

        private final String english;
        private final String russian;

        Kind(String english, String russian) {
            this.english = english;
            this.russian = russian;
        }

        /** The name in settings and JSON. */
        public String key() {
            return name().toLowerCase(Locale.ROOT);
        }

        @Override
        public String english() {
            return english;
        }

        @Override
        public String russian() {
            return russian;
        }
    }

    /** Its name, the same however often it is found, and another one for what happens later. */
    public String key() {
        return reception + ":" + event.key() + ":" + news;
    }

    /** What had happened, by a {@link #key()}. */
    public static Event eventOf(String key) {
        return Event.valueOf(key.split(":", -1)[1].toUpperCase(Locale.ROOT));
    }

    /** By this, at the end of its text, it is found again in amoCRM, which keeps no name of ours for tasks and notes. */
    public String mark() {
        return "[" + reception + "-" + news.substring(0, Math.min(news.length(), LENGTH_IN_MARK)) + "]";
    }
}
