package io.identamocrm.app;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.resilience4j.circuitbreaker.CallNotPermittedException;
import io.identamocrm.account.AccountComparison;
import io.identamocrm.account.AccountMismatch;
import io.identamocrm.account.AccountReading;
import io.identamocrm.account.UserReading;
import io.identamocrm.amocrm.AccountTokens;
import io.identamocrm.amocrm.AmocrmException;
import io.identamocrm.model.ForeignText;
import io.identamocrm.model.SyncPolicy;
import io.identamocrm.model.Text;
import io.identamocrm.problems.Finding;
import io.identamocrm.problems.Problem;
import io.identamocrm.settings.Settings;
import io.identamocrm.settings.StartOptions;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Looks at the amoCRM account and compares it with the settings; changes nothing. */
final class AccountProbe {

    private static final Text ABOUT = AppText.AMOCRM;
    private static final Duration WARNING_AHEAD = Duration.ofDays(14);
    private static final Duration CLOCK_TOLERANCE = Duration.ofMinutes(1);
    private static final String ALL = "A";

    private final CamelRuntime runtime;
    private final Settings settings;
    private final Instant now;
    private final List<Finding> findings = new ArrayList<>();

    private AccountProbe(CamelRuntime runtime, Instant now) {
        this.runtime = runtime;
        this.settings = runtime.settings();
        this.now = now;
    }

    /**
     * What there is to say; an account that cannot be asked is one problem, not an exception.
     *
     * @param runtime started in mode {@link StartOptions.Mode#ACCOUNT}
     * @param now     the present by our own clock
     */
    static List<Finding> findings(CamelRuntime runtime, Instant now) {
        AccountProbe probe = new AccountProbe(runtime, now);
        try {
            AccountReading account = runtime.ask(new AccountReading());
            probe.token();
            probe.account(account);
            probe.compare(
                    AppText.PIPELINES,
                    AccountComparison.ofPipelines(probe.settings.policy(), account.pipelines()),
                    AppText.PIPELINES_FIT.with(
                            AccountComparison.described(probe.settings.policy(), account.pipelines())));
            int fields = probe.settings.mapping().deals().size()
                    + probe.settings.mapping().contacts().size();
            probe.compare(
                    AppText.FIELDS,
                    AccountComparison.ofFields(probe.settings.mapping(), account.dealFields(), account.contactFields()),
                    AppText.FIELDS_FIT.with(fields));
            probe.users(account.account().path("current_user_id").asLong());
            probe.phones();
        } catch (RuntimeException e) {
            probe.findings.addAll(Problem.of(e).findings(ABOUT));
        }
        return probe.findings;
    }

    private void token() {
        AccountTokens tokens = runtime.tokens();
        Instant end = tokens.endOfAccess();
        if (tokens.renewThemselves()) {
            findings.add(Finding.ok(AppText.TOKEN, AppText.TOKEN_RENEWED));
        } else if (end == null) {
            findings.add(Finding.ok(AppText.TOKEN, AppText.TOKEN_WITHOUT_END));
        } else {
            long days = Duration.between(now, end).toDays();
            Text text =
                    AppText.TOKEN_ENDS.with(days, end.atZone(settings.zone()).toLocalDate());
            findings.add(
                    end.isAfter(now.plus(WARNING_AHEAD))
                            ? Finding.ok(AppText.TOKEN, text)
                            : Finding.warning(AppText.TOKEN, text, AppText.TOKEN_ENDS_REMEDY));
        }
    }

    private void account(AccountReading reading) {
        JsonNode account = reading.account();
        String subdomain = account.path("subdomain").asText("");
        findings.add(Finding.ok(
                ABOUT,
                AppText.ACCOUNT.with(
                        account.path("id").asLong(),
                        ForeignText.line(account.path("name").asText()),
                        subdomain)));
        boolean other = !subdomain.isEmpty()
                && settings.amocrm().baseUrl().contains(".amocrm.")
                && !settings.amocrm().baseUrl().contains("//" + subdomain + ".");
        if (other) {
            findings.add(Finding.warning(
                    ABOUT, AppText.OTHER_ADDRESS.with(subdomain), AppText.OTHER_ADDRESS_REMEDY.with(subdomain)));
        }
        String zone = account.path("_embedded")
                .path("datetime_settings")
                .path("timezone")
                .asText("");
        try {
            boolean same = zone.isEmpty()
                    || ZoneId.of(zone)
                            .getRules()
                            .getOffset(now)
                            .equals(settings.zone().getRules().getOffset(now));
            findings.add(
                    same
                            ? Finding.ok(
                                    AppText.ZONE, zone.isEmpty() ? AppText.ZONE_NOT_TOLD : AppText.ZONE_FITS.with(zone))
                            : Finding.warning(
                                    AppText.ZONE,
                                    AppText.ZONES_DIFFER.with(zone, settings.zone()),
                                    AppText.ZONES_DIFFER_REMEDY));
        } catch (DateTimeException e) {
            findings.add(Finding.warning(AppText.ZONE, AppText.ZONE_UNKNOWN, AppText.ZONE_UNKNOWN_REMEDY));
        }
        Duration ahead = reading.serverTime() == null ? Duration.ZERO : Duration.between(reading.serverTime(), now);
        findings.add(
                ahead.abs().compareTo(CLOCK_TOLERANCE) <= 0
                        ? Finding.ok(AppText.CLOCK, AppText.CLOCK_FITS)
                        : Finding.warning(
                                AppText.CLOCK,
                                (ahead.isNegative() ? AppText.CLOCK_BEHIND : AppText.CLOCK_AHEAD)
                                        .with(ahead.abs().toSeconds()),
                                AppText.CLOCK_REMEDY));
    }

