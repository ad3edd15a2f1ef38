package io.identamocrm.sandbox;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What becomes of two contacts or two deals that a manager merges: the first keeps what it has, takes over what it lacks, all phones and
 * e-mails, tags, links, tasks and notes, and the second vanishes.
 */
final class Merge {

    private Merge() {}

    static void contacts(AccountContent content, long kept, long merged) {
        synchronized (content) {
            Entity one = content.required(false, kept);
            Entity other = content.required(false, merged);
            content.touch(one, () -> join(one, other, content.fields(false)));
            for (Long lead : List.copyOf(other.links)) {
                boolean main = content.required(true, lead).mainContact == merged;
                content.link(lead, kept, main);
                if (main) {
                    content.required(true, lead).mainContact = kept;
                }
            }
            content.feed().move(other, one);
            content.remove(false, merged);
        }
    }

    static void leads(AccountContent content, long kept, long merged) {
        synchronized (content) {
            Entity one = content.required(true, kept);
            Entity other = content.required(true, merged);
            content.touch(one, () -> {
                join(one, other, content.fields(true));
                one.price = one.price == 0 ? other.price : one.price;
            });
            other.links.forEach(contact -> content.link(kept, contact, false));
            content.feed().move(other, one);
            content.remove(true, merged);
        }
    }

    private static void join(Entity one, Entity other, Map<Long, CustomField> fields) {
        if (one.name.isEmpty()) {
            one.name = other.name;
        }
        one.tags.addAll(other.tags);
        other.fields.forEach((id, held) -> {
            List<FieldValue> joined = new ArrayList<>(one.fields.getOrDefault(id, List.of()));
            if (joined.isEmpty()) {
                joined.addAll(held);
            } else if (fields.get(id).type() == FieldType.MULTITEXT) {
                held.stream()
                        .filter(value ->
                                joined.stream().noneMatch(old -> old.text().equals(value.text())))
                        .forEach(joined::add);
            }
            one.put(id, joined);
        });
    }
}
