package io.identamocrm.model;

import io.identamocrm.model.FollowUp.Event;
import java.time.Duration;
import java.util.Map;

/**
 * What tasks and notes for managers look like.
 *
 * @param texts  of each event; {@code <id>}, {@code <deal>}, {@code <date>}, {@code <time>} and {@code <doctor>} stand for those of the
 *               reception
 * @param hours  when the clinic works
 * @param within working time until a task is due
 * @param taskType amoCRM's number of the kind of task
 */
public record FollowUpForm(Map<Event, String> texts, WorkingHours hours, Duration within, long taskType) {

    public FollowUpForm {
        texts = Map.copyOf(texts);
    }

    /**
     * What is said of an event.
     *
     * @throws IllegalStateException if it has no text, though events that are told need one
     */
    public String textOf(Event event) {
        String text = texts.get(event);
        if (text == null) {
            throw new IllegalStateException("No text for " + event.key());
        }
        return text;
    }
}
