package io.identamocrm.kubernetes;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which metrics and labels a PromQL query names: a reading of its words, no grammar. What it cannot read it refuses; whether Prometheus
 * takes the query is for promtool.
 */
final class PromQuery {

    private static final Pattern WORDS = Pattern.compile("""
            (?<space>\\s+|\\#[^\\n]*)\
            |(?<text>"(?:[^"\\\\]|\\\\.)*"|'(?:[^'\\\\]|\\\\.)*'|`[^`]*`)\
            |(?<range>\\[[^\\]]*])\
            |(?<number>\\d[\\w.]*)\
            |(?<name>[a-zA-Z_:][\\w:]*)\
            |(?<sign>=~|!~|!=|==|>=|<=|[-+*/%^=<>(){},@])""");
    private static final Set<String> OPERATORS = Set.of("and", "or", "unless", "bool", "offset", "inf", "nan", "atan2");
    private static final Set<String> LABEL_LISTS =
            Set.of("by", "without", "on", "ignoring", "group_left", "group_right");

    /** A metric, and the values its labels must have; null where a label is only compared with a pattern or grouped by. */
    record Selector(String metric, Map<String, String> labels) {}

    private record Word(String group, String text) {

        boolean is(String sign) {
            return text.equals(sign);
        }
    }

    private final String query;
    private final Deque<Word> words = new ArrayDeque<>();
    private final List<Selector> selectors = new ArrayList<>();
    private final Set<String> grouped = new TreeSet<>();

    private PromQuery(String query) {
        this.query = query;
        Matcher matcher = WORDS.matcher(query);
        int end = 0;
        while (end < query.length()) {
            if (!matcher.find(end) || matcher.start() != end) {
                throw new IllegalArgumentException("unreadable from «" + query.substring(end) + "»: " + query);
            }
            end = matcher.end();
            for (String group : List.of("text", "range", "number", "name", "sign")) {
                if (matcher.group(group) != null) {
                    words.add(new Word(group, matcher.group()));
                }
            }
        }
    }

    static PromQuery of(String query) {
        PromQuery read = new PromQuery(query);
        read.readAll();
        return read;
    }

    List<Selector> selectors() {
        return selectors;
    }

    /** Labels that the query groups or matches by. */
    Set<String> grouped() {
        return grouped;
    }

    private void readAll() {
        while (!words.isEmpty()) {
            Word word = words.poll();
            if (!word.group().equals("name") || OPERATORS.contains(word.text())) {
                continue;
            }
            if (LABEL_LISTS.contains(word.text())) {
                labelList();
            } else if (!follows("(") && !aggregation()) {
                selectors.add(new Selector(word.text(), follows("{") ? labels() : Map.of()));
            }
        }
    }

    private boolean follows(String sign) {
        return !words.isEmpty() && words.peek().is(sign);
    }

    /** {@code sum by (…)}: the word is a function though no bracket follows. */
    private boolean aggregation() {
        return !words.isEmpty() && (words.peek().is("by") || words.peek().is("without"));
    }

    private void labelList() {
        if (!follows("(")) {
            return;
        }
        words.poll();
        for (Word word = take(); !word.is(")"); word = take()) {
            if (word.group().equals("name")) {
                grouped.add(word.text());
            }
        }
    }

    private Map<String, String> labels() {
        Map<String, String> labels = new TreeMap<>();
        words.poll();
        while (!follows("}")) {
            String label = take().text();
            String comparison = take().text();
            String value = take().text();
            labels.put(label, comparison.equals("=") ? value.substring(1, value.length() - 1) : null);
            if (follows(",")) {
                words.poll();
            }
        }
        words.poll();
        return labels;
    }

    private Word take() {
        if (words.isEmpty()) {
            throw new IllegalArgumentException("ends too early: " + query);
        }
        return words.poll();
    }
}
