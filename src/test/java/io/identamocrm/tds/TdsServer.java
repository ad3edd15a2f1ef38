package io.identamocrm.tds;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import javax.net.ssl.SSLSocketFactory;

/**
 * A SQL Server without SQL Server: speaks its protocol with the real driver, and lets an H2 database in SQL Server's mode answer. What it
 * refuses, and how, a test says. It keeps what SQL Server keeps: {@code SET FMTONLY ON} stays on for the session after an error.
 */
public final class TdsServer implements AutoCloseable {

    /** In place of a statement's text: the login. */
    public static final String LOGIN = "LOGIN";
    /** The text of every error; as a real one's it may hold data, so that it must be found in no log and no message. */
    public static final String IN_SERVERS_LANGUAGE = "Сообщение сервера: Образцов";

    /** The database by itself: broker id, whether it takes writes, replica. */
    private static final String DATABASE = "SELECT CAST('0E5A2E07-0000-0000-0000-000000000000' AS nvarchar(36)), "
            + "CAST('READ_WRITE' AS nvarchar(128)), CAST(NULL AS nvarchar(36))";
    /** Types as SQL Server names them where H2 names others; what is eight bytes in a sample clinic is a row version. */
    private static final String TYPE =
            "CASE DATA_TYPE WHEN 'TIMESTAMP' THEN 'datetime' WHEN 'BINARY' THEN 'timestamp' ELSE DATA_TYPE END";

    private static final String OPEN =
            "SELECT CAST(MIN(Version) AS binary(8)) FROM dbo.OpenTransactions HAVING COUNT(*) > 0";

    private final ServerSocket door;
    private final String url;
    private final String user;
    private final String password;
    private final Tls tls;
    private final List<Rule> rules = new CopyOnWriteArrayList<>();
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private final AtomicInteger requests = new AtomicInteger();
    private final Set<Socket> lines = ConcurrentHashMap.newKeySet();

    /** Where a fault is due. */
    private record Rule(Predicate<String> where, TdsFault fault) {}

    /**
     * How a server encrypts.
     *
     * @param protocols the only ones it knows
     * @param suites    the only ones it knows; null: what Java does by itself
     */
    public record Tls(SSLSocketFactory sockets, String[] protocols, String[] suites) {}

    /**
     * Listens at once, on this machine only.
     *
     * @param url of the H2 database that answers
     * @param tls null if the server does not encrypt
     */
    public TdsServer(String url, String user, String password, Tls tls) {
        this.url = url;
        this.user = user;
        this.password = password;
        this.tls = tls;
        try {
            door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        start("tds", () -> {
            while (true) {
                Socket line = door.accept();
                lines.add(line);
                start("tds session", () -> {
                    try (line) {
                        new TdsSession(this, new TdsChannel(line)).run();
                    }
                });
            }
        });
    }

    /** Something that ends with an exception when its line is closed. */
    @FunctionalInterface
    private interface Serving {
        void run() throws IOException, SQLException;
    }

    private static void start(String name, Serving serving) {
        Thread thread = new Thread(
                () -> {
                    try {
                        serving.run();
                    } catch (IOException e) {
                        // The client has gone, or the server is closed.
                    } catch (SQLException e) {
                        throw new IllegalStateException(e);
                    }
                },
                name);
        thread.setDaemon(true);
        thread.start();
    }

    public int port() {
        return door.getLocalPort();
    }

    /** Fails each statement, or the {@link #LOGIN}, of which this is true, until {@link #heal()}. */
    public void fail(Predicate<String> where, TdsFault fault) {
        rules.add(new Rule(where, fault));
    }

    /** No more faults. */
    public void heal() {
        rules.clear();
    }

    /** The statements asked so far, as they came. */
    public List<String> asked() {
        return asked;
    }

    /** Round trips so far, but for those of logins: each message of a client waits for its answer. */
    public int requests() {
        return requests.get();
    }

    Connection connect() throws SQLException {
        return DriverManager.getConnection(url, user, password);
    }

    Tls tls() {
        return tls;
    }

    void requested() {
        requests.incrementAndGet();
    }

    void asked(String statement) {
        asked.add(statement);
    }

    TdsFault faultOf(String statement) {
        return rules.stream()
                .filter(rule -> rule.where.test(statement))
                .map(Rule::fault)
                .findFirst()
                .orElse(null);
    }

    /** What H2 does not have. */
    String inDialect(String query) {
        return query.contains("FROM sys.databases")
                ? DATABASE
                : query.contains("@@DBTS")
                        ? OPEN
                        : query.contains("INFORMATION_SCHEMA.COLUMNS") ? query.replace("DATA_TYPE", TYPE) : query;
    }

    @Override
    public void close() throws IOException {
        door.close();
        for (Socket line : lines) {
            line.close();
        }
    }
}
