package io.identamocrm.clinic;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A JDBC driver before another one, which breaks a query as SQL Server or the network would: {@code jdbc:faulty:} and the rest of the real
 * URL. One plan for the whole process.
 */
public final class FaultyDriver extends PrefixDriver {

    /** What happens to a query. */
    public enum Fault {
        /** The server chooses us as a deadlock's victim: the statement fails, the connection stays. */
        DEADLOCK(1205, "40001"),
        /** A lock is not had in time. */
        LOCKED(1222, "S0051"),
        /** The administrator ended our session, or the server shut down: the connection is gone. */
        KILLED(596, "S0001"),
        /** The network has lost the connection. */
        DROPPED(0, "08S01");

        private final int number;
        private final String state;

        Fault(int number, String state) {
            this.number = number;
            this.state = state;
        }
    }

    private static final String PREFIX = "jdbc:faulty:";
    private static final int ROWS_BEFORE = 1;
    private static final AtomicInteger COUNTDOWN = new AtomicInteger();
    private static volatile Fault fault;
    private static volatile boolean amongRows;
    private static volatile boolean away;

    static {
        try {
            DriverManager.registerDriver(new FaultyDriver());
        } catch (SQLException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private FaultyDriver() {
        super(PREFIX);
    }

    /** The URL that leads through this driver. */
    public static String through(String jdbcUrl) {
        clear();
        return PREFIX + jdbcUrl.substring("jdbc:".length());
    }

    /**
     * Breaks one query, once.
     *
     * @param query     which from now on, from 1
     * @param afterRows not when it is sent but among its rows; one that has none passes
     */
    public static void breakQuery(Fault what, int query, boolean afterRows) {
        fault = what;
        amongRows = afterRows;
        COUNTDOWN.set(query);
    }

    /** From now on the server cannot be reached, and open connections are gone; or it is back. */
    public static void away(boolean gone) {
        away = gone;
    }

    /** True if the query that was to be broken has not come yet. */
    public static boolean isWaiting() {
        return COUNTDOWN.get() > 0;
    }

    /** No more faults. */
    public static void clear() {
        COUNTDOWN.set(0);
        away = false;
    }

    private static SQLException failure(Fault what, Connection connection) throws SQLException {
        if (what == Fault.DROPPED || what == Fault.KILLED) {
            connection.close();
        }
        return new SQLException("A message in the server's language that may hold Образцов", what.state, what.number);
    }

    @Override
    protected Connection open(String rest, Properties login) throws SQLException {
        if (away) {
            throw new SQLException("Connection refused", "08S01", 0);
        }
        Connection real = DriverManager.getConnection("jdbc:" + rest, login);
        return wrap(Connection.class, (proxy, method, arguments) -> {
            if (away && !method.getName().equals("close") && !method.getName().equals("abort")) {
                throw failure(Fault.DROPPED, real);
            }
            Object result = call(real, method, arguments);
            return result instanceof PreparedStatement statement ? statement(statement, real) : result;
        });
    }

    private static PreparedStatement statement(PreparedStatement real, Connection connection) {
        AtomicBoolean broken = new AtomicBoolean();
        return wrap(PreparedStatement.class, (proxy, method, arguments) -> {
            if (method.getName().equals("getParameterMetaData")) {
                // On SQL Server a round trip to a procedure that may misjudge the statement: nothing may depend on it.
                throw new SQLException("sp_describe_undeclared_parameters", "S0001", 11506);
            }
            if (method.getName().startsWith("execute") && COUNTDOWN.get() > 0 && COUNTDOWN.decrementAndGet() == 0) {
                if (!amongRows) {
                    throw failure(fault, connection);
                }
                broken.set(true);
            }
            Object result = call(real, method, arguments);
            return result instanceof ResultSet rows && broken.get() ? rows(rows, connection) : result;
        });
    }

    private static ResultSet rows(ResultSet real, Connection connection) {
        AtomicInteger passed = new AtomicInteger();
        return wrap(ResultSet.class, (proxy, method, arguments) -> {
            if (method.getName().equals("next") && passed.getAndIncrement() == ROWS_BEFORE) {
                throw failure(fault, connection);
            }
            return call(real, method, arguments);
        });
    }

    private static Object call(Object real, Method method, Object[] arguments) throws Throwable {
        try {
            return method.invoke(real, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    private static <T> T wrap(Class<T> type, InvocationHandler handler) {
        return type.cast(Proxy.newProxyInstance(FaultyDriver.class.getClassLoader(), new Class<?>[] {type}, handler));
    }
}
