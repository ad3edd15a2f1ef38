package io.identamocrm.app;

import io.identamocrm.alerts.Channel;
import io.identamocrm.checks.IdentProbe;
import io.identamocrm.checks.OldTls;
import io.identamocrm.checks.RedisProbe;
import io.identamocrm.model.Text;
import io.identamocrm.problems.BrokenFileException;
import io.identamocrm.problems.Finding;
import io.identamocrm.problems.Problem;
import io.identamocrm.settings.Settings;
import io.identamocrm.settings.SettingsCheck;
import io.identamocrm.settings.StartOptions;
import java.util.ArrayList;
import java.util.List;

/** Looks at the whole set-up, part by part, and goes on after a part that fails; reads only. */
public final class Doctor {

    private static final Text SETTINGS = AppText.SETTINGS;
    /** Requests a second (amoCRM facts, section 2). */
    private static final int ALLOWED = 7;

    private Doctor() {}

    /** Everything there is to say. */
    public static List<Finding> findings(StartOptions options) {
        List<Finding> findings = new ArrayList<>();
        SettingsCheck check;
        try {
            check = SettingsCheck.of(options);
        } catch (RuntimeException e) {
            return Problem.of(e).findings(SETTINGS);
        }
        findings.addAll(settings(check));
        OldTls.allow(check.settings().ident());
        List<Finding> redis = isFree(check, "redis.") ? RedisProbe.findings(check.settings()) : List.of();
        findings.addAll(redis);
        if (isFree(check, "ident.") && isFree(check, "clinic.")) {
            findings.addAll(ident(check.settings(), options));
        }
        if (!check.problems().isEmpty()) {
            findings.add(Finding.warning(AppText.AMOCRM, AppText.NOT_LOOKED_AT, AppText.NOT_LOOKED_AT_REMEDY));
        } else if (Finding.exitCode(redis) != 0) {
            findings.add(Finding.warning(AppText.AMOCRM, AppText.NOT_ASKED, AppText.NOT_ASKED_REMEDY));
        } else {
            findings.addAll(account(options));
        }
        return findings;
    }

    /** What there is to say about amoCRM alone; of what leads there, only what is wrong. */
    public static List<Finding> ofAccount(StartOptions options) {
        try {
            SettingsCheck check = SettingsCheck.of(options);
            return check.problems().isEmpty() ? account(options) : settings(check);
        } catch (BrokenFileException e) {
            return Problem.of(e).findings(SETTINGS);
        }
    }

    private static List<Finding> settings(SettingsCheck check) {
        List<Finding> findings = new ArrayList<>();
        check.problems()
                .forEach(problem -> findings.add(
                        Finding.problem(Problem.WRONG_SETUP, SETTINGS, problem.complaint(), problem.remedy())));
        check.warnings()
                .forEach(warning -> findings.add(Finding.warning(SETTINGS, warning.complaint(), warning.remedy())));
        Settings.Amocrm amocrm = check.settings().amocrm();
        boolean unlimited = amocrm.requests() == 0 && !amocrm.baseUrl().startsWith("http://");
        if (unlimited || amocrm.requests() > ALLOWED * amocrm.period().toSeconds()) {
            findings.add(
                    Finding.warning(SETTINGS, AppText.TOO_FAST.with(ALLOWED), AppText.TOO_FAST_REMEDY.with(ALLOWED)));
        }
        if (check.problems().isEmpty() && check.settings().alerts().isOn()) {
            findings.add(Finding.ok(
                    AppText.ALERTS,
                    AppText.ALERTS_GO.with(
                            Text.list(AlertBeans.channels(check.settings().alerts()).stream()
                                    .map(Channel::words)
                                    .toList()))));
        }
        if (check.problems().isEmpty()) {
            findings.add(Finding.ok(
                    SETTINGS,
                    amocrm.proxy() == null
                            ? AppText.SETTINGS_COMPLETE.with(check.settings().zone())
                            : AppText.SETTINGS_COMPLETE_PROXY.with(
                                    check.settings().zone(), amocrm.proxy())));
        }
        return findings;
    }

    private static boolean isFree(SettingsCheck check, String prefix) {
        return check.problems().stream()
                .noneMatch(problem -> String.valueOf(problem.property()).startsWith(prefix));
    }

    private static List<Finding> ident(Settings settings, StartOptions options) {
        try {
            return IdentProbe.findings(settings, options.config().resolve("sql"), options.clock());
        } catch (RuntimeException e) {
            return Problem.of(e).findings(AppText.IDENT);
        }
    }

    private static List<Finding> account(StartOptions options) {
        try (CamelRuntime runtime = CamelRuntime.start(options)) {
            List<Finding> findings = new ArrayList<>();
            findings.add(Finding.ok(
                    AppText.ROUTES, AppText.ROUTES_START.with(runtime.camel().getRoutesSize())));
            findings.addAll(AccountProbe.findings(runtime, options.clock().instant()));
            return findings;
        } catch (RuntimeException e) {
            Problem problem = Problem.of(e);
            return problem.findings(problem.exitCode() == Problem.WRONG_SETUP ? AppText.ROUTES : AppText.REDIS);
        }
    }
}
