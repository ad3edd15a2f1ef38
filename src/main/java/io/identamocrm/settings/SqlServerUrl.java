package io.identamocrm.settings;

/** The JDBC URL that the settings of a SQL Server make. */
public final class SqlServerUrl {

    private SqlServerUrl() {
    }

    /**
     * The URL of a SQL Server database. Values stand in braces, with closing ones doubled: none can bring in a property of its own.
     *
     * @param server   host, or HOST\INSTANCE; SQL Server Browser knows an instance's port
     * @param port     of the host; not used for an instance
     * @param database its name, whatever characters it has
     * @param encrypt  encrypt the connection; the login always is
     * @param trust    take the server's certificate as it is
     */
    public static String of(String server, int port, String database, boolean encrypt, boolean trust) {
        int backslash = server.indexOf('\\');
        String place = backslash < 0 ? ";serverName=" + braced(server) + ";portNumber=" + port
                : ";serverName=" + braced(server.substring(0, backslash)) + ";instanceName=" + braced(server.substring(backslash + 1));
        // A statement held up by a lock ends with an error of its own, before the socket's time-out cuts the line.
        return "jdbc:sqlserver://" + place + ";databaseName=" + braced(database) + ";encrypt=" + encrypt
                + ";trustServerCertificate=" + trust + ";applicationName=ident-amocrm;applicationIntent=ReadOnly;loginTimeout=15"
                + ";lockTimeout=60000;socketTimeout=120000";
    }

    private static String braced(String value) {
        return "{" + value.replace("}", "}}") + "}";
    }
}
