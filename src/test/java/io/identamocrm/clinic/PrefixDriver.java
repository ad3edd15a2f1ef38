package io.identamocrm.clinic;

import java.sql.Connection;
import java.sql.Driver;
import java.sql.DriverPropertyInfo;
import java.sql.SQLException;
import java.util.Properties;
import java.util.logging.Logger;

/** A JDBC driver for the URLs that begin with its prefix. */
public abstract class PrefixDriver implements Driver {

    private final String prefix;

    protected PrefixDriver(String prefix) {
        this.prefix = prefix;
    }

    /** Connects to what the URL holds after the prefix. */
    protected abstract Connection open(String rest, Properties login) throws SQLException;

    @Override
    public final Connection connect(String url, Properties login) throws SQLException {
        return acceptsURL(url) ? open(url.substring(prefix.length()), login) : null;
    }

    @Override
    public final boolean acceptsURL(String url) {
        return url.startsWith(prefix);
    }

    @Override
    public DriverPropertyInfo[] getPropertyInfo(String url, Properties login) {
        return new DriverPropertyInfo[0];
    }

    @Override
    public int getMajorVersion() {
        return 1;
    }

    @Override
    public int getMinorVersion() {
        return 0;
    }

    @Override
    public boolean jdbcCompliant() {
        return false;
    }

    @Override
    public Logger getParentLogger() {
        return Logger.getLogger(getClass().getName());
    }
}
