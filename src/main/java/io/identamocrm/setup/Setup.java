package io.identamocrm.setup;

import io.identamocrm.account.AccountComparison;
import io.identamocrm.account.AccountReading;
import io.identamocrm.account.FieldMatching;
import io.identamocrm.account.FieldSetup;
import io.identamocrm.model.MappedField;
import io.identamocrm.model.Text;
import io.identamocrm.problems.Finding;
import io.identamocrm.problems.InvalidSettingsException;
import io.identamocrm.problems.Problem;
import io.identamocrm.settings.EnvFile;
import io.identamocrm.settings.EnvLines;
import io.identamocrm.settings.SettingProblem;
import io.identamocrm.settings.SettingsCheck;
import io.identamocrm.settings.StartOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The first set-up, and every later one: learns what is needed, from a person or from a file, and writes it. Nothing is written before all
 * of it is known, but for the tokens that an authorization code brings, and the answers of a dialogue that was ended.
 */
public final class Setup {

    private final StartOptions options;
    private final Path envPath;
    private final Answers answers;
    private final Trial trial;
    private final Draft draft;

    /**
     * What is to be written.
     *
     * @param account with pipelines and fields; as it was read
     * @param make    fields to be made in it
     */
    record Plan(AccountReading account, List<MappedField> make) {}

    /**
     * Nothing is asked yet.
     *
     * @param options what is set so far
     * @param envPath the file to be written, which need not be there
     */
    public Setup(StartOptions options, Path envPath) {
        this.options = options;
        this.envPath = envPath;
        answers = new Answers(
                options.variables(), EnvFile.read(envPath).variables(), SettingsCheck.defaults(options.config()));
        trial = new Trial(options);
        draft = new Draft(envPath);
    }

    /**
     * Asks a person, and writes after a yes.
     *
     * @return true if the file now says what was answered
     * @throws SetupEndedException      if the person ends it; the answers are kept
     * @throws InvalidSettingsException if something is wrong that no answer puts right
     */
    public boolean ask(Dialogue dialogue) {
        requireCurable();
        Plan plan = new SetupDialogue(dialogue, answers, trial, draft).ask();
        Map<String, String> changes = summary(dialogue, plan);
        if (changes.isEmpty() && plan.make.isEmpty()) {
            draft.remove();
            return true;
        }
        if (!new Questions(dialogue).isYes(SetupText.WRITE.with())) {
            dialogue.say(SetupText.NOT_WRITTEN.with());
            return false;
        }
        if (!write(dialogue, plan)) {
            dialogue.say(SetupText.REFUSED.with());
            return false;
        }
        return true;
    }

    /**
     * Takes the answers of a file, asks nobody, and writes if all is well.
     *
     * @param file   lines NAME=value
     * @param create also make the fields that the account lacks
     * @return everything that is wrong; empty if it is written
     */
    public List<Finding> take(Path file, boolean create, Dialogue dialogue) {
        AnswerFile taken = new AnswerFile(answers, trial, options.config());
        List<Finding> wrong = taken.take(file, create);
        if (Finding.exitCode(wrong) == 0) {
            summary(dialogue, taken.plan());
            return write(dialogue, taken.plan())
                    ? List.of()
                    : List.of(Finding.problem(Problem.WRONG_SETUP, SetupText.PART_AMOCRM, SetupText.REFUSED, null));
        }
        return wrong;
    }

    private void requireCurable() {
        List<SettingProblem> incurable = SettingsCheck.of(options).problems().stream()
                .filter(problem -> problem.variable() == null || !Answers.isAsked(problem.variable()))
                .toList();
        if (!incurable.isEmpty()) {
            throw new InvalidSettingsException(
                    incurable.stream().map(SettingProblem::explanation).toList());
        }
    }

    private Map<String, String> summary(Dialogue dialogue, Plan plan) {
        Map<String, String> changes = answers.changes();
        if (changes.isEmpty() && plan.make.isEmpty()) {
            dialogue.say(SetupText.NOTHING.with(envPath));
        }
        if (!changes.isEmpty()) {
            dialogue.say(SetupText.SUMMARY.with(envPath));
            changes.forEach((name, value) -> dialogue.say(Text.joined(
                    "=",
                    Text.of("  " + name),
                    value.isEmpty()
                            ? Text.joined(" ", Text.of(""), SetupText.REMOVED)
                            : Answers.isSecret(name) ? SetupText.HIDDEN : Text.of(value))));
            if (Files.exists(envPath)) {
                dialogue.say(SetupText.SUMMARY_KEPT.with());
            }
        }
        if (!plan.make.isEmpty()) {
            dialogue.say(SetupText.SUMMARY_FIELDS.with(names(plan.make)));
        }
        if (!changes.isEmpty()) {
            dialogue.say(SetupText.SUMMARY_BY_HAND.with());
        }
        answers.shadowed().forEach(name -> dialogue.say(SetupText.SUMMARY_SHADOWED.with(name)));
        return changes;
    }

    private static String names(List<MappedField> fields) {
        return fields.stream()
                .map(field -> "«" + FieldSetup.nameOf(field) + "»")
                .collect(Collectors.joining(", "));
    }

    private boolean write(Dialogue dialogue, Plan plan) {
        if (!plan.make.isEmpty() && !make(dialogue, plan)) {
            return false;
        }
        try {
            Map<String, String> changes = answers.changes();
            if (!changes.isEmpty()) {
                if (Files.exists(envPath)) {
                    dialogue.say(SetupText.COPY.with(copy()));
                }
                EnvLines.change(envPath, changes);
                dialogue.say(SetupText.WRITTEN.with(envPath));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        draft.remove();
        return true;
    }

    private boolean make(Dialogue dialogue, Plan plan) {
        FieldSetup fields = trial.make(answers, plan.account, plan.make);
        List<MappedField> made = new ArrayList<>();
        Map<MappedField, FieldMatching.Match> found = fields.matching().found();
        plan.make.forEach(field -> {
            FieldMatching.Match match = found.get(field);
            if (match != null) {
                answers.put(AccountComparison.settingOf(field), Long.toString(match.id()));
                made.add(field);
            }
        });
        if (!made.isEmpty()) {
            dialogue.say(SetupText.MADE.with(names(made)));
            // Whatever comes now, they are not to be made once more.
            draft.keep(answers.given(), Set.of());
        }
        fields.refusals().forEach((what, why) -> dialogue.say(SetupText.NOT_MADE.with(what, why)));
        List<MappedField> needed = plan.make.stream()
                .filter(FieldSetup::isKey)
                .filter(field -> !made.contains(field))
                .toList();
        needed.forEach(field -> dialogue.say(SetupText.FIELD_NEEDED.with(FieldChoice.nameOf(field))));
        return needed.isEmpty();
    }

    /** The file as it is, beside itself. */
    private Path copy() throws IOException {
        String time = DateTimeFormatter.ofPattern("yyyy-MM-dd-HHmmss")
                .format(LocalDateTime.now(options.clock().withZone(ZoneId.systemDefault())));
        Path copy = envPath.toAbsolutePath().resolveSibling(envPath.getFileName() + "." + time);
        for (int i = 2; Files.exists(copy); i++) {
            copy = copy.resolveSibling(envPath.getFileName() + "." + time + "-" + i);
        }
        Files.createFile(copy);
        EnvLines.restrict(copy);
        Files.write(copy, Files.readAllBytes(envPath));
        return copy;
    }
}
