package io.identamocrm.setup;

import com.fasterxml.jackson.databind.JsonNode;
import io.identamocrm.account.AccountComparison;
import io.identamocrm.account.AccountReading;
import io.identamocrm.account.FieldMatching;
import io.identamocrm.account.FieldSetup;
import io.identamocrm.account.PipelineProposal;
import io.identamocrm.account.UserList;
import io.identamocrm.model.ForeignText;
import io.identamocrm.model.Funnel;
import io.identamocrm.model.MappedField;
import io.identamocrm.model.Status;
import io.identamocrm.model.Text;
import io.identamocrm.problems.Finding;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The order in which a person is asked: IDENT, Redis, amoCRM's door, and what only somebody who was let in can choose. */
final class SetupDialogue {

    /** What a remedy may ask to be set, and nobody is asked for. */
    private static final Pattern OFFER = Pattern.compile("\\b(DB_(?:OLD_TLS|TRUST_CERTIFICATE))=(yes)\\b");

    private static final Text ENTER = Text.of("  [Enter]: ");

    private final Dialogue dialogue;
    private final Questions questions;
    private final Answers answers;
    private final Trial trial;
    private final Draft draft;
    private final Set<String> well = new LinkedHashSet<>();
    private Trial.@Nullable Account account;
    private String code = "";

    SetupDialogue(Dialogue dialogue, Answers answers, Trial trial, Draft draft) {
        this.dialogue = dialogue;
        this.questions = new Questions(dialogue);
        this.answers = answers;
        this.trial = trial;
        this.draft = draft;
    }

    /** Asks for everything; what was answered is in the answers. */
    Setup.Plan ask() {
        dialogue.say(SetupText.WELCOME.with());
        resume();
        part(SetupText.PART_IDENT, this::askIdent, () -> trial.ident(answers));
        part(SetupText.PART_REDIS, this::askRedis, () -> trial.redis(answers));
        part(SetupText.PART_AMOCRM, this::askAccount, this::tryAccount);
        askPipelines();
        askResponsible();
        return new Setup.Plan(reading(), askFields());
    }

    private void resume() {
        if (draft.time() == null) {
            return;
        }
        Map<String, String> kept = draft.answers();
        dialogue.say(SetupText.RESUMED.with(
                draft.time(),
                kept.keySet().stream().filter(name -> !Answers.isLearned(name)).collect(Collectors.joining(", "))));
        if (questions.isYes(SetupText.RESUME.with())) {
            kept.forEach(answers::put);
            well.addAll(draft.well());
        } else {
            draft.remove();
        }
    }

    private void put(String name, String value) {
        answers.put(name, value);
        draft.keep(answers.given(), well);
    }

    /** Asks and tries, until all is well; what was well before is only tried. */
    private void part(SetupText part, Runnable ask, Supplier<List<Finding>> test) {
        String name = part.english();
        boolean asked = !well.contains(name);
        while (true) {
            if (asked) {
                ask.run();
            }
            dialogue.say(SetupText.TRYING.with(name));
            List<Finding> findings = test.get();
            dialogue.show(findings.stream()
                    .filter(finding -> finding.level() != Finding.Level.OK)
                    .toList());
            if (Finding.exitCode(findings) == 0) {
                dialogue.say(SetupText.WELL.with(name));
                well.add(name);
                draft.keep(answers.given(), well);
                return;
            }
            // A remedy that can be had for a yes needs no other answers.
            asked = !offer(findings);
            if (asked) {
                dialogue.say(SetupText.AGAIN.with());
            }
        }
    }

    private boolean offer(List<Finding> findings) {
        boolean taken = false;
        for (Finding finding : findings) {
            for (MatchResult remedy : OFFER.matcher(finding.text() + " " + finding.remedy())
                    .results()
                    .toList()) {
                if (!answers.set(remedy.group(1)).equals(remedy.group(2))
                        && questions.isYes(SetupText.OFFER.with(remedy.group()))) {
                    put(remedy.group(1), remedy.group(2));
                    taken = true;
                }
            }
        }
        return taken;
    }

