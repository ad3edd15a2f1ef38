package io.identamocrm.amocrm;

import io.identamocrm.model.Explanation;
import java.io.IOException;
import java.util.List;
import java.util.Set;

/** The proxy does not let us through to amoCRM, which has not seen the request. */
final class ProxyException extends IOException {

    private static final long serialVersionUID = 1L;
    private static final int WANTS_LOGIN = 407;
    private static final Set<String> LOGINS = Set.of("basic", "digest");

    private final transient Explanation explanation;
    private final boolean lasting;

    private ProxyException(Explanation explanation, boolean lasting, Throwable cause) {
        super(explanation.sentence(), cause);
        this.explanation = explanation;
        this.lasting = lasting;
    }

    /** It cannot be reached itself. */
    static ProxyException away(HttpProxy proxy, IOException cause) {
        ConnectionTrouble trouble = ConnectionTrouble.of(cause);
        return new ProxyException(trouble == null
                ? Explanation.of("the proxy " + proxy + " breaks the connection off", "check HTTPS_PROXY, and that it is an HTTP proxy")
                : Explanation.of("the proxy " + proxy + " cannot be reached: " + trouble.words(), "check HTTPS_PROXY, " + trouble.remedy()),
                false, cause);
    }

    /**
     * It has answered in amoCRM's place.
     *
     * @param logins the kinds of login that it asks for, if it does
     */
    static ProxyException refused(HttpProxy proxy, int status, List<String> logins) {
        String suffix = " (status " + status + ")";
        if (status >= 500) {
            return new ProxyException(Explanation.of("the proxy " + proxy + " does not get through to amoCRM" + suffix,
                    "check its own way out, and AMOCRM_SUBDOMAIN or AMOCRM_BASE_URL"), false, null);
        }
        if (status != WANTS_LOGIN) {
            return new ProxyException(Explanation.of("The proxy " + proxy + " does not let us through to amoCRM" + suffix,
                    "have amoCRM's address allowed there"), true, null);
        }
        boolean known = logins.isEmpty() || logins.stream().anyMatch(LOGINS::contains);
        return new ProxyException(known ? Explanation.of("The proxy " + proxy + " does not accept user and password, or wants them"
                + suffix, "set HTTPS_PROXY=http://USER:PASSWORD@" + proxy + " with those that it knows")
                : Explanation.of("The proxy " + proxy + " asks for a login of kind " + String.join(" or ", logins) + suffix,
                        "have it take user and password too (Basic), or let amoCRM's address through without"), true, null);
    }

    /** What it means to a person. */
    Explanation explanation() {
        return explanation;
    }

    /** True if it does not pass by itself. */
    boolean isLasting() {
        return lasting;
    }
}
