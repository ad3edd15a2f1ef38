package io.identamocrm.ops;

import java.nio.file.Path;
import java.time.Clock;
import java.util.List;

/** Looks at the clinic's database before it is used: {@code test-db}, {@code doctor} and the start of the service ask it. */
public final class IdentProbe {

    private IdentProbe() {
    }

    /**
     * What there is to say about IDENT; opens connections of its own and closes them. A database that is away is one problem, not an
     * exception; its exit code is {@link Problem#UNREACHABLE}, that of missing tables, columns and rights {@link Problem#WRONG_SETUP}.
     *
     * @param settings where the database is, and the clinic's zone
     * @param sql      directory of the SQL files
     * @param clock    our own clock, to compare the server's with
     */
    public static List<Finding> findings(Settings settings, Path sql, Clock clock) {
        throw new UnsupportedOperationException("under construction");
    }
}
