package io.identamocrm.app;

import io.identamocrm.alerts.AlertWords;
import io.identamocrm.alerts.Channel;
import io.identamocrm.alerts.Undelivered;
import io.identamocrm.model.Text;
import io.identamocrm.problems.Finding;
import io.identamocrm.problems.Problem;
import io.identamocrm.settings.RouteFiles;
import io.identamocrm.settings.SettingProblem;
import io.identamocrm.settings.Settings;
import io.identamocrm.settings.SettingsCheck;
import io.identamocrm.settings.StartOptions;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import org.apache.camel.CamelExecutionException;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.component.properties.PropertiesComponent;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.PluginHelper;

/** Lets each channel of alerts say something, through the route that says alerts: without IDENT, Redis and amoCRM. */
public final class AlertTrial {

    private static final Text ALERTS = AppText.ALERTS;
    private static final List<String> FILES = List.of("errors.camel.yaml", "alerts.camel.yaml");
    /** Settings without which no channel can be tried; the others may be wrong, or not there yet. */
    private static final Set<String> ALSO = Set.of("clinic.zone", "amocrm.proxy");

    private AlertTrial() {}

    /** Which channels are set; sends nothing. */
    public static List<Finding> channels(StartOptions options) {
        return look(options, (settings, findings) -> {
            for (Channel channel : Channel.values()) {
                boolean set = AlertBeans.channels(settings.alerts()).contains(channel);
                findings.add(Finding.ok(channel.words(), set ? AppText.CHANNEL_SET : AppText.CHANNEL_NOT_SET));
            }
        });
    }

    /** Sends a test alert to every channel that is set, and tells of each whether it was taken. */
    public static List<Finding> findings(StartOptions options) {
        return look(options, (settings, findings) -> {
            if (!settings.alerts().isOn()) {
                findings.add(
                        Finding.problem(Problem.WRONG_SETUP, ALERTS, AppText.NO_CHANNEL, AppText.NO_CHANNEL_REMEDY));
            } else {
                send(options, settings, findings);
            }
        });
    }

    private interface Look {
        void at(Settings settings, List<Finding> findings);
    }

    private static List<Finding> look(StartOptions options, Look look) {
        List<Finding> findings = new ArrayList<>();
        SettingsCheck check;
        try {
            check = SettingsCheck.of(options);
        } catch (RuntimeException e) {
            return Problem.of(e).findings(ALERTS);
        }
        check.problems().stream()
                .filter(AlertTrial::matters)
                .forEach(problem -> findings.add(
                        Finding.problem(Problem.WRONG_SETUP, ALERTS, problem.complaint(), problem.remedy())));
        if (findings.isEmpty()) {
            look.at(check.settings(), findings);
        }
        return findings;
    }

    private static boolean matters(SettingProblem problem) {
        String property = problem.property();
        return property == null || property.startsWith("alerts.") || ALSO.contains(property);
    }

    private static void send(StartOptions options, Settings settings, List<Finding> findings) {
        AlertWords words = AlertBeans.words(options, settings);
        try (DefaultCamelContext camel = new DefaultCamelContext()) {
            start(camel, options, settings);
            try (ProducerTemplate template = camel.createProducerTemplate()) {
                for (Channel channel : AlertBeans.channels(settings.alerts())) {
                    findings.add(send(template, words, channel, options));
                }
            }
        } catch (Exception e) {
            RuntimeException failure = e instanceof RuntimeException runtime ? runtime : new IllegalStateException(e);
            findings.addAll(
                    Problem.of(RouteFiles.explain(failure, options.routes())).findings(ALERTS));
        }
    }

    private static Finding send(ProducerTemplate template, AlertWords words, Channel channel, StartOptions options) {
        try {
            template.sendBody(
                    "direct:send-alert", words.test(channel, options.clock().instant()));
            return Finding.ok(channel.words(), AppText.CHANNEL_TAKES);
        } catch (CamelExecutionException e) {
            Undelivered reason = Undelivered.of(channel, e);
            return Finding.problem(reason.exitCode(), channel.words(), reason.explanation());
        }
    }

    private static void start(DefaultCamelContext camel, StartOptions options, Settings settings) throws Exception {
        camel.disableJMX();
        PropertiesComponent properties = (PropertiesComponent) camel.getPropertiesComponent();
        SettingsCheck.prepare(properties);
        Properties values = new Properties();
        values.putAll(SettingsCheck.variables(options));
        values.putAll(DerivedSettings.ofAlerts(settings.alerts(), false));
        properties.setOverrideProperties(values);
        properties.setLocation("file:" + options.config().resolve("application.properties"));
        camel.build();
        for (Object beans : AlertBeans.ofChannels(settings.alerts())) {
            PluginHelper.getBeanPostProcessor(camel).postProcessBeforeInitialization(beans, "beans");
        }
        for (String file : FILES) {
            Path path = options.routes().resolve(file);
            PluginHelper.getRoutesLoader(camel)
                    .loadRoutes(PluginHelper.getResourceLoader(camel).resolveResource("file:" + path));
        }
        camel.start();
    }
}