    private void compare(Text about, List<AccountMismatch> mismatches, Text well) {
        mismatches.forEach(mismatch -> findings.add(
                mismatch.grave()
                        ? Finding.problem(Problem.WRONG_SETUP, about, mismatch.complaint(), mismatch.advice())
                        : Finding.warning(about, mismatch.complaint(), mismatch.advice())));
        if (mismatches.stream().noneMatch(AccountMismatch::grave)) {
            findings.add(Finding.ok(about, well));
        }
    }

    private void users(long current) {
        Map<String, Long> responsible = responsible(settings.policy());
        Set<Long> asked = new LinkedHashSet<>();
        asked.add(current);
        asked.addAll(responsible.values());
        UserReading reading = new UserReading(asked);
        try {
            runtime.ask(reading);
        } catch (AmocrmException.Blocked | CallNotPermittedException e) {
            findings.add(Finding.warning(
                    AppText.USERS,
                    AppText.USERS_UNSEEN,
                    responsible.isEmpty()
                            ? AppText.USERS_UNSEEN_REMEDY
                            : AppText.USERS_UNSEEN_REMEDY_TOO.with(String.join(", ", responsible.keySet()))));
            return;
        }
        reading.user(current).ifPresent(user -> rights(user.path("rights")));
        responsible.forEach((setting, id) -> {
            boolean works = reading.user(id)
                    .map(user -> user.path("rights").path("is_active").asBoolean(true))
                    .orElse(false);
            findings.add(
                    works
                            ? Finding.ok(AppText.USERS, AppText.USER_WORKS.with(setting, id))
                            : Finding.problem(
                                    Problem.WRONG_SETUP,
                                    AppText.USERS,
                                    AppText.NO_USER.with(setting, id),
                                    AppText.NO_USER_REMEDY));
        });
    }

    private static Map<String, Long> responsible(SyncPolicy policy) {
        Map<String, Long> users = new TreeMap<>();
        if (policy.responsibleUserId() != null) {
            users.put("AMOCRM_RESPONSIBLE_USER_ID", policy.responsibleUserId());
        }
        policy.branches().forEach((id, branch) -> {
            if (branch.responsibleUserId() != null) {
                users.put("branch." + id + ".responsible-user-id", branch.responsibleUserId());
            }
        });
        return users;
    }

    /** As far as runs have listed the account's contacts. */
    private void phones() {
        int atMost = settings.policy().phonePatientsAtMost();
        int crowded = runtime.mirror().phonesOfMoreThan(atMost);
        if (crowded > 0) {
            findings.add(Finding.warning(
                    AppText.PHONES,
                    crowded == 1 ? AppText.CROWDED_PHONE.with(atMost) : AppText.CROWDED_PHONES.with(crowded, atMost),
                    AppText.CROWDED_PHONES_REMEDY));
        }
    }

    private void rights(JsonNode rights) {
        List<Text> less = new ArrayList<>();
        for (String entity : List.of("leads", "contacts")) {
            for (String action : List.of("view", "add", "edit")) {
                String right = rights.path(entity).path(action).asText(ALL);
                if (!ALL.equals(right) && !rights.path("is_admin").asBoolean()) {
                    less.add(AppText.valueOf((action + "_" + entity).toUpperCase(Locale.ROOT)));
                }
            }
        }
        findings.add(
                less.isEmpty()
                        ? Finding.ok(AppText.RIGHTS, AppText.RIGHTS_FIT)
                        : Finding.problem(
                                Problem.WRONG_SETUP,
                                AppText.RIGHTS,
                                AppText.RIGHTS_LACK.with(Text.list(less)),
                                AppText.RIGHTS_LACK_REMEDY));
    }
}
