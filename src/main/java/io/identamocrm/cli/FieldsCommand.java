package io.identamocrm.cli;

import io.identamocrm.account.AccountReading;
import io.identamocrm.account.FieldSetup;
import io.identamocrm.app.CamelRuntime;
import io.identamocrm.problems.Problem;
import io.identamocrm.settings.StartOptions;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code fields}: what the account has, and the settings that name it; {@code --create} makes the fields that are missing. */
@Command(name = "fields", description = "List amoCRM's pipelines, stages and fields against the settings; make missing fields and print "
        + "the settings to paste.")
public final class FieldsCommand extends ProductCommand implements Callable<Integer> {

    @Option(names = "--create", description = "Make the fields that are missing; a field made before is found again.")
    private boolean create;

    @Option(names = "--json", description = "Print one JSON document.")
    private boolean json;

    /** Called by the command line. */
    public FieldsCommand(Environment environment, PrintWriter out) {
        super(environment, out);
    }

    @Override
    public Integer call() {
        try (CamelRuntime runtime = start(StartOptions.Mode.FIELDS)) {
            AccountReading account = runtime.ask(new AccountReading());
            FieldSetup fields = new FieldSetup(runtime.settings().mapping(), account,
                    runtime.settings().amocrm().unclearWindow().dividedBy(4));
            if (create) {
                runtime.ask(fields);
            }
            FieldPrinter printer = new FieldPrinter(runtime.settings(), account, fields);
            if (json) {
                out().println(printer.json().toPrettyString());
            } else {
                printer.print(create, out());
            }
            return fields.refusals().isEmpty() ? 0 : Problem.WRONG_SETUP;
        }
    }
}
