package io.identamocrm;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** What is wrong with a text that should be Russian, as far as its letters tell. */
public final class RussianProse {

    /** Letters of both alphabets in one word: most often one that only looks Russian. A hyphen parts words: {@code deep-прогон}. */
    private static final Pattern MIXED = Pattern.compile("[\\p{IsLatin}\\p{IsCyrillic}]*(?:\\p{IsLatin}\\p{IsCyrillic}|"
            + "\\p{IsCyrillic}\\p{IsLatin})[\\p{IsLatin}\\p{IsCyrillic}]*");
    /** A Latin letter that stands where a Russian word of one letter would: {@code a}, {@code c}, {@code o}. */
    private static final Pattern LONELY =
            Pattern.compile("(?<=\\p{IsCyrillic}[,;:]? )[aceopxyACEOPXY](?= \\p{IsCyrillic})");
    /** Words that no name, setting or command of ours is. */
    private static final Set<String> ENGLISH = Set.of(
            "the",
            "is",
            "are",
            "was",
            "were",
            "of",
            "to",
            "which",
            "that",
            "this",
            "there",
            "has",
            "have",
            "been",
            "cannot",
            "must",
            "may",
            "not",
            "see",
            "check",
            "nothing",
            "more",
            "than",
            "from",
            "with",
            "they",
            "them",
            "its",
            "only",
            "and",
            "be",
            "by",
            "as",
            "would",
            "deal",
            "deals",
            "reception",
            "receptions",
            "patient",
            "patients",
            "contact",
            "contacts",
            "pipeline",
            "stage",
            "run",
            "runs",
            "found",
            "failed",
            "created",
            "updated",
            "requests",
            "nobody",
            "empty",
            "never");

    private static final Pattern WORD = Pattern.compile("(?<![\\w.\\-/=@:«])[A-Za-z]+(?![\\w\\-/=@(»]|[.:]\\S|\\.\n)");

    private RussianProse() {}

    /** Words with letters of two alphabets, and Latin ones in a Russian word's place. */
    public static List<String> lookAlikes(String text) {
        List<String> found = new ArrayList<>(MIXED.matcher(text.replaceAll("%(\\d\\$)?[sdn]", " "))
                .results()
                .map(MatchResult::group)
                .toList());
        LONELY.matcher(text).results().map(MatchResult::group).forEach(found::add);
        return found;
    }

    /** English words; names of commands, settings and files are none. */
    public static Set<String> english(String text) {
        Set<String> found = new TreeSet<>();
        WORD.matcher(text.replaceAll("explain (reception|patient|deal)|<[a-z]+>", ""))
                .results()
                .map(MatchResult::group)
                .filter(ENGLISH::contains)
                .forEach(found::add);
        return found;
    }
}
