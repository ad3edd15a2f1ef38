package io.identamocrm.amocrm;

import io.identamocrm.model.Explanation;
import io.identamocrm.model.Text;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The proxy does not let us through to amoCRM, which has not seen the request. */
final class ProxyException extends IOException {

    private static final long serialVersionUID = 1L;
    private static final int WANTS_LOGIN = 407;
    private static final Set<String> LOGINS = Set.of("basic", "digest");

    private final transient Explanation explanation;
    private final boolean lasting;

    private ProxyException(Explanation explanation, boolean lasting, @Nullable Throwable cause) {
        super(explanation.sentence(), cause);
        this.explanation = explanation;
        this.lasting = lasting;
    }

    /** It cannot be reached itself. */
    static ProxyException away(HttpProxy proxy, IOException cause) {
        ConnectionTrouble trouble = ConnectionTrouble.of(cause);
        return new ProxyException(
                trouble == null
                        ? Explanation.of(AmocrmText.PROXY_BREAKS_OFF.with(proxy), AmocrmText.PROXY_BREAKS_OFF_REMEDY)
                        : Explanation.of(
                                AmocrmText.PROXY_UNREACHABLE.with(proxy, trouble.words()),
                                AmocrmText.PROXY_UNREACHABLE_REMEDY.with(trouble.remedy())),
                false,
                cause);
    }

    /**
     * It has answered in amoCRM's place.
     *
     * @param logins the kinds of login that it asks for, if it does
     */
    static ProxyException refused(HttpProxy proxy, int status, List<String> logins) {
        if (status >= 500) {
            return new ProxyException(
                    Explanation.of(
                            AmocrmText.PROXY_GETS_NOT_THROUGH.with(proxy, status),
                            AmocrmText.PROXY_GETS_NOT_THROUGH_REMEDY),
                    false,
                    null);
        }
        if (status != WANTS_LOGIN) {
            return new ProxyException(
                    Explanation.of(AmocrmText.PROXY_REFUSES.with(proxy, status), AmocrmText.PROXY_REFUSES_REMEDY),
                    true,
                    null);
        }
        boolean known = logins.isEmpty() || logins.stream().anyMatch(LOGINS::contains);
        return new ProxyException(
                known
                        ? Explanation.of(
                                AmocrmText.PROXY_LOGIN.with(proxy, status), AmocrmText.PROXY_LOGIN_REMEDY.with(proxy))
                        : Explanation.of(
                                AmocrmText.PROXY_OTHER_LOGIN.with(
                                        proxy,
                                        Text.joined(
                                                AmocrmText.OR,
                                                logins.stream().map(Text::of).toList()),
                                        status),
                                AmocrmText.PROXY_OTHER_LOGIN_REMEDY),
                true,
                null);
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
