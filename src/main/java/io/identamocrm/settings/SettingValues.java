package io.identamocrm.settings;

import io.identamocrm.model.Text;
import java.net.URI;
import java.net.URISyntaxException;
import java.text.ParseException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.quartz.CronExpression;

/** Settings by their forms. What does not have its form is noted, so that a person sees all problems at once, and reading goes on. */
final class SettingValues {

    private static final String LIKE_A_HOST = "[\\p{L}\\p{N}._\\[\\]:-]+";

    private static final Pattern QUOTED = Pattern.compile("(?s)([\"']).*\\1");

    private final SettingsFile file;
    private final UnaryOperator<@Nullable String> resolved;
    private final List<SettingProblem> problems = new ArrayList<>();
    private final Set<String> asked = new HashSet<>();

    /**
     * The settings of one start.
     *
     * @param file     as it is written
     * @param resolved gives a property's value with placeholders resolved, or null
     */
    SettingValues(SettingsFile file, UnaryOperator<@Nullable String> resolved) {
        this.file = file;
        this.resolved = resolved;
    }

    List<SettingProblem> problems() {
        return problems;
    }

    /** The names of all settings that were asked for, there or not. */
    Set<String> asked() {
        return asked;
    }

    /** Settings that may not have been read because others take their place. */
    void leftAside(String... properties) {
        asked.addAll(List.of(properties));
    }

    /** The value without space around it, or null if it is empty. */
    @Nullable
    String text(String property) {
        boolean first = asked.add(property);
        String text = resolved.apply(property);
        if (text == null || text.isBlank()) {
            return null;
        }
        String value = text.strip();
        if (first && QUOTED.matcher(value).matches()) {
            problem(property, SettingsText.IN_QUOTES, SettingsText.WITHOUT_QUOTES);
        }
        return value;
    }

    @Nullable
    String required(String property, Text meaning) {
        String text = text(property);
        if (text == null) {
            problems.add(SettingProblem.missing(property, file.variableOf(property), SettingsText.SET.with(meaning)));
        }
        return text;
    }

    int number(String property, int least, int most) {
        String text = text(property);
        if (text == null || !text.matches("\\d{1,9}")) {
            problem(property, SettingsText.NO_NUMBER, SettingsText.NUMBER_FORM.with(least, most));
            return least;
        }
        int number = Integer.parseInt(text);
        if (number < least || number > most) {
            problem(property, SettingsText.OUT_OF_RANGE, SettingsText.NUMBER_RANGE.with(least, most));
            return least;
        }
        return number;
    }

    boolean flag(String property) {
        String text = text(property);
        String lower = text == null ? "" : text.toLowerCase(Locale.ROOT);
        if (Set.of("true", "yes", "1", "on").contains(lower)) {
            return true;
        }
        if (!Set.of("false", "no", "0", "off").contains(lower)) {
            problem(property, SettingsText.YES_OR_NO, SettingsText.ONE_OF_TWO);
        }
        return false;
    }

    /** One of two or more words; the first if it is none of them. */
    String choice(String property, String... words) {
        String text = text(property);
        if (text != null && Set.of(words).contains(text)) {
            return text;
        }
        problem(
                property,
                SettingsText.MUST_BE.with(Text.joined(
                        SettingsText.OR, Stream.of(words).map(Text::of).toList())),
                SettingsText.CHOICE_REMEDY);
        return words[0];
    }

    /** An id of amoCRM or IDENT, or null if there is none. */
    @Nullable
    Long id(String property) {
        String text = text(property);
        if (text == null) {
            return null;
        }
        if (!text.matches("\\d{1,18}")) {
            problem(property, SettingsText.NO_ID, SettingsText.ID_FORM);
            return null;
        }
        return Long.valueOf(text);
    }

    Set<Long> ids(String property) {
        Set<Long> ids = new HashSet<>();
        for (String part : list(property)) {
            if (part.matches("\\d{1,18}")) {
                ids.add(Long.valueOf(part));
            } else {
                problem(property, SettingsText.NO_IDS, SettingsText.IDS_FORM);
                return ids;
            }
        }
        return ids;
    }

    List<String> list(String property) {
        String text = text(property);
        return text == null ? List.of() : List.of(text.split("\\s*,\\s*"));
    }

    /** A host name or address, without scheme and port. */
    @Nullable
    String host(String property, Text meaning) {
        String host = required(property, meaning);
        if (host != null && !host.matches(LIKE_A_HOST)) {
            problem(property, SettingsText.NO_HOST_NAME, SettingsText.HOST_FORM);
        }
        return host;
    }

    /** An address beginning with {@code http}; null if the setting is empty or no such address, which is noted. */
    @Nullable
    URI webAddress(String property, Text example) {
        String text = text(property);
        if (text == null) {
            return null;
        }
        try {
            URI uri = new URI(text);
            if (uri.getHost() != null && Set.of("https", "http").contains(String.valueOf(uri.getScheme()))) {
                return uri;
            }
        } catch (URISyntaxException e) {
            // Noted below: what is wrong with it matters less than what it should look like.
        }
        problem(property, SettingsText.NO_WEB_ADDRESS, example);
        return null;
    }

    /** A schedule in Quartz's form. */
    void cron(String property) {
        String text = required(property, SettingsText.CRON);
        if (text == null) {
            return;
        }
        try {
            if (new CronExpression(text).getNextValidTimeAfter(Date.from(Instant.now())) != null) {
                return;
            }
            problem(property, SettingsText.CRON_NEVER, SettingsText.CRON_FORM);
        } catch (ParseException e) {
            problem(property, SettingsText.NO_CRON, SettingsText.CRON_PARTS);
        }
    }

    /** Notes what is wrong with a setting. */
    void problem(String property, Text what, Text remedy) {
        problems.add(new SettingProblem(property, file.variableOf(property), what, remedy));
    }
}
