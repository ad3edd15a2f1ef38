package io.identamocrm.amocrm;

/** What a request to amoCRM ends in when there is nothing to go on with, as routes meet it. */
public final class FailedRequests {

    private FailedRequests() {
    }

    /** amoCRM was away: surely not done, and worth another try. */
    public static AmocrmException away(AmocrmRequest request) {
        return AmocrmException.of(request, new Response.Unavailable("status 503"));
    }
}
