package io.identamocrm.setup;

import com.fasterxml.jackson.databind.JsonNode;
import io.identamocrm.account.AccountComparison;
import io.identamocrm.account.AccountMismatch;
import io.identamocrm.account.AccountReading;
import io.identamocrm.account.FieldMatching;
import io.identamocrm.account.FieldSetup;
import io.identamocrm.account.PipelineProposal;
import io.identamocrm.model.ForeignText;
import io.identamocrm.model.Funnel;
import io.identamocrm.model.MappedField;
import io.identamocrm.model.Text;
import io.identamocrm.problems.Finding;
import io.identamocrm.problems.Problem;
import io.identamocrm.settings.EnvFile;
import io.identamocrm.settings.SettingProblem;
import io.identamocrm.settings.Settings;
import io.identamocrm.settings.SettingsCheck;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Answers for machines: taken from a file and tried like those of a person; what is wrong is told all at once. */
final class AnswerFile {

    private static final Text ABOUT = SetupText.ANSWERS;

    private final Answers answers;
    private final Trial trial;
    private final Set<String> known;
    private final List<Finding> wrong = new ArrayList<>();
    private Setup.@Nullable Plan plan;

    AnswerFile(Answers answers, Trial trial, Path config) {
        this.answers = answers;
        this.trial = trial;
        known = SettingsCheck.defaults(config).keySet();
    }

    /** What is to be written; only if nothing is wrong. */
    Setup.Plan plan() {
        return Objects.requireNonNull(plan, "answers that are wrong make no plan");
    }

    /**
     * Takes the answers.
     *
     * @param create make the fields that the account lacks
     * @return everything that is wrong
     */
    List<Finding> take(Path file, boolean create) {
        if (!Files.isReadable(file)) {
            complain(file.toString(), SetupText.NO_FILE, SetupText.NO_FILE_REMEDY.with());
            return wrong;
        }
        EnvFile given = EnvFile.read(file);
        given.problems()
                .forEach(problem -> wrong.add(Finding.problem(
                        Problem.WRONG_SETUP,
                        ABOUT,
                        problem.inFile(file.getFileName().toString()).complaint(),
                        problem.remedy())));
        Map<String, String> values = new TreeMap<>(given.variables());
        for (String name : new TreeSet<>(values.keySet())) {
            if (!known.contains(name) && !name.matches("LOG_(LEVEL|FILE|FORMAT)|CAMEL_LOG_LEVEL")) {
                complain(name, SetupText.NO_SETTING, SetupText.NO_SETTING_REMEDY.with());
            }
        }
        values.forEach(answers::put);
        wrong.addAll(grave(trial.ident(answers)));
        List<Finding> redis = grave(trial.redis(answers));
        wrong.addAll(redis);
        // Tokens and pace are kept there: without it amoCRM cannot be asked, and its own settings are looked at below.
        Trial.Account account = redis.isEmpty() ? trial.account(answers, "") : new Trial.Account(List.of(), null, null);
        wrong.addAll(grave(account.findings()));
        if (account.reading() != null) {
            choose(account.reading(), create);
        }
        SettingsCheck check = trial.settings(answers);
        for (SettingProblem problem : check.problems()) {
            boolean toBeLearned = problem.missing() && Answers.isLearned(String.valueOf(problem.variable()));
            Finding finding = Trial.finding(problem);
            if (!toBeLearned && !wrong.contains(finding)) {
                wrong.add(finding);
            }
        }
        if (account.reading() != null) {
            compare(check.settings(), account.reading());
        }
        return wrong;
    }

    private void choose(AccountReading reading, boolean create) {
        for (Funnel funnel : Funnel.values()) {
            String name = "AMOCRM_" + funnel + "_PIPELINE_ID";
            Optional<JsonNode> proposal = PipelineProposal.of(funnel, reading.pipelines());
            if (answers.set(name).isEmpty() && proposal.isPresent()) {
                answers.put(name, proposal.get().path("id").asText());
            } else if (answers.set(name).isEmpty()) {
                complain(
                        name,
                        SetupText.NO_PIPELINE,
                        SetupText.NO_PIPELINE_REMEDY.with(PipelineProposal.usable(reading.pipelines()).stream()
                                .map(AccountComparison::named)
                                .collect(Collectors.joining(", "))));
            }
            reading.pipelines().stream()
                    .filter(one -> one.path("id").asText().equals(answers.set(name)))
                    .filter(one -> PipelineProposal.isOfTheOther(funnel, one))
                    .findFirst()
                    .ifPresent(one -> wrong.add(Finding.problem(
                            Problem.WRONG_SETUP,
                            ABOUT,
                            SetupText.NAMED.with(
                                    name,
                                    SetupText.SWAPPED.with(
                                            ForeignText.line(one.path("name").asText()))),
                            null)));
        }
        FieldMatching matching = new FieldMatching(answers.mapping(), reading.dealFields(), reading.contactFields());
        // An answer that does not fit is complained of, and nothing else taken in its place.
        matching.found().forEach((field, match) -> {
            if (isOpen(field)) {
                answers.put(AccountComparison.settingOf(field), Long.toString(match.id()));
            }
        });
        List<MappedField> missing =
                FieldSetup.makeable().stream().filter(this::isOpen).toList();
        missing.stream()
                .filter(FieldSetup::isKey)
                .filter(field -> !create)
                .forEach(field -> complain(
                        AccountComparison.settingOf(field), SetupText.NO_FIELD, SetupText.NO_FIELD_REMEDY.with()));
        plan = new Setup.Plan(reading, create ? missing : List.of());
    }

    private boolean isOpen(MappedField field) {
        return answers.set(AccountComparison.settingOf(field)).isEmpty();
    }

    private void compare(Settings settings, AccountReading reading) {
        List<AccountMismatch> mismatches =
                new ArrayList<>(AccountComparison.ofPipelines(settings.policy(), reading.pipelines()));
        mismatches.addAll(
                AccountComparison.ofFields(settings.mapping(), reading.dealFields(), reading.contactFields()));
        mismatches.stream()
                .filter(AccountMismatch::grave)
                .forEach(mismatch -> wrong.add(Finding.problem(
                        Problem.WRONG_SETUP, SetupText.PART_AMOCRM, mismatch.complaint(), mismatch.advice())));
    }

    private void complain(String name, SetupText what, Text remedy) {
        wrong.add(Finding.problem(Problem.WRONG_SETUP, ABOUT, what.with(name), remedy));
    }

    private static List<Finding> grave(List<Finding> findings) {
        return findings.stream()
                .filter(finding -> finding.level() == Finding.Level.PROBLEM)
                .toList();
    }
}
