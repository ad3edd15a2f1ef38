package io.identamocrm.amocrm;

import io.identamocrm.model.Text;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** Why a connection with another system did not come about, as far as the failure tells. */
public enum ConnectionTrouble {

    /** No name server knows the host. */
    NAME(AmocrmText.NO_HOST, AmocrmText.NO_HOST_REMEDY),
    /** Nobody listens, or nobody lets us through. */
    REFUSED(AmocrmText.NOTHING_ANSWERS, AmocrmText.FIREWALL),
    /** Somebody is there, or a firewall that says nothing. */
    SILENT(AmocrmText.NO_ANSWER_IN_TIME, AmocrmText.FIREWALL),
    /** Nobody whom Java trusts has signed its certificate, or it has ended. */
    CERTIFICATE(AmocrmText.UNTRUSTED, AmocrmText.UNTRUSTED_REMEDY),
    /** The certificate is somebody else's. */
    HOST_NAME(AmocrmText.OTHER_HOST_NAME, AmocrmText.OTHER_HOST_NAME_REMEDY),
    /** One speaks TLS and the other does not, or other versions of it. */
    PROTOCOL(AmocrmText.NO_TLS, AmocrmText.NO_TLS_REMEDY);

    private final Text words;
    private final Text remedy;

    ConnectionTrouble(Text words, Text remedy) {
        this.words = words;
        this.remedy = remedy;
    }

    /** What is the matter. */
    public Text words() {
        return words;
    }

    /** What to look at beside the settings, to follow {@code check SETTING, }. */
    public Text remedy() {
        return remedy;
    }

    /** Why, or null if the failure tells something else. */
    public static @Nullable ConnectionTrouble of(Throwable failure) {
        ConnectionTrouble found = null;
        int depth = 0;
        // The innermost cause tells most; libraries wrap it, some in a circle.
        for (Throwable cause = failure; cause != null && depth++ < 30; cause = cause.getCause()) {
            ConnectionTrouble here = ofOne(cause);
            found = here == null ? found : here;
        }
        return found;
    }

    private static @Nullable ConnectionTrouble ofOne(Throwable cause) {
        String message = String.valueOf(cause.getMessage());
        if (cause instanceof UnknownHostException
                || cause.getClass().getName().endsWith("UnresolvedAddressException")) {
            return NAME;
        }
        if (cause instanceof CertPathBuilderException || cause instanceof CertPathValidatorException) {
            return CERTIFICATE;
        }
        if (cause instanceof CertificateException) {
            return message.contains("subject alternative") || message.contains("No name matching")
                    ? HOST_NAME
                    : CERTIFICATE;
        }
        if (cause instanceof SSLException) {
            return PROTOCOL;
        }
        if (cause instanceof SocketTimeoutException
                || cause.getClass().getSimpleName().contains("ConnectTimeout")) {
            return SILENT;
        }
        return cause instanceof ConnectException || cause instanceof NoRouteToHostException ? REFUSED : null;
    }
}
