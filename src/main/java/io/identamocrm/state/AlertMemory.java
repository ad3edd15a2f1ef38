package io.identamocrm.state;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is remembered of states that operators hear of, and of alerts that are still to be told. Nothing in it is about people. Each change
 * is made by comparing: of several processes that see the same, one makes it.
 */
public interface AlertMemory {

    /** What is remembered of each state, by its id; the states that are not named are well. */
    Map<String, String> states();

    /** The alerts that are to be told, by channel and state. */
    Map<String, String> toTell();

    /**
     * Changes what is remembered of a state, together with what is to be told of it.
     *
     * @param before what was read of it; null = nothing
     * @param after  null = nothing any more
     * @param alerts by channel and state; one that is there already is replaced
     * @return false if another process has changed the state meanwhile: then nothing is done
     */
    boolean change(String state, @Nullable String before, @Nullable String after, Map<String, String> alerts);

    /**
     * Changes an alert that is to be told.
     *
     * @param before what was read of it
     * @param after  null = it is told, or given up
     * @return false if another process has changed it meanwhile: then nothing is done
     */
    boolean replace(String alert, String before, @Nullable String after);
}
