package io.identamocrm.sync;

import io.identamocrm.model.SyncItem;
import io.identamocrm.rules.SyncCase;
import java.util.List;

/**
 * Some of a run's receptions or patients, as many as are read and decided together: the body of the exchange between the run and its
 * decisions.
 *
 * @param run   whose they are
 * @param ids   in the run's order
 * @param items what IDENT holds of them; empty until it was read, and without those that could not be
 * @param cases the same with what they are decided on; empty until that was read
 */
public record Chunk(Run run, List<Long> ids, List<SyncItem> items, List<SyncCase> cases) {

    public Chunk {
        ids = List.copyOf(ids);
        items = List.copyOf(items);
        cases = List.copyOf(cases);
    }

    /** Not read yet. */
    static Chunk of(Run run, List<Long> ids) {
        return new Chunk(run, ids, List.of(), List.of());
    }

    /** As read. */
    Chunk with(List<? extends SyncItem> read) {
        return new Chunk(run, ids, List.copyOf(read), List.of());
    }

    /** Ready to be decided. */
    Chunk withCases(List<SyncCase> opened) {
        return new Chunk(run, ids, items, opened);
    }

    /** What of the run is to be decided again, as a chunk of its own. */
    public Chunk returned() {
        return of(run, List.of()).with(run.tally().takeReturned());
    }

    /** By identity, like {@link #hashCode()}. */
    @Override
    public boolean equals(Object other) {
        return this == other;
    }

    /** Not of what it holds: Camel keeps what it knows of a body's class by the body, and asks for this at every expression. */
    @Override
    public int hashCode() {
        return System.identityHashCode(this);
    }

    @Override
    public String toString() {
        return "Chunk[" + ids.size() + " of " + run + "]";
    }
}
