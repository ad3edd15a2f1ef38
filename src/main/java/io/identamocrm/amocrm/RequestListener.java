package io.identamocrm.amocrm;

import java.time.Duration;

/** Called with every request to amoCRM, for metrics. */
public interface RequestListener {

    /** For processes that nobody watches. */
    RequestListener NONE = new RequestListener() {
        @Override
        public void waited(Duration forTheLimit) {
            // Nobody wants to know.
        }

        @Override
        public void answered(String kind, int status) {
            // Nobody wants to know.
        }
    };

    /** A request has waited for the account's rate limit. */
    void waited(Duration forTheLimit);

    /**
     * A request has ended.
     *
     * @param kind   method and path without ids, such as {@code GET leads}
     * @param status of HTTP, or 0 if there was no answer
     */
    void answered(String kind, int status);
}
