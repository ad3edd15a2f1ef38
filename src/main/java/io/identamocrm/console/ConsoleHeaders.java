package io.identamocrm.console;

import java.util.Locale;
import java.util.Set;
import org.apache.camel.Exchange;
import org.apache.camel.spi.HeaderFilterStrategy;

/** Lets only the console's own headers through: Camel otherwise hands on what a request brings, and sends back what a message holds. */
public final class ConsoleHeaders implements HeaderFilterStrategy {

    private static final Set<String> IN = Set.of("if-none-match", "accept-language");
    private static final Set<String> OUT = Set.of("content-type", "content-disposition", "etag", "cache-control");

    @Override
    public boolean applyFilterToCamelHeaders(String name, Object value, Exchange exchange) {
        return !OUT.contains(name.toLowerCase(Locale.ROOT));
    }

    @Override
    public boolean applyFilterToExternalHeaders(String name, Object value, Exchange exchange) {
        return !IN.contains(name.toLowerCase(Locale.ROOT));
    }
}
