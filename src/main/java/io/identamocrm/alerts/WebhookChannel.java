package io.identamocrm.alerts;

import java.time.Duration;
import org.apache.camel.Exchange;
import org.apache.camel.Header;

/** What the answer of a webhook means. */
public final class WebhookChannel {

    private static final int LEAST_SUCCESS = 200;
    private static final int LEAST_OTHER = 300;

    /**
     * Looks at the answer.
     *
     * @param retryAfter seconds, as the server asks for; another form is not understood
     * @throws ChannelException if the message was not taken
     */
    public void check(@Header(Exchange.HTTP_RESPONSE_CODE) int status, @Header("Retry-After") String retryAfter) {
        if (status >= LEAST_SUCCESS && status < LEAST_OTHER) {
            return;
        }
        boolean seconds = retryAfter != null && retryAfter.matches("\\d{1,5}");
        throw new ChannelException(
                Undelivered.ofWebhook(status, seconds ? Duration.ofSeconds(Long.parseLong(retryAfter)) : null));
    }
}
