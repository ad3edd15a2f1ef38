package io.identamocrm.sandbox;

import java.util.Map;
import java.util.TreeMap;

/** The account's tasks and notes by their ids. Guarded by the content. */
final class Feed {

    final Map<Long, Task> tasks = new TreeMap<>();
    final Map<Long, Note> notes = new TreeMap<>();

    /** What is about an entity vanishes with it. */
    void remove(Entity entity) {
        tasks.values().removeIf(task -> task.isOf(entity));
        notes.values().removeIf(note -> note.isOf(entity));
    }

    /** What is about one of two that are merged is about the other from now on. */
    void move(Entity from, Entity to) {
        tasks.replaceAll((id, task) -> task.isOf(from) ? task.movedTo(to.id) : task);
        notes.replaceAll((id, note) -> note.isOf(from) ? note.movedTo(to.id) : note);
    }
}
