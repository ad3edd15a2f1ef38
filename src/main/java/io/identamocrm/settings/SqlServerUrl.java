package io.identamocrm.settings;

import org.jspecify.annotations.Nullable;

/** The JDBC URL of a SQL Server: as the settings make it, or as somebody wrote it, with what it lacks. */
public final class SqlServerUrl {

    /** How the URL of a SQL Server begins. */
    public static final String START = "jdbc:sqlserver:";

    /**
     * What every connection with a clinic's server has: a name that its administrator sees, the intent to read only, and ends to all waits.
     * A statement that waits for a lock keeps what it has locked itself, so it soon gives up, and the next run asks again.
     */
    private static final String OURS =
            ";applicationName=ident-amocrm;applicationIntent=ReadOnly;loginTimeout=15;lockTimeout=3000"
                    + ";socketTimeout=120000";

    private SqlServerUrl() {}

    /**
     * The URL of a SQL Server database. Values stand in braces, with closing ones doubled: none can bring in a property of its own.
     *
     * @param server   host, or HOST\INSTANCE; SQL Server Browser knows an instance's port
     * @param port     of the host; not used for an instance
     * @param database its name, whatever characters it has
     * @param domain   where the login is one of Windows, its domain, or the computer that knows it; null = a login of SQL Server
     * @param encrypt  encrypt the connection; the login always is
     * @param trust    take the server's certificate as it is
     */
    public static String of(
            String server, int port, String database, @Nullable String domain, boolean encrypt, boolean trust) {
        int backslash = server.indexOf('\\');
        String place = backslash < 0
                ? ";serverName=" + braced(server) + ";portNumber=" + port
                : ";serverName=" + braced(server.substring(0, backslash)) + ";instanceName="
                        + braced(server.substring(backslash + 1));
        String login =
                domain == null ? "" : ";integratedSecurity=true;authenticationScheme=NTLM;domain=" + braced(domain);
        return "jdbc:sqlserver://" + OURS + place + ";databaseName=" + braced(database) + login + ";encrypt=" + encrypt
                + ";trustServerCertificate=" + trust;
    }

    /**
     * A URL as somebody wrote it, with what it lacks of {@link #OURS}. Of a property that stands twice the driver takes the latter, so that
     * what is written stays; a semicolon is in no name of a server.
     *
     * @param url of any database; one of another server stays as it is
     */
    public static String completed(String url) {
        int end = url.indexOf(';');
        return !url.startsWith(START) ? url : end < 0 ? url + OURS : url.substring(0, end) + OURS + url.substring(end);
    }

    private static String braced(String value) {
        return "{" + value.replace("}", "}}") + "}";
    }
}
