package io.identamocrm.app;

import io.identamocrm.settings.Settings;
import io.identamocrm.settings.StartOptions;
import io.identamocrm.settings.StartOptions.Mode;
import java.util.Properties;

/** Settings that the routes read and nobody writes: they follow from others, and from what is started. */
final class DerivedSettings {

    // Camel keeps an object for each request that a throttle lets through in its period, so the period of no limit is
    // short.
    private static final int UNLIMITED_MILLISECONDS = 100;
    private static final int UNLIMITED_REQUESTS = 10_000;

    private DerivedSettings() {}

    static Properties of(Settings settings, StartOptions options) {
        Settings.Amocrm amocrm = settings.amocrm();
        boolean unlimited = amocrm.requests() == 0;
        Properties derived = new Properties();
        derived.setProperty("config.dir", options.config().toString());
        derived.setProperty("schedules.enabled", Boolean.toString(options.mode().hasSchedules()));
        Settings.Management management = settings.management();
        derived.setProperty(
                "console.disabled",
                Boolean.toString(
                        options.mode() != Mode.SERVICE || management.port() == 0 || management.jolokiaUser() == null));
        derived.setProperty(
                "watch.enabled",
                Boolean.toString(
                        options.mode().hasSchedules() && !settings.watch().isZero()));
        derived.setProperty(
                "watch.milliseconds", Long.toString(Math.max(1, settings.watch().toMillis())));
        derived.setProperty("amocrm.endpoint", amocrm.baseUrl());
        derived.setProperty(
                "rate-limit.throttle-milliseconds",
                Long.toString(
                        unlimited
                                ? UNLIMITED_MILLISECONDS
                                : amocrm.period().plus(amocrm.margin()).toMillis()));
        derived.setProperty(
                "rate-limit.throttle-requests", Integer.toString(unlimited ? UNLIMITED_REQUESTS : amocrm.requests()));
        boolean alerts = options.mode().hasSchedules();
        derived.putAll(ofAlerts(alerts ? settings.alerts() : Settings.Alerts.NONE, alerts));
        if (options.mode().isOnlyAboutAccount()) {
            // A person waits to hear that amoCRM is away.
            derived.setProperty("amocrm.retry-delay", "1");
        }
        return derived;
    }

    /**
     * Which routes of alerts there are.
     *
     * @param watch whether states are looked at
     */
    static Properties ofAlerts(Settings.Alerts alerts, boolean watch) {
        Properties derived = new Properties();
        derived.setProperty("alerts.enabled", Boolean.toString(alerts.isOn()));
        derived.setProperty("alerts.watched", Boolean.toString(watch && alerts.isOn()));
        derived.setProperty("alerts.by-telegram", Boolean.toString(alerts.telegram() != null));
        derived.setProperty("alerts.by-mail", Boolean.toString(alerts.mail() != null));
        derived.setProperty("alerts.by-webhook", Boolean.toString(alerts.webhook() != null));
        return derived;
    }
}
