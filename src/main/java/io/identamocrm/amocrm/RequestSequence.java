package io.identamocrm.amocrm;

/** A series of requests to amoCRM in which each may depend on the answers before it. Route {@code ask-amocrm} carries it out. */
public interface RequestSequence {

    /** True while there is something to ask. */
    boolean hasNext();

    /** The next request; asked once for each time {@link #hasNext()} was true. */
    AmocrmRequest next();

    /** Milliseconds to wait before the next request is asked for. */
    default long pause() {
        return 0;
    }

    /** Takes the response to the request last given. */
    void aggregate(Response.Usable answer);
}
