package io.identamocrm.settings;

import io.identamocrm.model.FollowUp.Event;
import io.identamocrm.model.FollowUp.Kind;
import io.identamocrm.model.FollowUpForm;
import io.identamocrm.model.FollowUpPolicy;
import io.identamocrm.model.Funnel;
import io.identamocrm.model.WorkingHours;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalTime;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** Reads what managers are to hear of, and how. */
final class FollowUpReader {

    private static final String NONE = "none";
    private static final Pattern PLACE = Pattern.compile("<[^<>]*>");
    private static final Set<String> PLACES = Set.of("<id>", "<deal>", "<date>", "<time>", "<doctor>");
    private static final int LONGEST_TEXT = 1000;
    private static final int TEN_DAYS_OF_MINUTES = 14_400;
    private static final int HOURS_OF_A_YEAR = 8760;
    /** As far as a day goes. */
    private static final LocalTime LATEST = LocalTime.of(23, 59, 59);

    private final SettingValues values;

    FollowUpReader(SettingValues values) {
        this.values = values;
    }

    FollowUpPolicy policy() {
        Map<Funnel, Map<Event, Kind>> kinds = new EnumMap<>(Funnel.class);
        for (Funnel funnel : Funnel.values()) {
            Map<Event, Kind> ofFunnel = new EnumMap<>(Event.class);
            for (Event event : Event.values()) {
                String chosen = values.choice(
                        "follow-up." + funnel.name().toLowerCase(Locale.ROOT) + "." + event.key(),
                        NONE,
                        Kind.TASK.key(),
                        Kind.NOTE.key());
                if (!chosen.equals(NONE)) {
                    ofFunnel.put(event, Kind.valueOf(chosen.toUpperCase(Locale.ROOT)));
                }
            }
            kinds.put(funnel, ofFunnel);
        }
        return new FollowUpPolicy(
                kinds, Duration.ofHours(values.number("follow-up.not-older-than-hours", 1, HOURS_OF_A_YEAR)));
    }

    FollowUpForm form() {
        Map<Event, String> texts = new EnumMap<>(Event.class);
        for (Event event : Event.values()) {
            texts.put(event, text("follow-up.text." + event.key()));
        }
        return new FollowUpForm(
                texts,
                hours(),
                Duration.ofMinutes(values.number("follow-up.task-minutes", 0, TEN_DAYS_OF_MINUTES)),
                values.number("follow-up.task-type", 1, Integer.MAX_VALUE));
    }

    private String text(String property) {
        String text = values.required(property, SettingsText.FOLLOW_UP_TEXT);
        if (text == null) {
            return "";
        }
        for (MatchResult place : PLACE.matcher(text).results().toList()) {
            if (!PLACES.contains(place.group())) {
                values.problem(property, SettingsText.NO_SUCH_PLACE.with(place.group()), SettingsText.FOLLOW_UP_PLACES);
            }
        }
        if (text.length() > LONGEST_TEXT) {
            values.problem(property, SettingsText.TOO_LONG_A_TEXT, SettingsText.SHORTER_TEXT.with(LONGEST_TEXT));
        }
        return text;
    }

    private WorkingHours hours() {
        LocalTime opens = time("follow-up.opens", LocalTime.MIN);
        LocalTime closes = time("follow-up.closes", LATEST);
        if (!opens.isBefore(closes)) {
            values.problem("follow-up.closes", SettingsText.CLOSES_BEFORE_IT_OPENS, SettingsText.LATER_THAN_OPENS);
            opens = LocalTime.MIN;
            closes = LATEST;
        }
        Set<DayOfWeek> days = EnumSet.noneOf(DayOfWeek.class);
        for (String day : values.list("follow-up.days")) {
            if (day.matches("[1-7]")) {
                days.add(DayOfWeek.of(Integer.parseInt(day)));
            } else {
                days.clear();
                break;
            }
        }
        if (days.isEmpty()) {
            values.problem("follow-up.days", SettingsText.NO_DAYS, SettingsText.DAYS_FORM);
            days = EnumSet.allOf(DayOfWeek.class);
        }
        return new WorkingHours(opens, closes, days);
    }

    private LocalTime time(String property, LocalTime otherwise) {
        String text = values.text(property);
        if ("24:00".equals(text)) {
            return LATEST;
        }
        try {
            return LocalTime.parse(text == null ? "" : text);
        } catch (DateTimeException e) {
            values.problem(property, SettingsText.NO_TIME_OF_DAY, SettingsText.TIME_OF_DAY_FORM);
            return otherwise;
        }
    }
}