    private void askIdent() {
        String usual =
                answers.set("TIMEZONE").isEmpty() ? Zones.usual(answers.get("TIMEZONE")) : answers.get("TIMEZONE");
        String zone;
        do {
            zone = questions.line(SetupText.ZONE, "TIMEZONE", usual, true);
        } while (!Zones.isKnown(zone, dialogue));
        put("TIMEZONE", zone);
        String server = questions.line(
                SetupText.SERVER,
                "DB_SERVER",
                answers.set("IDENT_JDBC_URL").isEmpty() ? answers.get("DB_SERVER") : answers.set("IDENT_JDBC_URL"),
                true);
        boolean url = server.startsWith("jdbc:");
        put("IDENT_JDBC_URL", url ? server : "");
        if (!url) {
            put("DB_SERVER", server);
            if (!server.contains("\\")) {
                put("DB_PORT", questions.line(SetupText.PORT, "DB_PORT", answers.get("DB_PORT"), true));
            }
            put("DB_DATABASE", questions.line(SetupText.DATABASE, "DB_DATABASE", answers.get("DB_DATABASE"), true));
        }
        IdentLogin login = IdentLogin.of(questions.line(
                SetupText.LOGIN,
                "DB_USERNAME",
                new IdentLogin(answers.set("DB_DOMAIN"), answers.set("DB_USERNAME")).text(),
                true));
        put("DB_USERNAME", login.name());
        put("DB_DOMAIN", login.domain());
        put("DB_AUTHENTICATION", login.domain().isEmpty() ? "sql" : "ntlm");
        put("DB_PASSWORD", questions.secret(SetupText.PASSWORD, "DB_PASSWORD", answers.set("DB_PASSWORD"), true));
    }

    private void askRedis() {
        String host = questions.line(
                SetupText.REDIS,
                "REDIS_HOST",
                answers.set("REDIS_URL").isEmpty() ? answers.get("REDIS_HOST") : answers.set("REDIS_URL"),
                true);
        boolean url = host.contains("://");
        put("REDIS_URL", url ? host : "");
        if (!url) {
            put("REDIS_HOST", host);
            put("REDIS_PORT", questions.line(SetupText.REDIS_PORT, "REDIS_PORT", answers.get("REDIS_PORT"), true));
        }
        put(
                "REDIS_PASSWORD",
                questions.secret(SetupText.REDIS_PASSWORD, "REDIS_PASSWORD", answers.set("REDIS_PASSWORD"), false));
    }

    private void askAccount() {
        String preset = answers.set("AMOCRM_BASE_URL").isEmpty()
                ? answers.set("AMOCRM_SUBDOMAIN")
                : answers.set("AMOCRM_BASE_URL");
        String typed = questions.line(SetupText.ADDRESS, "AMOCRM_SUBDOMAIN", preset, true);
        AccountAddress address = AccountAddress.of(typed);
        while (address == null) {
            dialogue.say(SetupText.ADDRESS_WRONG.with());
            typed = questions.line(SetupText.ADDRESS, "AMOCRM_SUBDOMAIN", preset, true);
            address = AccountAddress.of(typed);
        }
        // What is left as it is may have a name of its own beside a whole address.
        if (!typed.equals(preset) || answers.given().containsKey("AMOCRM_SUBDOMAIN")) {
            put("AMOCRM_SUBDOMAIN", address.subdomain());
            put("AMOCRM_BASE_URL", address.baseUrl());
        } else {
            put("AMOCRM_SUBDOMAIN", answers.set("AMOCRM_SUBDOMAIN"));
            put("AMOCRM_BASE_URL", answers.set("AMOCRM_BASE_URL"));
        }
        List<Option> ways =
                List.of(new Option("", SetupText.ACCESS_TOKEN.with()), new Option("", SetupText.ACCESS_OAUTH.with()));
        boolean oauth = !answers.set("AMOCRM_CLIENT_ID").isEmpty()
                && (answers.set("AMOCRM_ACCESS_TOKEN").isEmpty()
                        || !answers.set("AMOCRM_REFRESH_TOKEN").isEmpty());
        code = "";
        if (ways.get(0).equals(questions.choice(SetupText.ACCESS.with(), ways, ways.get(oauth ? 1 : 0)))) {
            put(
                    "AMOCRM_ACCESS_TOKEN",
                    questions.secret(
                            SetupText.TOKEN,
                            "AMOCRM_ACCESS_TOKEN",
                            oauth ? "" : answers.set("AMOCRM_ACCESS_TOKEN"),
                            true));
            put("AMOCRM_REFRESH_TOKEN", "");
            return;
        }
        put(
                "AMOCRM_CLIENT_ID",
                questions.line(SetupText.CLIENT_ID, "AMOCRM_CLIENT_ID", answers.set("AMOCRM_CLIENT_ID"), true));
        put(
                "AMOCRM_CLIENT_SECRET",
                questions.secret(
                        SetupText.CLIENT_SECRET, "AMOCRM_CLIENT_SECRET", answers.set("AMOCRM_CLIENT_SECRET"), true));
        put(
                "AMOCRM_REDIRECT_URI",
                questions.line(
                        SetupText.REDIRECT_URI, "AMOCRM_REDIRECT_URI", answers.set("AMOCRM_REDIRECT_URI"), true));
        put("AMOCRM_ACCESS_TOKEN", oauth ? answers.set("AMOCRM_ACCESS_TOKEN") : "");
        put("AMOCRM_REFRESH_TOKEN", oauth ? answers.set("AMOCRM_REFRESH_TOKEN") : "");
        code = questions.secret(SetupText.CODE, "CODE", "", false);
    }

