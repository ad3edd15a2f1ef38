package io.identamocrm.model;

import io.identamocrm.model.FollowUp.Event;
import io.identamocrm.model.FollowUp.Kind;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which changes of a reception managers are to hear of (domain rules, section 7).
 *
 * @param kinds    how an event is told, per funnel; what is absent is not
 * @param notOlder what happened longer ago is not told
 */
public record FollowUpPolicy(Map<Funnel, Map<Event, Kind>> kinds, Duration notOlder) {

    /** Nothing is told. */
    public static final FollowUpPolicy NONE = new FollowUpPolicy(Map.of(), Duration.ZERO);

    public FollowUpPolicy {
        kinds = Map.copyOf(kinds);
    }

    /** True if nothing is told. */
    public boolean isOff() {
        return kinds.values().stream().allMatch(Map::isEmpty);
    }

    /** False if it is told in no funnel any more, or in another way. */
    public boolean tells(FollowUp what) {
        return kinds.values().stream().anyMatch(ofFunnel -> ofFunnel.get(what.event()) == what.kind());
    }

    /** How the event is told, or null if it is not. */
    public @Nullable Kind kindOf(Funnel funnel, Event event) {
        return kinds.getOrDefault(funnel, Map.of()).get(event);
    }
}
