package io.identamocrm.ident;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The services of a chunk of receptions: rows of {@code reception-services.sql}, by reception. */
final class ServiceLines {

    private final Map<Long, List<Row>> lines = new HashMap<>();
    /** Set when a line does not say where it belongs: it could be any reception's, so none of the chunk is complete. */
    private @Nullable UnreadableColumnException stray;

    /**
     * What one reception was billed.
     *
     * @param services distinct names in IDENT's order; empty if none
     * @param cost     roubles, two digits behind the point; null when no line has an amount; 0 when all were returned
     */
    record Bill(List<String> services, @Nullable BigDecimal cost) {}

    static ServiceLines of(List<Map<String, Object>> rows) {
        ServiceLines services = new ServiceLines();
        for (Map<String, Object> columns : rows) {
            Row row = new Row(columns);
            try {
                Long reception = row.requiredNumber("reception_id");
                services.lines
                        .computeIfAbsent(reception, id -> new ArrayList<>())
                        .add(row);
            } catch (UnreadableColumnException e) {
                services.stray = new UnreadableColumnException(e.column(), e.expected() + " in reception-services.sql");
            }
        }
        return services;
    }

    /** Throws {@link UnreadableColumnException} for the reception whose lines break the contract, and for no other. */
    Bill of(long reception) {
        if (stray != null) {
            throw stray;
        }
        Set<String> names = new LinkedHashSet<>();
        BigDecimal cost = null;
        for (Row line : lines.getOrDefault(reception, List.of())) {
            boolean returned = line.has("returned") && Boolean.TRUE.equals(line.flag("returned"));
            String name = returned ? null : line.text("service_name");
            if (name != null) {
                names.add(name);
            }
            BigDecimal amount = returned ? BigDecimal.ZERO : line.decimal("amount");
            if (amount != null) {
                cost = cost == null ? amount : cost.add(amount);
            }
        }
        return new Bill(List.copyOf(names), cost == null ? null : cost.setScale(2, RoundingMode.HALF_UP));
    }
}