    private List<Finding> tryAccount() {
        Trial.Account account = trial.account(answers, code);
        this.account = account;
        if (!code.isEmpty() && account.reading() != null) {
            // What the code brought takes the place of an older pair.
            put("AMOCRM_ACCESS_TOKEN", "");
            put("AMOCRM_REFRESH_TOKEN", "");
        }
        account.findings().stream()
                .filter(finding -> finding.level() == Finding.Level.OK)
                .forEach(finding -> dialogue.say(finding.complaint()));
        return account.findings();
    }

    private Trial.Account account() {
        return Objects.requireNonNull(account, "the account was not tried yet");
    }

    /** Its part goes on until nothing is wrong with it. */
    private AccountReading reading() {
        return Objects.requireNonNull(account().reading(), "the account was not read");
    }

    private List<JsonNode> pipelines() {
        return PipelineProposal.usable(reading().pipelines());
    }

    private void askPipelines() {
        while (pipelines().size() < Funnel.values().length) {
            dialogue.say(SetupText.TOO_FEW.with(pipelines().size()));
            dialogue.line(ENTER);
            part(SetupText.PART_AMOCRM, this::askAccount, this::tryAccount);
        }
        dialogue.say(SetupText.PIPELINES.with());
        List<Option> options = Option.of(pipelines());
        JsonNode primary = askPipeline(Funnel.PRIMARY, SetupText.PRIMARY, options, null);
        JsonNode secondary = askPipeline(Funnel.SECONDARY, SetupText.SECONDARY, options, primary);
        askStage(Funnel.PRIMARY, primary);
        askStage(Funnel.SECONDARY, secondary);
        if (questions.isWanted(SetupText.STAGES.with())) {
            askStages(Funnel.PRIMARY, primary);
            askStages(Funnel.SECONDARY, secondary);
        }
    }

    private JsonNode askPipeline(Funnel funnel, SetupText about, List<Option> options, @Nullable JsonNode other) {
        String name = "AMOCRM_" + funnel + "_PIPELINE_ID";
        Option preset = options.stream()
                .filter(option -> option.id().equals(answers.set(name)))
                .findFirst()
                .orElseGet(() -> PipelineProposal.of(funnel, pipelines())
                        .map(pipeline -> options.get(pipelines().indexOf(pipeline)))
                        .orElse(null));
        while (true) {
            Option chosen = questions.choice(about.with(), options, preset);
            JsonNode pipeline = pipelines().get(options.indexOf(chosen));
            if (pipeline.equals(other)) {
                dialogue.say(SetupText.SAME.with());
            } else if (PipelineProposal.isOfTheOther(funnel, pipeline)) {
                dialogue.say(SetupText.SWAPPED.with(chosen.name()));
            } else {
                put(name, chosen.id());
                return pipeline;
            }
        }
    }

    private void askStage(Funnel funnel, JsonNode pipeline) {
        String name = "AMOCRM_" + funnel + "_STAGE_ID";
        List<Option> stages = Option.of(PipelineProposal.openStages(pipeline));
        if (stages.isEmpty()) {
            put(name, "");
            return;
        }
        String present = answers.set(name).isEmpty() ? answers.set("AMOCRM_DEFAULT_STAGE_ID") : answers.set(name);
        Option preset = stages.stream()
                .filter(stage -> stage.id().equals(present))
                .findFirst()
                .orElse(stages.get(0));
        Option chosen = questions.choice(
                SetupText.STAGE.with(ForeignText.line(pipeline.path("name").asText())), stages, preset);
        // A setting that says what holds without it is not added.
        String unset = answers.set("AMOCRM_DEFAULT_STAGE_ID").isEmpty()
                ? stages.get(0).id()
                : answers.set("AMOCRM_DEFAULT_STAGE_ID");
        put(name, answers.set(name).isEmpty() && chosen.id().equals(unset) ? "" : chosen.id());
    }

