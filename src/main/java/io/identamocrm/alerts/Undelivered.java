package io.identamocrm.alerts;

import io.identamocrm.amocrm.ConnectionTrouble;
import io.identamocrm.model.Explanation;
import io.identamocrm.model.Text;
import io.identamocrm.problems.Problem;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Why a channel did not take a message. In our own words only: what clients and servers say may name an address or a token.
 *
 * @param explanation what was the matter, and what to do
 * @param exitCode    what a command ends with that meets it
 * @param pause       for how long the channel wants to be left alone; null if it did not say
 */
public record Undelivered(
        Explanation explanation, int exitCode, @Nullable Duration pause) {

    private static final int TOO_MANY = 429;
    private static final int SERVER_ERROR = 500;

    /** A failure, as far as it tells. */
    public static Undelivered of(Channel channel, Throwable failure) {
        boolean withoutTls = false;
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            withoutTls |= String.valueOf(cause.getMessage()).contains("STARTTLS is required");
            if (cause instanceof ChannelException refused) {
                return refused.reason();
            }
            // By their names: where no mail is set, the classes of mail stay unloaded.
            String name = cause.getClass().getSimpleName();
            if (name.equals("ProxyException")) {
                return away(AlertText.PROXY, AlertText.PROXY_REMEDY);
            }
            if (name.equals("AuthenticationFailedException")) {
                return setUp(AlertText.MAIL_LOGIN, AlertText.MAIL_LOGIN_REMEDY);
            }
            if (name.equals("SendFailedException")
                    || name.equals("AddressException")
                    || name.startsWith("SMTPAddress")
                    || name.startsWith("SMTPSender")) {
                return setUp(AlertText.MAIL_ADDRESS, AlertText.MAIL_ADDRESS_REMEDY);
            }
        }
        ConnectionTrouble trouble = ConnectionTrouble.of(failure);
        if (trouble != null) {
            return away(
                    AlertText.AWAY.with(trouble.words()),
                    AlertText.AWAY_REMEDY.with(setting(channel), trouble.remedy()));
        }
        if (withoutTls) {
            return setUp(AlertText.MAIL_NO_TLS, AlertText.MAIL_NO_TLS_REMEDY);
        }
        return away(
                AlertText.UNCLEAR.with(innermost(failure).getClass().getSimpleName()),
                AlertText.UNCLEAR_REMEDY.with(setting(channel)));
    }

    /**
     * An answer of Telegram that is no success (Telegram's Bot API, "Making requests").
     *
     * @param pause what it asks for, or null
     */
    static Undelivered ofTelegram(int status, @Nullable Duration pause) {
        return switch (status) {
            case 401, 404 -> setUp(AlertText.TELEGRAM_TOKEN, AlertText.TELEGRAM_TOKEN_REMEDY);
            case 400, 403 -> setUp(AlertText.TELEGRAM_CHAT, AlertText.TELEGRAM_CHAT_REMEDY);
            default -> ofStatus(Channel.TELEGRAM, status, pause);
        };
    }

    /** The same of a webhook. */
    static Undelivered ofWebhook(int status, @Nullable Duration pause) {
        return switch (status) {
            case 401, 403 -> setUp(AlertText.WEBHOOK_REFUSED.with(status), AlertText.WEBHOOK_REFUSED_REMEDY);
            case 404, 410 -> setUp(AlertText.WEBHOOK_GONE.with(status), AlertText.WEBHOOK_GONE_REMEDY);
            default -> ofStatus(Channel.WEBHOOK, status, pause);
        };
    }

    private static Undelivered ofStatus(Channel channel, int status, @Nullable Duration pause) {
        Explanation explanation =
                Explanation.of(AlertText.STATUS.with(status), AlertText.UNCLEAR_REMEDY.with(setting(channel)));
        boolean passes = status == TOO_MANY || status >= SERVER_ERROR;
        return new Undelivered(explanation, passes ? Problem.UNREACHABLE : Problem.WRONG_SETUP, pause);
    }

    private static Text setting(Channel channel) {
        return Text.of(
                switch (channel) {
                    case TELEGRAM -> "ALERT_TELEGRAM_URL";
                    case MAIL -> "ALERT_MAIL_SERVER, ALERT_MAIL_PORT";
                    case WEBHOOK -> "ALERT_WEBHOOK_URL";
                });
    }

    private static Undelivered setUp(Text what, Text remedy) {
        return new Undelivered(Explanation.of(what, remedy), Problem.WRONG_SETUP, null);
    }

    private static Undelivered away(Text what, Text remedy) {
        return new Undelivered(Explanation.of(what, remedy), Problem.UNREACHABLE, null);
    }

    private static Throwable innermost(Throwable failure) {
        Throwable inner = failure;
        for (int depth = 0; inner.getCause() != null && depth < 30; depth++) {
            inner = inner.getCause();
        }
        return inner;
    }
}
