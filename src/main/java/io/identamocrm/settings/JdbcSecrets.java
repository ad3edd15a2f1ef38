package io.identamocrm.settings;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A JDBC URL without the login and the secrets that somebody wrote into it: what is a URL is shown by monitors, pools and messages.
 *
 * @param url      the rest, as it was written
 * @param username null if none was written, as the password
 * @param secrets  other properties that nobody may see, by their names, for the driver
 */
record JdbcSecrets(
        String url, @Nullable String username, @Nullable String password, Map<String, String> secrets) {

    /** SQL Server's driver takes a value in braces, with closing ones doubled; H2's takes a backslash before a semicolon. */
    private static final Pattern PROPERTY =
            Pattern.compile(";\\s*([\\w.]+)\\s*=(\\{(?:[^}]|}})*}[^;]*|(?:\\\\.|[^;\\\\])*)");

    private static final Pattern SECRET = Pattern.compile("(?i)user|username|.*(password|secret|token|clientkey).*");

    /** Takes them out. */
    static JdbcSecrets takenFrom(String url) {
        boolean sqlServer = url.startsWith(SqlServerUrl.START);
        Map<String, String> secrets = new HashMap<>();
        String username = null;
        String password = null;
        StringBuilder rest = new StringBuilder();
        Matcher property = PROPERTY.matcher(url);
        while (property.find()) {
            String name = property.group(1);
            if (!SECRET.matcher(name).matches()) {
                property.appendReplacement(rest, Matcher.quoteReplacement(property.group()));
                continue;
            }
            property.appendReplacement(rest, "");
            String value = sqlServer
                    ? inBraces(property.group(2).strip())
                    : property.group(2).replaceAll("\\\\(.)", "$1");
            switch (name.toLowerCase(Locale.ROOT)) {
                case "user", "username" -> username = value;
                case "password" -> password = value;
                default -> secrets.put(name, value);
            }
        }
        return new JdbcSecrets(property.appendTail(rest).toString(), username, password, Map.copyOf(secrets));
    }

    private static String inBraces(String value) {
        return value.startsWith("{") && value.endsWith("}")
                ? value.substring(1, value.length() - 1).replace("}}", "}")
                : value;
    }

    @Override
    public String toString() {
        return "JdbcSecrets";
    }
}
