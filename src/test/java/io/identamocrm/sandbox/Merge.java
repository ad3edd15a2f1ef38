package io.identamocrm.sandbox;

import java.util.ArrayList;
import java.util.List;

/** What becomes of two contacts that a manager merges. */
final class Merge {

    private Merge() {
    }

    static void contacts(AccountContent content, long kept, long merged) {
        synchronized (content) {
            Entity one = content.required(false, kept);
            Entity other = content.required(false, merged);
            content.touch(one, () -> join(content, one, other));
            List.copyOf(other.links).forEach(lead -> content.link(lead, kept, false));
            content.remove(false, merged);
        }
    }

    private static void join(AccountContent content, Entity one, Entity other) {
        other.fields.forEach((id, held) -> {
            List<FieldValue> joined = new ArrayList<>(one.fields.getOrDefault(id, List.of()));
            if (joined.isEmpty()) {
                joined.addAll(held);
            } else if (content.fields(one.lead).get(id).type() == FieldType.MULTITEXT) {
                held.stream().filter(value -> joined.stream().noneMatch(old -> old.text().equals(value.text()))).forEach(joined::add);
            }
            one.put(id, joined);
        });
    }
}
