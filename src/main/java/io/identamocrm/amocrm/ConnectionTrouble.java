package io.identamocrm.amocrm;

import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import javax.net.ssl.SSLException;

/** Why a connection with another system did not come about, as far as the failure tells. */
public enum ConnectionTrouble {

    /** No name server knows the host. */
    NAME("no host of its name is known", "and this machine's name server"),
    /** Nobody listens, or nobody lets us through. */
    REFUSED("nothing answers at its address", "that it runs, and that no firewall is between"),
    /** Somebody is there, or a firewall that says nothing. */
    SILENT("it does not answer in time", "that it runs, and that no firewall is between"),
    /** Nobody whom Java trusts has signed its certificate, or it has ended. */
    CERTIFICATE("its certificate is not trusted here", "and give Java the authority that signed it (README, \"a certificate of its own\")"),
    /** The certificate is somebody else's. */
    HOST_NAME("its certificate is for another host name", "and write the name that stands in the certificate"),
    /** One speaks TLS and the other does not, or other versions of it. */
    PROTOCOL("no encrypted connection could be agreed on", "whether this port speaks TLS, and that no proxy opens it on the way");

    private final String words;
    private final String remedy;

    ConnectionTrouble(String words, String remedy) {
        this.words = words;
        this.remedy = remedy;
    }

    /** What is the matter. */
    public String words() {
        return words;
    }

    /** What to look at beside the settings, to follow {@code check SETTING, }. */
    public String remedy() {
        return remedy;
    }

    /** Why, or null if the failure tells something else. */
    public static ConnectionTrouble of(Throwable failure) {
        ConnectionTrouble found = null;
        int depth = 0;
        // The innermost cause tells most; libraries wrap it, some in a circle.
        for (Throwable cause = failure; cause != null && depth++ < 30; cause = cause.getCause()) {
            ConnectionTrouble here = ofOne(cause);
            found = here == null ? found : here;
        }
        return found;
    }

    private static ConnectionTrouble ofOne(Throwable cause) {
        String message = String.valueOf(cause.getMessage());
        if (cause instanceof UnknownHostException || cause.getClass().getName().endsWith("UnresolvedAddressException")) {
            return NAME;
        }
        if (cause instanceof CertPathBuilderException || cause instanceof CertPathValidatorException) {
            return CERTIFICATE;
        }
        if (cause instanceof CertificateException) {
            return message.contains("subject alternative") || message.contains("No name matching") ? HOST_NAME : CERTIFICATE;
        }
        if (cause instanceof SSLException) {
            return PROTOCOL;
        }
        if (cause instanceof SocketTimeoutException || cause.getClass().getSimpleName().contains("ConnectTimeout")) {
            return SILENT;
        }
        return cause instanceof ConnectException || cause instanceof NoRouteToHostException ? REFUSED : null;
    }
}
