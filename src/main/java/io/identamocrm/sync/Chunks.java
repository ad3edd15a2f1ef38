package io.identamocrm.sync;

import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.camel.Body;
import org.apache.camel.CamelContext;

/** Cuts what a run looks at into chunks, so that memory does not grow with their number, and ends runs between two of them. */
public final class Chunks {

    private final int size;
    private final CursorPolicy cursors;
    private volatile boolean stopping;

    /**
     * Chunks of all runs of this process.
     *
     * @param size    receptions or patients of a chunk at most
     * @param cursors notes how far a run came that is ended
     */
    public Chunks(int size, CursorPolicy cursors) {
        this.size = size;
        this.cursors = cursors;
    }

    /** The run's chunks, one after the other. */
    public Iterator<Chunk> of(@Body Run run) {
        List<Long> ids = run.rows().ids();
        return IntStream.range(0, (ids.size() + size - 1) / size)
                .mapToObj(number ->
                        Chunk.of(run, ids.subList(number * size, Math.min(ids.size(), (number + 1) * size))))
                .iterator();
    }

    /** What amoCRM no longer held as it was decided, to be decided again. */
    public Chunk returned(@Body Run run) {
        return Chunk.of(run, List.of()).returned();
    }

    /**
     * Looks whether a chunk may begin.
     *
     * @throws RunStoppedException if the process is about to end at once, or somebody wants it to and nothing was begun
     */
    public void begin(@Body Chunk chunk, CamelContext context) {
        boolean nothingIsUnderWay = chunk.run().rows().done() == 0;
        if (context.isStopping() || context.isStopped() || stopping && nothingIsUnderWay) {
            throw RunStoppedException.at(chunk.run());
        }
    }

    /** Everything of the chunk is decided; its writes may be unsent. */
    public Run done(@Body Chunk chunk) {
        chunk.run().rows().chunkDone(chunk.ids());
        return chunk.run();
    }

    /** True while chunks are left. */
    public boolean areLeft(@Body Run run) {
        return run.rows().areLeft();
    }

    /** Lets the runs of this process end after the chunk under way, with everything of it done. */
    public void stopSoon() {
        stopping = true;
    }

    /** True if somebody wants the process to end. */
    public boolean isStopAsked() {
        return stopping;
    }

    /**
     * Ends a run that was asked to stop: everything so far has its outcome on record.
     *
     * @throws RunStoppedException always
     */
    public void stop(@Body Run run) {
        if (run.canGoOn()) {
            cursors.checkpoint(run);
        }
        throw RunStoppedException.at(run);
    }
}
