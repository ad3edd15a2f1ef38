package io.identamocrm.sandbox;

import io.identamocrm.sandbox.Faults.Fault;

/**
 * How the sandbox limits requests (amoCRM facts, section 2: the sources disagree about scope, form and consequence).
 *
 * @param perSecond  requests allowed in any second; 0 = no limit
 * @param per        who shares the limit
 * @param form       what a 429 looks like: one of the {@code TOO_MANY_REQUESTS} faults
 * @param blockAfter so many 429s within a minute block for good with 403; 0 = never
 */
public record RateTerms(int perSecond, Per per, Fault form, int blockAfter) {

    /** Who shares a limit. */
    public enum Per {
        /** amoCRM.ru: the requests of one integration; too many 429s block the account. */
        INTEGRATION,
        /** Kommo: the requests from one address; too many 429s block the address. */
        ADDRESS
    }

    /** Seven a second per integration, 429 as a problem document, never blocked. */
    public static RateTerms standard() {
        return new RateTerms(7, Per.INTEGRATION, Fault.TOO_MANY_REQUESTS, 0);
    }

    /** The same with another number of requests a second; 0 = no limit. */
    public RateTerms perSecond(int requests) {
        return new RateTerms(requests, per, form, blockAfter);
    }

    /** The same, shared otherwise. */
    public RateTerms sharedPer(Per other) {
        return new RateTerms(perSecond, other, form, blockAfter);
    }

    /** The same with 429s that look otherwise. */
    public RateTerms answeredAs(Fault otherForm) {
        return new RateTerms(perSecond, per, otherForm, blockAfter);
    }

    /** The same, blocking for good after so many 429s within a minute. */
    public RateTerms blockingAfter(int refusals) {
        return new RateTerms(perSecond, per, form, refusals);
    }
}
