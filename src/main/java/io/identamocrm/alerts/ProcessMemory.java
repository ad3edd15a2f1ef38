package io.identamocrm.alerts;

import io.identamocrm.state.AlertMemory;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What this process remembers while there is no Redis to remember it; forgotten when it ends. */
final class ProcessMemory implements AlertMemory {

    private final Map<String, String> states = new HashMap<>();
    private final Map<String, String> toTell = new HashMap<>();

    @Override
    public synchronized Map<String, String> states() {
        return Map.copyOf(states);
    }

    @Override
    public synchronized Map<String, String> toTell() {
        return Map.copyOf(toTell);
    }

    @Override
    public synchronized boolean change(
            String state, @Nullable String before, @Nullable String after, Map<String, String> alerts) {
        if (!put(states, state, before, after)) {
            return false;
        }
        toTell.putAll(alerts);
        return true;
    }

    @Override
    public synchronized boolean replace(String alert, String before, @Nullable String after) {
        return put(toTell, alert, before, after);
    }

    private static boolean put(Map<String, String> map, String key, @Nullable String before, @Nullable String after) {
        if (!Objects.equals(map.get(key), before)) {
            return false;
        }
        if (after == null) {
            map.remove(key);
        } else {
            map.put(key, after);
        }
        return true;
    }
}
