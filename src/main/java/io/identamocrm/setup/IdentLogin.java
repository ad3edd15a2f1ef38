package io.identamocrm.setup;

/**
 * A login at IDENT's server as people write it.
 *
 * @param domain of a Windows login; empty for one of SQL Server's own
 * @param name   without the domain
 */
record IdentLogin(String domain, String name) {

    /** DOMAIN\NAME is one of Windows; everything else one of SQL Server. */
    static IdentLogin of(String text) {
        int backslash = text.indexOf('\\');
        return backslash < 1
                ? new IdentLogin("", text)
                : new IdentLogin(text.substring(0, backslash), text.substring(backslash + 1));
    }

    /** As people write it. */
    String text() {
        return domain.isEmpty() ? name : domain + "\\" + name;
    }
}
