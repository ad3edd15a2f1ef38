package io.identamocrm.app;

import io.identamocrm.alerts.SecretAddress;
import io.identamocrm.alerts.WebhookChannel;
import io.identamocrm.settings.Settings;
import java.time.Duration;
import org.apache.camel.BindToRegistry;

/** What the route to the webhook names; made only where that is set. */
public final class WebhookBeans {

    private final Settings.Alerts.Webhook webhook;
    private final Duration deadline;

    /**
     * For this webhook.
     *
     * @param deadline how long a request may take as a whole
     */
    WebhookBeans(Settings.Alerts.Webhook webhook, Duration deadline) {
        this.webhook = webhook;
        this.deadline = deadline;
    }

    /** Answers of the webhook. */
    @BindToRegistry
    public WebhookChannel webhookChannel() {
        return new WebhookChannel();
    }

    /** The way to the webhook. */
    @BindToRegistry
    public SecretAddress wayToWebhook() {
        return new SecretAddress(webhook.url(), webhook.token(), webhook.proxy(), deadline);
    }
}
