package io.identamocrm.problems;

import io.github.resilience4j.circuitbreaker.CallNotPermittedException;
import io.identamocrm.account.AccountMismatchException;
import io.identamocrm.amocrm.AmocrmException;
import io.identamocrm.amocrm.ConnectionTrouble;
import io.identamocrm.ident.UnreadableColumnException;
import io.identamocrm.model.Explained;
import io.identamocrm.model.Explanation;
import io.identamocrm.model.Language;
import io.identamocrm.model.Text;
import io.identamocrm.state.LockLostException;
import io.identamocrm.state.OtherSettingsException;
import io.identamocrm.sync.RunUnderWayException;
import java.sql.SQLException;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.camel.PropertyBindingException;
import org.redisson.client.RedisAuthRequiredException;
import org.redisson.client.RedisConnectionException;
import org.redisson.client.RedisException;
import org.redisson.client.RedisWrongPasswordException;

/**
 * What a failure means to a person.
 *
 * @param exitCode     as specified for the command line
 * @param message      the explanations in one text, a line each, in English
 * @param explanations what is wrong, where, and what to do, at least one; never a patient's data
 * @param cause        the exception that tells the reason
 */
public record Problem(int exitCode, String message, List<Explanation> explanations, Throwable cause) {

    /** Wrong usage or configuration. */
    public static final int WRONG_SETUP = 2;
    /** IDENT, Redis or amoCRM cannot be reached, or the run could not finish. */
    public static final int UNREACHABLE = 3;
    /** amoCRM does not accept the token. */
    public static final int NOT_AUTHORISED = 4;
    /** Another run of the kind is under way. */
    public static final int UNDER_WAY = 5;

    /** Classes and places of a failure and its causes, a line each; without their messages, which may repeat rows or bodies. */
    public static String placesOf(Throwable failure) {
        StringBuilder text = new StringBuilder();
        Set<Throwable> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        for (Throwable cause = failure; cause != null && seen.add(cause); cause = cause.getCause()) {
            text.append(cause == failure ? "" : "caused by ")
                    .append(cause.getClass().getName())
                    .append(System.lineSeparator());
            for (StackTraceElement place : cause.getStackTrace()) {
                text.append("    at ").append(place).append(System.lineSeparator());
            }
        }
        return text.toString();
    }

    /** Looks through the causes for the one that tells the reason. */
    public static Problem of(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof Explained explained) {
                return new Problem(
                        exitCodeOf(cause), String.valueOf(cause.getMessage()), explained.explanations(), cause);
            }
            if (cause instanceof CallNotPermittedException) {
                return of(UNREACHABLE, Explanation.of(ProblemText.LEFT_ALONE, ProblemText.LEFT_ALONE_REMEDY), cause);
            }
            if (cause instanceof PropertyBindingException binding) {
                return of(WRONG_SETUP, ofCamelsSetting(binding), cause);
            }
            if (cause instanceof UnreadableColumnException) {
                return of(WRONG_SETUP, new Explanation("config/sql", String.valueOf(cause.getMessage()), null), cause);
            }
            if (cause instanceof RedisException) {
                return of(UNREACHABLE, ofRedis(failure, cause), cause);
            }
            if (cause instanceof SQLException sql) {
                IdentErrors.Meaning meaning = IdentErrors.of(sql);
                return of(meaning.exitCode(), meaning.explanation(ProblemText.IDENT_UNREADABLE, sql), cause);
            }
        }
        return of(
                UNREACHABLE,
                Explanation.of(ProblemText.UNEXPECTED.with(failure.getClass().getSimpleName()), ProblemText.REPORT),
                failure);
    }

    private static Problem of(int exitCode, Explanation explanation, Throwable cause) {
        return new Problem(exitCode, explanation.sentence(), List.of(explanation), cause);
    }

    private static int exitCodeOf(Throwable cause) {
        if (cause instanceof AmocrmException.NotAuthorised) {
            return NOT_AUTHORISED;
        }
        if (cause instanceof RunUnderWayException || cause instanceof LockLostException lost && lost.isTaken()) {
            return UNDER_WAY;
        }
        boolean setUp = cause instanceof InvalidSettingsException
                || cause instanceof AccountMismatchException
                || cause instanceof BrokenFileException
                || cause instanceof OtherSettingsException;
        return setUp ? WRONG_SETUP : UNREACHABLE;
    }

    private static Explanation ofCamelsSetting(PropertyBindingException binding) {
        String name = String.valueOf(binding.getOptionKey())
                .replaceAll("([A-Z])", "-$1")
                .toLowerCase(Locale.ROOT);
        return new Explanation(
                "config/application.properties",
                ProblemText.NO_CAMEL_SETTING.with(binding.getOptionPrefix(), name),
                ProblemText.NO_CAMEL_SETTING_REMEDY);
    }

    private static Explanation ofRedis(Throwable failure, Throwable redis) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof RedisAuthRequiredException || cause instanceof RedisWrongPasswordException) {
                return Explanation.of(ProblemText.REDIS_PASSWORD, ProblemText.REDIS_PASSWORD_REMEDY);
            }
        }
        ConnectionTrouble trouble = ConnectionTrouble.of(failure);
        if (trouble != null) {
            return Explanation.of(
                    ProblemText.REDIS_UNREACHABLE_AS.with(trouble.words()),
                    ProblemText.CHECK_REDIS.with(trouble.remedy()));
        }
        return redis instanceof RedisConnectionException
                ? Explanation.of(ProblemText.REDIS_UNREACHABLE, ProblemText.REDIS_UNREACHABLE_REMEDY)
                : Explanation.of(
                        ProblemText.REDIS_UNUSABLE.with(redis.getClass().getSimpleName()),
                        ProblemText.REDIS_UNUSABLE_REMEDY);
    }

    /** What is wrong and what to do, in a person's language, a line for each explanation. */
    public String message(Language language) {
        return language == Language.ENGLISH
                ? message
                : exitCode == WRONG_SETUP
                        ? Explanation.lines(explanations, language)
                        : explanations.stream()
                                .map(explanation -> explanation.sentence(language))
                                .collect(Collectors.joining("\n"));
    }

    /** The same as what a check found, one finding for each explanation. */
    public List<Finding> findings(String about) {
        return findings(Text.of(about));
    }

    /** The same of a subject with several names. */
    public List<Finding> findings(Text about) {
        return explanations.stream()
                .map(explanation -> Finding.problem(exitCode, about, explanation))
                .toList();
    }
}
