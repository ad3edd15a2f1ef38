package io.identamocrm.setup;

import io.identamocrm.account.AccountReading;
import io.identamocrm.account.FieldSetup;
import io.identamocrm.account.UserList;
import io.identamocrm.amocrm.AmocrmException;
import io.identamocrm.app.CamelRuntime;
import io.identamocrm.checks.IdentProbe;
import io.identamocrm.checks.OldTls;
import io.identamocrm.checks.RedisProbe;
import io.identamocrm.model.ForeignText;
import io.identamocrm.model.MappedField;
import io.identamocrm.model.Text;
import io.identamocrm.problems.Finding;
import io.identamocrm.problems.Problem;
import io.identamocrm.settings.EnvFile;
import io.identamocrm.settings.SettingProblem;
import io.identamocrm.settings.SettingsCheck;
import io.identamocrm.settings.StartOptions;
import io.identamocrm.settings.StartOptions.Mode;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Tries answers at the systems that they name, as the doctor does. */
class Trial {

    private final StartOptions options;

    /** With the files that these options name; their variables are not looked at. */
    Trial(StartOptions options) {
        this.options = options;
    }

    /**
     * What was seen of the account.
     *
     * @param findings what there is to say; with a problem among it, the rest is null
     * @param reading  its pipelines and fields
     * @param users    who works there; null if the token's user may not see them
     */
    record Account(
            List<Finding> findings,
            @Nullable AccountReading reading,
            @Nullable UserList users) {}

    /** Can IDENT be read. */
    List<Finding> ident(Answers answers) {
        StartOptions start = start(answers.variables(), Mode.STATE);
        SettingsCheck check = SettingsCheck.of(start);
        List<Finding> wrong = problems(check, "ident.", "clinic.");
        if (!wrong.isEmpty()) {
            return wrong;
        }
        try {
            OldTls.allow(check.settings().ident());
            return IdentProbe.findings(check.settings(), start.config().resolve("sql"), start.clock());
        } catch (RuntimeException e) {
            return Problem.of(e).findings(SetupText.PART_IDENT.with());
        }
    }

    /** Can Redis be used. */
    List<Finding> redis(Answers answers) {
        SettingsCheck check = SettingsCheck.of(start(answers.variables(), Mode.STATE));
        List<Finding> wrong = problems(check, "redis.");
        return wrong.isEmpty() ? RedisProbe.findings(check.settings()) : wrong;
    }

    /**
     * Does the account let us in.
     *
     * @param code an authorization code that brings its first tokens, which are kept in Redis; empty if there are some
     */
    Account account(Answers answers, String code) {
        Map<String, String> variables = withoutLearned(answers.variables());
        List<SettingProblem> problems =
                SettingsCheck.of(start(variables, Mode.FIELDS)).problems();
        List<Finding> wrong = problems.stream()
                .filter(problem -> String.valueOf(problem.property()).startsWith("amocrm."))
                .filter(problem -> !Answers.isLearned(String.valueOf(problem.variable())))
                .map(Trial::finding)
                .toList();
        if (!wrong.isEmpty()) {
            return new Account(wrong, null, null);
        }
        // What else is wrong has nothing to do with the account.
        problems.forEach(problem -> variables.remove(problem.variable()));
        StartOptions start = start(variables, Mode.FIELDS);
        try (CamelRuntime runtime = CamelRuntime.start(start)) {
            if (!code.isEmpty()) {
                runtime.authorise(code);
            }
            AccountReading reading = runtime.ask(new AccountReading());
            // After everything else: a user who may not see the others is answered as if we were blocked.
            Text named = SetupText.ACCOUNT.with(
                    reading.account().path("id").asText(),
                    ForeignText.line(reading.account().path("name").asText()));
            return new Account(List.of(Finding.ok(SetupText.PART_AMOCRM.with(), named)), reading, users(runtime));
        } catch (RuntimeException e) {
            return new Account(Problem.of(e).findings(SetupText.PART_AMOCRM.with()), null, null);
        }
    }

    private static @Nullable UserList users(CamelRuntime runtime) {
        try {
            return runtime.ask(new UserList());
        } catch (AmocrmException.Blocked e) {
            return null;
        }
    }

    /**
     * Makes fields in the account.
     *
     * @param account just read
     * @throws AmocrmException if amoCRM refuses us or is away
     */
    FieldSetup make(Answers answers, AccountReading account, Collection<MappedField> fields) {
        try (CamelRuntime runtime = CamelRuntime.start(start(withoutLearned(answers.variables()), Mode.FIELDS))) {
            return runtime.ask(new FieldSetup(
                    answers.mapping(),
                    account,
                    fields,
                    runtime.settings().amocrm().unclearWindow().dividedBy(4)));
        }
    }

    /** The settings with all answers. */
    SettingsCheck settings(Answers answers) {
        return SettingsCheck.of(start(answers.variables(), Mode.STATE));
    }

    private static Map<String, String> withoutLearned(Map<String, String> variables) {
        Map<String, String> known = new HashMap<>(variables);
        known.keySet().removeIf(Answers::isLearned);
        return known;
    }

    private StartOptions start(Map<String, String> variables, Mode mode) {
        return new StartOptions(options.config(), options.routes(), variables, EnvFile.none(), mode, options.clock());
    }

    private static List<Finding> problems(SettingsCheck check, String... parts) {
        return check.problems().stream()
                .filter(problem -> Stream.of(parts).anyMatch(String.valueOf(problem.property())::startsWith))
                .map(Trial::finding)
                .toList();
    }

    static Finding finding(SettingProblem problem) {
        return Finding.problem(Problem.WRONG_SETUP, SetupText.SETTINGS, problem.complaint(), problem.remedy());
    }
}
