package io.identamocrm.settings;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where a Redis is, as {@code redis.url} writes it.
 *
 * @param kind     one server, one that Sentinels choose, or a cluster
 * @param nodes    addresses with scheme {@code redis} or {@code rediss} and port, at least one; of Sentinels, if they choose
 * @param master   what the Sentinels call it; else null
 * @param user     null if none is written
 * @param password null if none is written
 * @param database null if none is written
 */
record RedisUrl(
        Settings.Redis.Kind kind,
        List<String> nodes,
        @Nullable String master,
        @Nullable String user,
        @Nullable String password,
        @Nullable Integer database) {

    private static final Pattern FORM =
            Pattern.compile("(rediss?)(-sentinel|-cluster)?://(?:([\\p{L}\\p{N}._~!$&'()*+,;=:%-]*)@)?"
                    + "([^@/?#\\s]+)(?:/([A-Za-z0-9._-]*)(?:/(\\d{1,3}))?)?");
    private static final Pattern NODE = Pattern.compile("(\\[[0-9a-fA-F:.]+]|[\\p{L}\\p{N}._-]+)(?::(\\d{1,5}))?");
    private static final int LAST_PORT = 65_535;

    /** Null if it has none of the forms. */
    static @Nullable RedisUrl of(String text) {
        Matcher form = FORM.matcher(text);
        if (!form.matches()) {
            return null;
        }
        Settings.Redis.Kind kind = form.group(2) == null
                ? Settings.Redis.Kind.SERVER
                : form.group(2).equals("-sentinel") ? Settings.Redis.Kind.SENTINEL : Settings.Redis.Kind.CLUSTER;
        List<String> nodes = nodes(form.group(1), form.group(4), kind == Settings.Redis.Kind.SENTINEL ? 26_379 : 6379);
        String first = form.group(5) == null || form.group(5).isEmpty() ? null : form.group(5);
        String master = kind == Settings.Redis.Kind.SENTINEL ? first : null;
        String database = kind == Settings.Redis.Kind.SENTINEL ? form.group(6) : first;
        boolean rightPath = switch (kind) {
            case SERVER -> form.group(6) == null && (first == null || first.matches("\\d{1,3}")) && nodes.size() == 1;
            case SENTINEL -> master != null;
            case CLUSTER -> form.group(6) == null && first == null;
        };
        if (!rightPath || nodes.isEmpty()) {
            return null;
        }
        try {
            String[] login =
                    form.group(3) == null ? new String[0] : form.group(3).split(":", 2);
            return new RedisUrl(
                    kind,
                    nodes,
                    master,
                    login.length < 2 || login[0].isEmpty() ? null : decoded(login[0]),
                    login.length == 0 ? null : decoded(login[login.length - 1]),
                    database == null ? null : Integer.valueOf(database));
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    /** Empty if one of them is none. */
    private static List<String> nodes(String scheme, String text, int usualPort) {
        List<String> nodes = new ArrayList<>();
        for (String part : text.split(",", -1)) {
            Matcher node = NODE.matcher(part);
            int port = !node.matches() ? 0 : node.group(2) == null ? usualPort : Integer.parseInt(node.group(2));
            if (port < 1 || port > LAST_PORT) {
                return List.of();
            }
            nodes.add(scheme + "://" + node.group(1) + ":" + port);
        }
        return nodes;
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    }
}
