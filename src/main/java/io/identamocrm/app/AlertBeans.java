package io.identamocrm.app;

import io.identamocrm.alerts.AlertQueue;
import io.identamocrm.alerts.AlertWatch;
import io.identamocrm.alerts.AlertWords;
import io.identamocrm.alerts.Channel;
import io.identamocrm.alerts.Troubles;
import io.identamocrm.model.Language;
import io.identamocrm.ops.HealthMonitor;
import io.identamocrm.settings.Settings;
import io.identamocrm.settings.StartOptions;
import io.identamocrm.state.AlertStates;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.apache.camel.BindToRegistry;
import org.jspecify.annotations.Nullable;

/** What sees that something is to be told, and notes it; made only in a service where a channel is set. */
public final class AlertBeans {

    /** Of one request: alerts are few, and the next ones wait for it. */
    private static final Duration DEADLINE = Duration.ofSeconds(15);

    private final StartOptions options;
    private final Settings settings;
    private final AccountState state;
    private final HealthMonitor monitor;
    private @Nullable AlertQueue queue;

    /** For one service. */
    AlertBeans(StartOptions options, Settings settings, AccountState state, HealthMonitor monitor) {
        this.options = options;
        this.settings = settings;
        this.state = state;
        this.monitor = monitor;
    }

    /** The beans of a service with channels, in the order in which they are made; none without a channel. */
    static List<Object> of(StartOptions options, Settings settings, AccountState state, HealthMonitor monitor) {
        List<Object> beans = ofChannels(settings.alerts());
        if (!beans.isEmpty()) {
            beans.add(new AlertBeans(options, settings, state, monitor));
        }
        return beans;
    }

    /** Those of the channels alone. */
    static List<Object> ofChannels(Settings.Alerts alerts) {
        List<Object> beans = new ArrayList<>();
        if (alerts.telegram() != null) {
            beans.add(new TelegramBeans(alerts.telegram(), DEADLINE));
        }
        if (alerts.mail() != null) {
            beans.add(new MailBeans(alerts.mail()));
        }
        if (alerts.webhook() != null) {
            beans.add(new WebhookBeans(alerts.webhook(), DEADLINE));
        }
        return beans;
    }

    /** The channels that are set. */
    static List<Channel> channels(Settings.Alerts alerts) {
        List<Channel> channels = new ArrayList<>();
        if (alerts.telegram() != null) {
            channels.add(Channel.TELEGRAM);
        }
        if (alerts.mail() != null) {
            channels.add(Channel.MAIL);
        }
        if (alerts.webhook() != null) {
            channels.add(Channel.WEBHOOK);
        }
        return channels;
    }

    /** What these settings let alerts say. */
    static AlertWords words(StartOptions options, Settings settings) {
        Settings.Alerts alerts = settings.alerts();
        return new AlertWords(
                settings.amocrm().account(),
                settings.zone(),
                alerts.language() == null ? Language.of(options.variables()) : alerts.language(),
                alerts.runbook(),
                alerts.urgent());
    }

    /** Alerts that wait for their channel. */
    @BindToRegistry
    public AlertQueue alertQueue() {
        if (queue == null) {
            queue = new AlertQueue(
                    channels(settings.alerts()),
                    settings.alerts().urgent(),
                    settings.alerts().quiet(),
                    options.clock().withZone(settings.zone()));
        }
        return queue;
    }

    /** What alerts say. */
    @BindToRegistry
    public AlertWords alertWords() {
        return words(options, settings);
    }

    /** Which states have changed. */
    @BindToRegistry
    public AlertWatch alertWatch() {
        Settings.Management management = settings.management();
        return new AlertWatch(
                monitor::latest,
                new Troubles(
                        monitor,
                        management.stale(),
                        management.mostDeadLetters(),
                        settings.alerts().growth()),
                new AlertStates(state.redis(), state.keys(), state.scripts()),
                alertQueue(),
                UUID.randomUUID().toString(),
                settings.alerts().hold(),
                management.interval(),
                options.clock());
    }
}
