package io.identamocrm.sync;

import io.identamocrm.model.SyncItem;
import java.util.List;

/**
 * Some of a run's receptions or patients, as many as are read and decided together: the body of the exchange between the run and its
 * decisions.
 *
 * @param run   whose they are
 * @param ids   in the run's order
 * @param items what IDENT holds of them; empty until it was read, and without those that could not be
 */
public record Chunk(Run run, List<Long> ids, List<SyncItem> items) {

    public Chunk {
        ids = List.copyOf(ids);
        items = List.copyOf(items);
    }

    /** Not read yet. */
    static Chunk of(Run run, List<Long> ids) {
        return new Chunk(run, ids, List.of());
    }

    /** As read. */
    Chunk with(List<? extends SyncItem> read) {
        return new Chunk(run, ids, List.copyOf(read));
    }

    @Override
    public String toString() {
        return "Chunk[" + ids.size() + " of " + run + "]";
    }
}