    private void askStages(Funnel funnel, JsonNode pipeline) {
        List<Option> stages = new ArrayList<>();
        stages.add(new Option("", SetupText.STAGE_LEFT.with()));
        stages.addAll(Option.of(PipelineProposal.openStages(pipeline)));
        for (Status status :
                List.of(Status.SCHEDULED, Status.ARRIVED, Status.COMPLETED, Status.CANCELLED, Status.NO_SHOW)) {
            String name = "DEAL_STAGE_" + funnel + "_" + status;
            Option preset = stages.stream()
                    .filter(stage -> stage.id().equals(answers.set(name)))
                    .findFirst()
                    .orElse(stages.get(0));
            put(
                    name,
                    questions
                            .choice(
                                    SetupText.STAGE_OF.with(
                                            ForeignText.line(
                                                    pipeline.path("name").asText()),
                                            SetupText.valueOf(status.name()).with()),
                                    stages,
                                    preset)
                            .id());
        }
    }

    private void askResponsible() {
        String name = "AMOCRM_RESPONSIBLE_USER_ID";
        UserList known = account().users();
        if (known == null) {
            dialogue.say(SetupText.NO_USERS.with());
            return;
        }
        List<Option> users = new ArrayList<>();
        users.add(new Option("", SetupText.NOBODY.with()));
        users.addAll(Option.of(known.active()));
        Option preset = users.stream()
                .filter(user -> user.id().equals(answers.set(name)))
                .findFirst()
                .orElse(users.get(0));
        put(name, questions.choice(SetupText.USERS.with(), users, preset).id());
    }

    private List<MappedField> askFields() {
        AccountReading reading = reading();
        FieldChoice choice =
                new FieldChoice(new FieldMatching(answers.mapping(), reading.dealFields(), reading.contactFields()));
        List<MappedField> make;
        List<MappedField> needed;
        do {
            correct(choice);
            make = askMissing(choice);
            needed = neededOf(MappedField.all(), choice);
            needed.removeAll(make);
            needed.forEach(field -> dialogue.say(SetupText.FIELD_NEEDED.with(FieldChoice.nameOf(field))));
        } while (!needed.isEmpty());
        for (MappedField field : MappedField.all()) {
            JsonNode definition = choice.chosen().get(field);
            String setting = AccountComparison.settingOf(field);
            if (definition != null || !answers.set(setting).isEmpty()) {
                put(setting, definition == null ? "" : definition.path("id").asText());
            }
        }
        return make;
    }

    private static List<MappedField> neededOf(List<MappedField> fields, FieldChoice choice) {
        return fields.stream()
                .filter(field -> FieldSetup.isKey(field) && !choice.chosen().containsKey(field))
                .collect(Collectors.toCollection(ArrayList::new));
    }

    private void correct(FieldChoice choice) {
        while (true) {
            dialogue.say((choice.chosen().isEmpty() ? SetupText.FIELDS_NONE : SetupText.FIELDS_FOUND).with());
            choice.chosen().forEach((field, definition) -> {
                Text shown = Text.of(String.format(
                        "    %-36s %s «%s», %s",
                        FieldChoice.nameOf(field),
                        definition.path("id").asText(),
                        ForeignText.line(definition.path("name").asText()),
                        definition.path("type").asText()));
                dialogue.say(
                        FieldMatching.lossOf(field, definition).isEmpty()
                                ? shown
                                : Text.joined("; ", shown, FieldMatching.loss(field, definition)));
            });
            dialogue.say(SetupText.FIELDS_CHANGE.with());
            String typed = dialogue.line(ENTER);
            if (typed.isEmpty()) {
                return;
            }
            if (typed.equals("?")) {
                for (boolean deals : new boolean[] {true, false}) {
                    dialogue.say((deals ? SetupText.FIELDS_OTHER_DEALS : SetupText.FIELDS_OTHER_CONTACTS)
                            .with(choice.others(deals).stream()
                                    .map(AccountComparison::named)
                                    .collect(Collectors.joining(", "))));
                }
                continue;
            }
            Text fault = choice.correct(typed);
            if (fault != null) {
                dialogue.say(fault);
            }
        }
    }

    private List<MappedField> askMissing(FieldChoice choice) {
        List<MappedField> missing = choice.missing();
        if (missing.isEmpty()) {
            return missing;
        }
        dialogue.say(SetupText.FIELDS_MISSING.with());
        missing.forEach(field -> dialogue.say(Text.of(String.format(
                "    %-36s «%s», %s", FieldChoice.nameOf(field), FieldSetup.nameOf(field), FieldSetup.typeOf(field)))));
        List<MappedField> needed = neededOf(missing, choice);
        List<Option> options = new ArrayList<>(List.of(new Option("a", SetupText.FIELDS_ALL.with())));
        options.add(
                needed.isEmpty()
                        ? new Option("-", SetupText.FIELDS_NO.with())
                        : new Option("n", SetupText.FIELDS_NEEDED.with()));
        Option chosen = questions.choice(SetupText.FIELDS_MAKE.with(), options, options.get(0));
        return chosen.id().equals("a") ? missing : needed;
    }
}
