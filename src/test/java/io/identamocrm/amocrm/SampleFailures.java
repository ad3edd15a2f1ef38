package io.identamocrm.amocrm;

import java.time.Duration;

/** One failure of each kind, for tests of what others do about it. */
public final class SampleFailures {

    private SampleFailures() {}

    /** amoCRM is away: surely not done, worth another try. */
    public static AmocrmException away() {
        return failure(new Response.Unavailable("status 502"));
    }

    /** Too many requests: surely not done, worth another try. */
    public static AmocrmException overRate() {
        return failure(new Response.RateLimited(Duration.ofSeconds(1)));
    }

    /** amoCRM asks for a longer pause than a run waits. */
    public static AmocrmException paused() {
        return new AmocrmException.Paused(Duration.ofMinutes(5));
    }

    /** Nobody knows whether it was done. */
    public static AmocrmException unclear() {
        return new AmocrmException.Ambiguous(
                "the answer was lost", "look", new Response.Ambiguous("the answer was lost"));
    }

    /** A person is needed. */
    public static AmocrmException blocked() {
        return failure(new Response.Blocked(false, "status 403"));
    }

    /** A person is needed. */
    public static AmocrmException notAuthorised() {
        return new AmocrmException.NotAuthorised(
                "the token has ended", "get a new one", new Response.NotAuthorised("status 401"));
    }

    private static AmocrmException failure(Response.Failed failed) {
        return AmocrmException.of(AmocrmRequest.pipelines(), failed, refused -> notAuthorised());
    }
}
