package io.identamocrm.problems;

import io.github.resilience4j.circuitbreaker.CallNotPermittedException;
import io.identamocrm.account.AccountMismatchException;
import io.identamocrm.amocrm.AmocrmException;
import io.identamocrm.ident.UnreadableColumnException;
import io.identamocrm.sync.RunStoppedException;
import io.identamocrm.sync.RunUnderWayException;
import java.sql.SQLException;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Locale;
import java.util.Set;
import org.apache.camel.PropertyBindingException;
import org.redisson.client.RedisAuthRequiredException;
import org.redisson.client.RedisConnectionException;
import org.redisson.client.RedisException;
import org.redisson.client.RedisWrongPasswordException;

/**
 * What a failure means to a person: one message and an exit code.
 *
 * @param exitCode as specified for the command line
 * @param message  what, where and what to do; never a patient's data
 * @param cause    the exception that tells the reason
 */
public record Problem(int exitCode, String message, Throwable cause) {

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
            text.append(cause == failure ? "" : "caused by ").append(cause.getClass().getName()).append(System.lineSeparator());
            for (StackTraceElement place : cause.getStackTrace()) {
                text.append("    at ").append(place).append(System.lineSeparator());
            }
        }
        return text.toString();
    }

    /** Looks through the causes for the one that tells the reason. */
    public static Problem of(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof AmocrmException.NotAuthorised) {
                return new Problem(NOT_AUTHORISED, cause.getMessage(), cause);
            }
            if (cause instanceof AmocrmException) {
                return new Problem(UNREACHABLE, cause.getMessage(), cause);
            }
            if (cause instanceof CallNotPermittedException) {
                return new Problem(UNREACHABLE, "amoCRM is left alone for a while, after it blocked us or stayed away; see the failures "
                        + "logged before. It is asked again by itself, with growing pauses", cause);
            }
            if (cause instanceof RunUnderWayException) {
                return new Problem(UNDER_WAY, cause.getMessage(), cause);
            }
            if (cause instanceof RunStoppedException) {
                return new Problem(UNREACHABLE, cause.getMessage(), cause);
            }
            if (cause instanceof InvalidSettingsException || cause instanceof AccountMismatchException
                    || cause instanceof BrokenFileException) {
                return new Problem(WRONG_SETUP, cause.getMessage(), cause);
            }
            if (cause instanceof PropertyBindingException binding) {
                String name = String.valueOf(binding.getOptionKey()).replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
                return new Problem(WRONG_SETUP, "config/application.properties: Camel has no setting " + binding.getOptionPrefix()
                        + "." + name + ", or not with this value; correct the line, as the documentation of camel-main shows", cause);
            }
            if (cause instanceof UnreadableColumnException) {
                return new Problem(WRONG_SETUP, "config/sql: " + cause.getMessage(), cause);
            }
            if (cause instanceof RedisException) {
                return ofRedis(failure, cause);
            }
            if (cause instanceof SQLException sql) {
                IdentErrors.Meaning meaning = IdentErrors.of(sql);
                return new Problem(meaning.exitCode(), "IDENT cannot be read: " + meaning.text() + " (" + IdentErrors.numbers(sql) + "); "
                        + meaning.remedy(), cause);
            }
        }
        return new Problem(UNREACHABLE, "Unexpected " + failure.getClass().getSimpleName() + "; --debug names the place. Please report it",
                failure);
    }

    private static Problem ofRedis(Throwable failure, Throwable redis) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof RedisAuthRequiredException || cause instanceof RedisWrongPasswordException) {
                return new Problem(UNREACHABLE, "Redis does not accept the password, or wants one; set REDIS_PASSWORD, or user and "
                        + "password in REDIS_URL", redis);
            }
        }
        return new Problem(UNREACHABLE, redis instanceof RedisConnectionException
                ? "Redis cannot be reached; check REDIS_HOST and REDIS_PORT or REDIS_URL, and that it runs"
                : "Redis cannot be used (" + redis.getClass().getSimpleName() + "); see that it is a Redis of version 6 or newer, that "
                        + "REDIS_DB is one it has, and that its memory is not full", redis);
    }

    /** The same as what a check found; messages name the remedy after their first semicolon. */
    public Finding finding(String about) {
        int end = message.indexOf("; ");
        return Finding.problem(exitCode, about, end < 0 ? message : message.substring(0, end),
                end < 0 ? null : message.substring(end + 2));
    }
}
