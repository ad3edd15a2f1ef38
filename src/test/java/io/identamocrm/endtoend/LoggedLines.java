package io.identamocrm.endtoend;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.Logger;
import org.apache.logging.log4j.core.appender.AbstractAppender;
import org.apache.logging.log4j.core.config.Configurator;
import org.apache.logging.log4j.core.config.Property;

/** What one class, or all of a package, logs while a test looks. */
public final class LoggedLines implements AutoCloseable {

    private final List<String> lines = new CopyOnWriteArrayList<>();
    private final Logger logger;
    private final Level before;
    private final AbstractAppender appender =
            new AbstractAppender("lines of a test", null, null, true, Property.EMPTY_ARRAY) {
                @Override
                public void append(LogEvent event) {
                    lines.add(event.getMessage().getFormattedMessage());
                }
            };

    /** From level ERROR on. */
    public LoggedLines(Class<?> of) {
        this(of.getName(), Level.ERROR);
    }

    /** Of all loggers whose names begin so. */
    public LoggedLines(String of, Level from) {
        logger = (Logger) LogManager.getLogger(of);
        before = logger.getLevel();
        if (!before.isLessSpecificThan(from)) {
            Configurator.setLevel(logger, from);
        }
        appender.start();
        logger.addAppender(appender);
    }

    /** Those so far. */
    public List<String> lines() {
        return lines;
    }

    @Override
    public void close() {
        logger.removeAppender(appender);
        Configurator.setLevel(logger, before);
    }
}
