package io.identamocrm.setup;

import io.identamocrm.account.AccountComparison;
import io.identamocrm.amocrm.FieldMapping;
import io.identamocrm.model.ContactField;
import io.identamocrm.model.DealField;
import io.identamocrm.model.MappedField;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What is set, and what was answered, by the names of the environment variables. */
final class Answers {

    private static final Set<String> SECRETS = Set.of(
            "DB_PASSWORD",
            "REDIS_PASSWORD",
            "REDIS_URL",
            "IDENT_JDBC_URL",
            "AMOCRM_ACCESS_TOKEN",
            "AMOCRM_REFRESH_TOKEN",
            "AMOCRM_CLIENT_SECRET",
            "REDIS_SENTINEL_PASSWORD",
            "TOKEN_ENCRYPTION_KEY",
            "TOKEN_ENCRYPTION_KEY_PREVIOUS",
            "JOLOKIA_PASSWORD",
            "ALERT_TELEGRAM_TOKEN",
            "ALERT_MAIL_PASSWORD",
            "ALERT_WEBHOOK_URL",
            "ALERT_WEBHOOK_TOKEN",
            "HTTPS_PROXY",
            "https_proxy");
    /** What the set-up asks for, fields apart. */
    private static final Set<String> ASKED = Set.of(
            "TIMEZONE",
            "IDENT_JDBC_URL",
            "DB_SERVER",
            "DB_PORT",
            "DB_DATABASE",
            "DB_AUTHENTICATION",
            "DB_DOMAIN",
            "DB_USERNAME",
            "DB_PASSWORD",
            "REDIS_URL",
            "REDIS_HOST",
            "REDIS_PORT",
            "REDIS_PASSWORD",
            "AMOCRM_SUBDOMAIN",
            "AMOCRM_BASE_URL",
            "AMOCRM_ACCESS_TOKEN",
            "AMOCRM_REFRESH_TOKEN",
            "AMOCRM_CLIENT_ID",
            "AMOCRM_CLIENT_SECRET",
            "AMOCRM_REDIRECT_URI",
            "AMOCRM_PRIMARY_PIPELINE_ID",
            "AMOCRM_SECONDARY_PIPELINE_ID",
            "AMOCRM_PRIMARY_STAGE_ID",
            "AMOCRM_SECONDARY_STAGE_ID",
            "AMOCRM_RESPONSIBLE_USER_ID");

    private final Map<String, String> present;
    private final Map<String, String> file;
    private final Map<String, String> defaults;
    private final Map<String, String> given = new LinkedHashMap<>();

    /**
     * Before the first answer.
     *
     * @param present  what is set, by the process or the file
     * @param file     what the file sets, whether it holds or not
     * @param defaults all variables, with the values that they have where nobody sets them
     */
    Answers(Map<String, String> present, Map<String, String> file, Map<String, String> defaults) {
        this.present = Map.copyOf(present);
        this.file = Map.copyOf(file);
        this.defaults = Map.copyOf(defaults);
    }

    /** The value in force, as answered, set or by default; never null. */
    String get(String name) {
        String answered = given.getOrDefault(name, present.get(name));
        return answered == null || answered.isBlank() ? defaults.getOrDefault(name, "") : answered;
    }

    /** The same without what holds by default. */
    String set(String name) {
        return given.getOrDefault(name, present.getOrDefault(name, "")).strip();
    }

    /** Takes an answer; an empty one leaves the variable to its default. */
    void put(String name, String value) {
        given.put(name, value);
    }

    /** Everything that was answered. */
    Map<String, String> given() {
        return given;
    }

    /** What is set now, of what the program knows: for a start with these answers. */
    Map<String, String> variables() {
        Map<String, String> variables = new HashMap<>(present);
        variables.putAll(given);
        variables.keySet().retainAll(defaults.keySet());
        variables.values().removeIf(String::isBlank);
        return variables;
    }

    /** What the file must say otherwise than it does, in the order of the answers; an empty value stands for a line to be removed. */
    Map<String, String> changes() {
        Map<String, String> changes = new LinkedHashMap<>();
        given.forEach((name, value) -> {
            boolean byDefault = !file.containsKey(name) && value.equals(defaults.getOrDefault(name, ""));
            if (!byDefault && !value.equals(file.getOrDefault(name, ""))) {
                changes.put(name, value);
            }
        });
        return changes;
    }

    /** Answers that the process's environment contradicts, which goes before the file. */
    Set<String> shadowed() {
        Set<String> shadowed = new TreeSet<>();
        given.forEach((name, value) -> {
            if (present.containsKey(name)
                    && !present.get(name).equals(value)
                    && !present.get(name).equals(file.get(name))) {
                shadowed.add(name);
            }
        });
        return shadowed;
    }

    /** True if the value must not be shown. */
    static boolean isSecret(String name) {
        return SECRETS.contains(name);
    }

    /** True if the set-up asks for it, so that what is wrong with it now does not matter. */
    static boolean isAsked(String name) {
        return ASKED.contains(name) || isLearned(name);
    }

    /** True for what is chosen once the account is known. */
    static boolean isLearned(String name) {
        return name.matches("AMOCRM_((PRIMARY|SECONDARY)_(PIPELINE|STAGE)|DEFAULT_STAGE|RESPONSIBLE_USER)_ID|"
                + "AMOCRM_(DEAL|CONTACT)_FIELD_.*");
    }

    /** The ids of our fields, as far as they are ids. */
    FieldMapping mapping() {
        return new FieldMapping(
                ids(DealField.values(), DealField.class), ids(ContactField.values(), ContactField.class));
    }

    private <F extends Enum<F> & MappedField> Map<F, Long> ids(F[] fields, Class<F> type) {
        Map<F, Long> ids = new EnumMap<>(type);
        Arrays.stream(fields)
                .filter(field -> id(AccountComparison.settingOf(field)) != null)
                .forEach(field -> ids.put(field, id(AccountComparison.settingOf(field))));
        return ids;
    }

    /** A value that is amoCRM's number of something; null if it is none. */
    @Nullable
    Long id(String name) {
        return set(name).matches("\\d{1,18}") ? Long.valueOf(set(name)) : null;
    }
}
