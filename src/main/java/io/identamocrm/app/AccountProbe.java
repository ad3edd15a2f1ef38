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
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Looks at the amoCRM account and compares it with the settings; changes nothing. */
final class AccountProbe {

    private static final String ABOUT = "amoCRM";
    private static final String USERS = "amoCRM users";
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
            probe.compare("amoCRM pipelines", AccountComparison.ofPipelines(probe.settings.policy(), account.pipelines()),
                    AccountComparison.described(probe.settings.policy(), account.pipelines())
                            + "; all pipelines and stages of the settings are there");
            int fields = probe.settings.mapping().deals().size() + probe.settings.mapping().contacts().size();
            probe.compare("amoCRM fields", AccountComparison.ofFields(probe.settings.mapping(), account.dealFields(),
                    account.contactFields()), fields + " fields of the settings are there, with fitting types");
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
            findings.add(Finding.ok("amoCRM token", "accepted, and renewed by itself"));
        } else if (end == null) {
            findings.add(Finding.ok("amoCRM token", "accepted; it does not tell when it ends"));
        } else {
            long days = Duration.between(now, end).toDays();
            String text = "accepted; it ends in " + days + " days, on " + end.atZone(settings.zone()).toLocalDate();
            findings.add(end.isAfter(now.plus(WARNING_AHEAD)) ? Finding.ok("amoCRM token", text) : Finding.warning("amoCRM token", text,
                    "issue a new long-lived token on the integration's page in amoCRM and set AMOCRM_ACCESS_TOKEN, "
                            + "then restart the service"));
        }
    }

    private void account(AccountReading reading) {
        JsonNode account = reading.account();
        String subdomain = account.path("subdomain").asText("");
        findings.add(Finding.ok(ABOUT,
                "account " + account.path("id").asLong() + " «" + ForeignText.line(account.path("name").asText()) + "», " + subdomain));
        boolean other = !subdomain.isEmpty() && settings.amocrm().baseUrl().contains(".amocrm.")
                && !settings.amocrm().baseUrl().contains("//" + subdomain + ".");
        if (other) {
            findings.add(Finding.warning(ABOUT, "its present address begins with " + subdomain + ", the settings name another",
                    "set AMOCRM_SUBDOMAIN=" + subdomain));
        }
        String zone = account.path("_embedded").path("datetime_settings").path("timezone").asText("");
        try {
            boolean same = zone.isEmpty() || ZoneId.of(zone).getRules().getOffset(now).equals(settings.zone().getRules().getOffset(now));
            findings.add(same ? Finding.ok("amoCRM zone", zone.isEmpty() ? "not told" : zone + " shows the clinic's time")
                    : Finding.warning("amoCRM zone", "the account is set to " + zone + ", the clinic to " + settings.zone()
                            + ", so managers see visits at another hour", "set the same zone in amoCRM's settings and in TIMEZONE"));
        } catch (DateTimeException e) {
            findings.add(Finding.warning("amoCRM zone", "the account names a time zone that is not known here",
                    "compare the account's zone with TIMEZONE by hand"));
        }
        Duration ahead = reading.serverTime() == null ? Duration.ZERO : Duration.between(reading.serverTime(), now);
        findings.add(ahead.abs().compareTo(CLOCK_TOLERANCE) <= 0 ? Finding.ok("clock", "agrees with amoCRM's to the minute")
                : Finding.warning("clock", "this machine's clock is " + ahead.abs().toSeconds() + " s "
                        + (ahead.isNegative() ? "behind" : "ahead of") + " amoCRM's, which makes tokens end early or late",
                        "let the machine take its time from a time server (NTP)"));
    }

    private void compare(String about, List<AccountMismatch> mismatches, String well) {
        mismatches.forEach(mismatch -> findings.add(mismatch.grave()
                ? Finding.problem(Problem.WRONG_SETUP, about, mismatch.text(), mismatch.remedy())
                : Finding.warning(about, mismatch.text(), mismatch.remedy())));
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
            findings.add(Finding.warning(USERS, "cannot be looked at: the token's user is no administrator",
                    "see by hand that this user may view, add and edit all deals and contacts"
                            + (responsible.isEmpty() ? ""
                                    : ", and that the user of " + String.join(", ", responsible.keySet()) + " works here")));
            return;
        }
        reading.user(current).ifPresent(user -> rights(user.path("rights")));
        responsible.forEach((setting, id) -> {
            boolean works = reading.user(id).map(user -> user.path("rights").path("is_active").asBoolean(true)).orElse(false);
            findings.add(works ? Finding.ok(USERS, setting + "=" + id + " works here")
                    : Finding.problem(Problem.WRONG_SETUP, USERS, setting + "=" + id + ": the account has no such user, or a dismissed one",
                            "take the id of a user who works here, or leave it empty"));
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
            findings.add(Finding.warning("amoCRM phones", crowded + (crowded == 1 ? " phone is" : " phones are")
                    + " in the contacts of more than " + atMost + " patients each: no patient's contact is found by "
                    + (crowded == 1 ? "it" : "them"), "that is right for the clinic's own phones; where families are as large, raise "
                    + "CONTACT_PHONE_PATIENTS_AT_MOST"));
        }
    }

    private void rights(JsonNode rights) {
        List<String> less = new ArrayList<>();
        for (String entity : List.of("leads", "contacts")) {
            for (String action : List.of("view", "add", "edit")) {
                String right = rights.path(entity).path(action).asText(ALL);
                if (!ALL.equals(right) && !rights.path("is_admin").asBoolean()) {
                    less.add(action + " all " + ("leads".equals(entity) ? "deals" : "contacts"));
                }
            }
        }
        findings.add(less.isEmpty() ? Finding.ok("amoCRM rights", "the token's user may view, add and edit all deals and contacts")
                : Finding.problem(Problem.WRONG_SETUP, "amoCRM rights", "the token's user may not " + String.join(", ", less),
                        "give the user these rights in amoCRM: what we cannot see we would create twice"));
    }
}
