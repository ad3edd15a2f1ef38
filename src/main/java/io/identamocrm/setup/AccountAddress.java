package io.identamocrm.setup;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * An account's address as people write it.
 *
 * @param subdomain the first part of NAME.amocrm.ru; empty for other addresses
 * @param baseUrl   any other address, without a path; else empty
 */
record AccountAddress(String subdomain, String baseUrl) {

    private static final Pattern FORM = Pattern.compile("(https?://)?([a-z0-9.-]+)(:\\d{1,5})?([/?#].*)?");
    private static final String USUAL = ".amocrm.ru";

    /** Null if it is none. */
    static @Nullable AccountAddress of(String text) {
        Matcher form = FORM.matcher(text.toLowerCase(Locale.ROOT));
        if (!form.matches()) {
            return null;
        }
        String host = form.group(2);
        if (host.endsWith(USUAL)
                && host.substring(0, host.length() - USUAL.length()).matches("[a-z0-9-]+")) {
            return new AccountAddress(host.substring(0, host.length() - USUAL.length()), "");
        }
        if (form.group(1) == null && host.matches("[a-z0-9-]+") && form.group(3) == null && form.group(4) == null) {
            return new AccountAddress(host, "");
        }
        return form.group(1) == null && !host.contains(".")
                ? null
                : new AccountAddress(
                        "",
                        (form.group(1) == null ? "https://" : form.group(1))
                                + host
                                + (form.group(3) == null ? "" : form.group(3)));
    }
}
