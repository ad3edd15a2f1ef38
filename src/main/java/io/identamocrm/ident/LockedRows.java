package io.identamocrm.ident;

import java.sql.SQLException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Rows of IDENT that somebody else keeps locked for longer than a statement of ours waits. */
public final class LockedRows {

    /** "Lock request time out period exceeded", of SQL Server and of H2. */
    public static final Set<Integer> ERRORS = Set.of(1222, 50200);

    private LockedRows() {}

    /** True if they are why a statement ended. */
    public static boolean caused(@Nullable Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql && ERRORS.contains(sql.getErrorCode())) {
                return true;
            }
        }
        return false;
    }
}
