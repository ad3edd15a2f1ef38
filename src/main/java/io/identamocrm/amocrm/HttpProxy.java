package io.identamocrm.amocrm;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The HTTP proxy on the way to amoCRM.
 *
 * @param host     its name or address
 * @param port     where it listens
 * @param user     null, and with it the password, if it asks for none
 * @param password never shown
 */
public record HttpProxy(
        String host,
        int port,
        @Nullable String user,
        @Nullable String password) {

    private static final Pattern ADDRESS = Pattern.compile(
            "(?i)(?:http://)?(?:([^:@/\\s]+):([^:@/\\s]+)@)?" + "(\\[[0-9a-f:.]+]|[\\p{L}\\p{N}._-]+):(\\d{1,5})/?");
    private static final int LAST_PORT = 65_535;

    /** Null if the text is no address of a proxy. */
    public static @Nullable HttpProxy of(String text) {
        Matcher address = ADDRESS.matcher(text);
        if (!address.matches()) {
            return null;
        }
        int port = Integer.parseInt(address.group(4));
        try {
            return port < 1 || port > LAST_PORT
                    ? null
                    : new HttpProxy(address.group(3), port, decoded(address.group(1)), decoded(address.group(2)));
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private static @Nullable String decoded(String text) {
        return text == null ? null : URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    /**
     * True if a host is asked without the proxy.
     *
     * @param without names of hosts, each with all that are below it, with or without a dot before it; {@code *} for every host
     */
    public static boolean leavesAside(String host, List<String> without) {
        String name = host.toLowerCase(Locale.ROOT);
        return without.stream()
                .map(one ->
                        one.toLowerCase(Locale.ROOT).replaceFirst(":\\d+$", "").replaceFirst("^\\*?\\.", ""))
                .anyMatch(one -> one.equals("*") || !one.isEmpty() && (name.equals(one) || name.endsWith("." + one)));
    }

    @Override
    public String toString() {
        return host + ":" + port;
    }
}
