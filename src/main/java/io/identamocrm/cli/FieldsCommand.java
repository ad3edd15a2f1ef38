package io.identamocrm.cli;

import io.identamocrm.account.AccountComparison;
import io.identamocrm.account.AccountReading;
import io.identamocrm.account.FieldSetup;
import io.identamocrm.app.CamelRuntime;
import io.identamocrm.model.DealField;
import io.identamocrm.model.MappedField;
import io.identamocrm.problems.Problem;
import io.identamocrm.settings.StartOptions;
import io.identamocrm.setup.Questions;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code fields}: what the account has, and the settings that name it; {@code --create} makes the fields that are missing. */
@Command(
        name = "fields",
        description = "List amoCRM's pipelines, stages and fields against the settings; make missing fields and print "
                + "the settings to paste.")
public final class FieldsCommand extends ProductCommand implements Callable<Integer> {

    @Option(
            names = "--create",
            arity = "0..*",
            paramLabel = "NAME",
            description = "Make the fields that are missing, all or those named "
                    + "(deal.reception-id, AMOCRM_DEAL_FIELD_RECEPTION_ID), after showing them and a yes. Fields that are there already are "
                    + "recognised by code, title and type.")
    private @Nullable List<String> create;

    @Option(names = "--yes", description = "With --create: do not ask.")
    private boolean yes;

    @Option(names = "--json", description = "Print one JSON document; with --create, fields are made with --yes only.")
    private boolean json;

    @CommandLine.Spec
    private CommandLine.Model.CommandSpec spec;

    /** Called by the command line. */
    public FieldsCommand(Environment environment, PrintWriter out) {
        super(environment, out);
    }

    @Override
    public Integer call() {
        Set<MappedField> wanted = wanted();
        try (CamelRuntime runtime = start(StartOptions.Mode.FIELDS)) {
            AccountReading account = runtime.ask(new AccountReading());
            FieldSetup fields = new FieldSetup(
                    runtime.settings().mapping(),
                    account,
                    wanted,
                    runtime.settings().amocrm().unclearWindow().dividedBy(4));
            FieldPrinter printer = new FieldPrinter(runtime.settings(), account, fields);
            if (json) {
                if (yes) {
                    runtime.ask(fields);
                }
                out().println(printer.json().toPrettyString());
            } else {
                printer.printAccount(out());
                if (!fields.missing().isEmpty() && isMeant(printer)) {
                    runtime.ask(fields);
                    printer.printMade(out());
                }
                printer.printSettings(out());
            }
            return fields.refusals().isEmpty() ? 0 : Problem.WRONG_SETUP;
        }
    }

    private boolean isMeant(FieldPrinter printer) {
        printer.printMissing(out());
        if (yes) {
            return true;
        }
        if (environment().answers() == null) {
            out().println(CliText.NOTHING_MADE);
            return false;
        }
        out().print(CliText.ASK_MAKE);
        out().flush();
        String answer = environment().answers().get();
        return Questions.meansYes(answer);
    }

    private Set<MappedField> wanted() {
        if (create == null) {
            if (yes) {
                throw new CommandLine.ParameterException(spec.commandLine(), told(CliText.YES_WITHOUT_CREATE));
            }
            return Set.of();
        }
        if (create.isEmpty()) {
            return new LinkedHashSet<>(FieldSetup.makeable());
        }
        Set<MappedField> named = new LinkedHashSet<>();
        for (String name : create) {
            List<MappedField> fields = FieldSetup.makeable().stream()
                    .filter(field -> namesOf(field).contains(plain(name)))
                    .toList();
            if (fields.isEmpty()) {
                boolean known = MappedField.all().stream()
                        .anyMatch(field -> namesOf(field).contains(plain(name)));
                throw new CommandLine.ParameterException(
                        spec.commandLine(),
                        told((known ? CliText.FIELD_FROM_START : CliText.NO_SUCH_FIELD).with(name)));
            }
            named.addAll(fields);
        }
        return named;
    }

    /** As settings write it, as {@code fields.create-only} does, or alone. */
    private static List<String> namesOf(MappedField field) {
        List<String> names = new ArrayList<>(List.of(plain(AccountComparison.settingOf(field)), field.key()));
        names.add((field instanceof DealField ? "deal." : "contact.") + field.key());
        return names;
    }

    private static String plain(String name) {
        return name.toLowerCase(Locale.ROOT).replace('-', '_');
    }
}
