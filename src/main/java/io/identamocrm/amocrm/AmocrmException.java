package io.identamocrm.amocrm;

import io.identamocrm.model.Explained;
import io.identamocrm.model.Explanation;
import io.identamocrm.model.Text;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** An answer that ends the request. The routes' error handling tells the kinds apart by their classes. */
public abstract sealed class AmocrmException extends RuntimeException implements Explained {

    private static final long serialVersionUID = 1L;

    private final transient Explanation explanation;
    private final transient @Nullable Response answer;

    private AmocrmException(Explanation explanation, @Nullable Response answer) {
        super(explanation.sentence());
        this.explanation = explanation;
        this.answer = answer;
    }

    /** The classified answer; null if amoCRM was not even asked. */
    public @Nullable Response answer() {
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
    static AmocrmException of(
            AmocrmRequest request,
            Response.Failed failed,
            Function<Response.NotAuthorised, AmocrmException> notAuthorised) {
        return failed.match(
                notAuthorised, AmocrmException::blocked, AmocrmException::overTheRate, away -> away(request, away));
    }

    private static AmocrmException blocked(Response.Blocked blocked) {
        if (blocked.onTheWay() != null) {
            return new Blocked(blocked.onTheWay(), blocked);
        }
        return new Blocked(
                blocked.unpaid()
                        ? Explanation.of(AmocrmText.UNPAID.with(blocked.detail()), AmocrmText.UNPAID_REMEDY)
                        : Explanation.of(AmocrmText.BLOCKED.with(blocked.detail()), AmocrmText.BLOCKED_REMEDY),
                blocked);
    }

    private static AmocrmException overTheRate(Response.RateLimited limited) {
        return new Transient(
                Explanation.of(
                        limited.retryAfter() == null
                                ? AmocrmText.OVER_RATE
                                : AmocrmText.OVER_RATE_PAUSE.with(
                                        limited.retryAfter().toSeconds()),
                        null),
                limited);
    }

    /** For a request that amoCRM, or the way to it, was not there for. */
    static Transient away(AmocrmRequest request, Response.Unavailable away) {
        return new Transient(new Explanation(request.toString(), away.what(), away.advice()), away);
    }

    /** Surely not done and worth another try: over the rate, or away. */
    public static final class Transient extends AmocrmException {
        private static final long serialVersionUID = 1L;

        /** With what to tell; the answer may be null. */
        public Transient(Explanation explanation, @Nullable Response answer) {
            super(explanation, answer);
        }
    }

    /** amoCRM asks for a longer pause than a run should wait. */
    public static final class Paused extends AmocrmException {
        private static final long serialVersionUID = 1L;

        Paused(Duration pause) {
            super(Explanation.of(AmocrmText.PAUSED, AmocrmText.PAUSED_REMEDY.with(pause.toSeconds())), null);
        }
    }

    /** What amoCRM holds cannot be told from its answers: nothing more is written in this run. */
    public static final class Ambiguous extends AmocrmException {
        private static final long serialVersionUID = 1L;

        /** Says what is not known, and what becomes of it. */
        public Ambiguous(Text what, Text remedy, @Nullable Response answer) {
            super(Explanation.of(what, remedy), answer);
        }

        /** The same in words that are the same in all languages. */
        public Ambiguous(String what, String remedy, Response answer) {
            this(Text.of(what), Text.of(remedy), answer);
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

        NotAuthorised(Text what, Text remedy, @Nullable Response answer) {
            super(Explanation.of(what, remedy), answer);
        }

        NotAuthorised(String what, String remedy, Response answer) {
            this(Text.of(what), Text.of(remedy), answer);
        }
    }
}
