package io.identamocrm.amocrm;

import io.identamocrm.model.Explained;
import io.identamocrm.model.Explanation;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;

/** An answer that ends the request. The routes' error handling tells the kinds apart by their classes. */
public abstract sealed class AmocrmException extends RuntimeException implements Explained {

    private static final long serialVersionUID = 1L;

    private final transient Explanation explanation;
    private final transient Response answer;

    private AmocrmException(Explanation explanation, Response answer) {
        super(explanation.sentence());
        this.explanation = explanation;
        this.answer = answer;
    }

    /** The classified answer; null if amoCRM was not even asked. */
    public Response answer() {
        return answer;
    }

    @Override
    public List<Explanation> explanations() {
        return List.of(explanation);
    }

    /**
     * The exception for a response that is none to go on with.
     *
     * @param notAuthorised what becomes of a token that is not accepted: the tokens know
     */
    static AmocrmException of(AmocrmRequest request, Response.Failed failed,
                              Function<Response.NotAuthorised, AmocrmException> notAuthorised) {
        return failed.match(notAuthorised, AmocrmException::blocked, AmocrmException::overTheRate, away -> away(request, away));
    }

    private static AmocrmException blocked(Response.Blocked blocked) {
        if (blocked.remedy() != null) {
            return new Blocked(Explanation.of(blocked.detail(), blocked.remedy()), blocked);
        }
        return new Blocked(blocked.unpaid()
                ? Explanation.of("amoCRM says that the account is not paid for (" + blocked.detail() + ")",
                        "pay for it, or let its trial be extended")
                : Explanation.of("amoCRM has blocked the account or our address, or the token's user may not do this ("
                        + blocked.detail() + ")", "look into the rights of the integration's user, or ask amoCRM's support"), blocked);
    }

    private static AmocrmException overTheRate(Response.RateLimited limited) {
        return new Transient(Explanation.of("amoCRM says there are too many requests" + (limited.retryAfter() == null ? ""
                : " and asks for a pause of " + limited.retryAfter().toSeconds() + " s"), null), limited);
    }

    /** For a request that amoCRM, or the way to it, was not there for. */
    static Transient away(AmocrmRequest request, Response.Unavailable away) {
        return new Transient(new Explanation(request.toString(), away.detail(), away.remedy()), away);
    }

    /** Surely not done and worth another try: over the rate, or away. */
    public static final class Transient extends AmocrmException {
        private static final long serialVersionUID = 1L;

        /** With what to tell; the answer may be null. */
        public Transient(Explanation explanation, Response answer) {
            super(explanation, answer);
        }
    }

    /** amoCRM asks for a longer pause than a run should wait. */
    public static final class Paused extends AmocrmException {
        private static final long serialVersionUID = 1L;

        Paused(Duration pause) {
            super(Explanation.of("amoCRM says there were too many requests and asks for a pause",
                    "it ends in " + pause.toSeconds() + " s"), null);
        }
    }

    /** What amoCRM holds cannot be told from its answers: nothing more is written in this run. */
    public static final class Ambiguous extends AmocrmException {
        private static final long serialVersionUID = 1L;

        /** Says what is not known, and what becomes of it. */
        public Ambiguous(String what, String remedy, Response answer) {
            super(Explanation.of(what, remedy), answer);
        }
    }

    /** The account is blocked, without rights or not paid for: a person is needed. */
    public static final class Blocked extends AmocrmException {
        private static final long serialVersionUID = 1L;

        Blocked(Explanation explanation, Response answer) {
            super(explanation, answer);
        }
    }

    /** The token is not accepted: a person is needed. */
    public static final class NotAuthorised extends AmocrmException {
        private static final long serialVersionUID = 1L;

        NotAuthorised(String what, String remedy, Response answer) {
            super(Explanation.of(what, remedy), answer);
        }
    }
}
