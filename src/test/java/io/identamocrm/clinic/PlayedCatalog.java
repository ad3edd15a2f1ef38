package io.identamocrm.clinic;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.util.function.UnaryOperator;
import javax.sql.DataSource;

/** A sample clinic in H2 that passes for SQL Server, with as much of its catalogue views as the product asks for. */
public final class PlayedCatalog {

    private static String updateability = "READ_WRITE";

    private final SampleClinic clinic;

    /** Makes the views. */
    public PlayedCatalog(SampleClinic clinic) {
        this.clinic = clinic;
        updateability = "READ_WRITE";
        String own = getClass().getName();
        clinic.execute("CREATE SCHEMA sys");
        clinic.execute("CREATE ALIAS PUBLIC.DB_ID FOR '" + own + ".databaseId'");
        clinic.execute("CREATE ALIAS PUBLIC.DB_NAME FOR '" + own + ".databaseName'");
        clinic.execute("CREATE ALIAS PUBLIC.OBJECT_ID FOR '" + own + ".objectId'");
        clinic.execute("CREATE ALIAS PUBLIC.DATABASEPROPERTYEX FOR '" + own + ".property'");
        clinic.execute("CREATE TABLE sys.databases (database_id int, service_broker_guid uuid, replica_id uuid)");
        clinic.execute("INSERT INTO sys.databases VALUES (1, RANDOM_UUID(), NULL), (5, RANDOM_UUID(), NULL)");
        clinic.execute(
                "CREATE TABLE sys.indexes (object_id int, index_id int, is_disabled bit, is_hypothetical bit, has_filter bit)");
        clinic.execute("CREATE TABLE sys.index_columns (object_id int, index_id int, column_id int, key_ordinal int)");
        clinic.execute("CREATE TABLE sys.columns (object_id int, column_id int, name nvarchar(128))");
    }

    /** {@code DB_ID()}. */
    public static int databaseId() {
        return 5;
    }

    /** {@code DB_NAME()}. */
    public static String databaseName() {
        return "PZ";
    }

    /** {@code OBJECT_ID}. */
    public static Integer objectId(String name) {
        return name.startsWith("dbo.") ? name.hashCode() : null;
    }

    /** {@code DATABASEPROPERTYEX}. */
    public static String property(String database, String name) {
        return database.equals(databaseName()) && name.equals("Updateability") ? updateability : null;
    }

    /** The database takes no writes, as a secondary replica or one that is restored from another's log. */
    public void becomesReadOnly() {
        updateability = "READ_ONLY";
    }

    /** The database belongs to an availability group. */
    public void joinsAvailabilityGroup() {
        clinic.execute("UPDATE sys.databases SET replica_id = RANDOM_UUID() WHERE database_id = 5");
    }

    /**
     * An index of one column or the key of one.
     *
     * @param ordinal place of the column in the key, from 1; 0 if it is only included
     */
    public void index(String table, String column, int ordinal, boolean disabled, boolean filtered) {
        int id = objectId("dbo." + table);
        long number = 1 + clinic.count("SELECT COUNT(*) FROM sys.columns");
        clinic.execute("INSERT INTO sys.columns VALUES (?, ?, ?)", id, number, column);
        clinic.execute("INSERT INTO sys.indexes VALUES (?, ?, ?, FALSE, ?)", id, number, disabled, filtered);
        clinic.execute("INSERT INTO sys.index_columns VALUES (?, ?, ?, ?)", id, number, number, ordinal);
    }

    /**
     * The owner's connections, which call themselves SQL Server's.
     *
     * @param url what they tell as their URL
     */
    public DataSource dataSource(String url) {
        DataSource owner = clinic.dataSource();
        return played(
                DataSource.class,
                owner,
                "getConnection",
                connection -> played(
                        Connection.class,
                        connection,
                        "getMetaData",
                        data -> played(
                                DatabaseMetaData.class,
                                played(DatabaseMetaData.class, data, "getURL", own -> url),
                                "getDatabaseProductName",
                                own -> "Microsoft SQL Server")));
    }

    private static <T> T played(Class<T> type, Object real, String method, UnaryOperator<Object> answer) {
        InvocationHandler handler =
                (proxy, called, arguments) -> called.getName().equals(method)
                        ? answer.apply(invoke(called, real, arguments))
                        : invoke(called, real, arguments);
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
    }

    private static Object invoke(Method called, Object real, Object... arguments) throws Throwable {
        try {
            return called.invoke(real, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }
}
