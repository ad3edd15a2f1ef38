package io.identamocrm.setup;

import io.identamocrm.model.Text;
import io.identamocrm.problems.Finding;
import java.util.List;

/** The person who is asked. */
public interface Dialogue {

    /** Tells something. */
    void say(Text text);

    /** Shows what a check found. */
    void show(List<Finding> findings);

    /**
     * Asks for a line.
     *
     * @return without space around it, empty if nothing was typed
     * @throws SetupEndedException if the person ends the dialogue
     */
    String line(Text prompt);

    /** The same for what nobody shall see: it is not shown while it is typed. */
    String secret(Text prompt);
}
