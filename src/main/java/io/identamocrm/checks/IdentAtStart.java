package io.identamocrm.checks;

import io.identamocrm.ident.IdentSql;
import io.identamocrm.problems.BrokenFileException;
import io.identamocrm.problems.IdentErrors;
import io.identamocrm.settings.Settings;
import io.identamocrm.settings.StartOptions;
import java.nio.file.Path;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.apache.camel.RuntimeCamelException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** IDENT and {@code config/sql} when the product starts. */
public final class IdentAtStart {

    private static final Logger LOG = LoggerFactory.getLogger(IdentAtStart.class);

    private IdentAtStart() {}

    /**
     * Checks the SQL files against IDENT. A service goes on without IDENT, and its runs ask again; who gave a command waits for an answer.
     *
     * @throws BrokenFileException   naming every broken file with its line
     * @throws RuntimeCamelException if IDENT is away and a command needs it
     */
    public static void check(StartOptions options, Settings settings, DataSource ident, IdentSql sql) {
        Path files = options.config().resolve("sql");
        boolean service = options.mode() == StartOptions.Mode.SERVICE;
        SqlFiles.requireAll(files);
        try {
            // The pool would try for a quarter of a minute what the driver knows at once.
            IdentConnection.tryOnce(settings.ident());
            SqlFiles.check(files, ident, sql);
            if (service) {
                IdentProbe.logFindings(ident, sql, files, settings.zone(), options.clock());
            }
        } catch (SQLException e) {
            if (!service) {
                throw new RuntimeCamelException(e);
            }
            LOG.warn(
                    "{}. So config/sql could not be checked; the runs will tell",
                    IdentErrors.of(e).explanation(CheckText.IDENT_UNREADABLE, e).sentence());
        }
    }
}
