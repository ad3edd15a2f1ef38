package io.identamocrm.amocrm;

import java.util.Locale;
import java.util.Set;
import org.apache.camel.Exchange;
import org.apache.camel.spi.HeaderFilterStrategy;

/** Lets only the headers of amoCRM's protocol through: camel-http otherwise sends every message header to the server. */
public final class AmocrmHeaderFilter implements HeaderFilterStrategy {

    private static final Set<String> OUT = Set.of("authorization", "accept", "content-type");
    private static final Set<String> IN = Set.of("date", "retry-after", "x-request-id", "content-type");

    @Override
    public boolean applyFilterToCamelHeaders(String name, Object value, Exchange exchange) {
        return !OUT.contains(name.toLowerCase(Locale.ROOT));
    }

    @Override
    public boolean applyFilterToExternalHeaders(String name, Object value, Exchange exchange) {
        return !IN.contains(name.toLowerCase(Locale.ROOT));
    }
}
