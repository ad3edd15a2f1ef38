package io.identamocrm.model;

import java.util.List;

/** An exception that can be told to people: its message is made from these parts, which hold for themselves too. */
public interface Explained {

    /** What went wrong; one part for each fault, at least one. */
    List<Explanation> explanations();
}
