package io.identamocrm.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.identamocrm.app.CamelRuntime;
import io.identamocrm.app.Doctor;
import io.identamocrm.model.Language;
import io.identamocrm.model.Text;
import io.identamocrm.problems.Finding;
import io.identamocrm.problems.Problem;
import io.identamocrm.reconcile.SyncOutcome;
import io.identamocrm.settings.StartOptions.Mode;
import io.identamocrm.setup.Dialogue;
import io.identamocrm.setup.Setup;
import io.identamocrm.setup.SetupEndedException;
import io.identamocrm.setup.SetupText;
import io.identamocrm.sync.RunRequest;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code setup}: the first set-up and every later one, by answering. */
@Command(
        name = "setup",
        description =
                "Set everything up by answering: IDENT, Redis, amoCRM with its pipelines and fields; each answer is "
                        + "tried at once. Writes the file .env, then shows the doctor's findings and what a first run would do.")
public final class SetupCommand extends ProductCommand implements Callable<Integer> {

    @Option(
            names = "--answers",
            paramLabel = "FILE",
            description =
                    "Ask nobody: take the answers from lines NAME=value, the names being "
                            + "those of the variables; pipelines and fields that it does not name are recognised by their titles.")
    private @Nullable Path file;

    @Option(names = "--create", description = "With --answers: make the fields that the account lacks.")
    private boolean create;

    @CommandLine.Spec
    private CommandLine.Model.CommandSpec spec;

    /** Called by the command line. */
    public SetupCommand(Environment environment, PrintWriter out) {
        super(environment, out);
    }

    @Override
    public Integer call() {
        if (create && file == null) {
            throw new CommandLine.ParameterException(spec.commandLine(), told(CliText.CREATE_WITHOUT_ANSWERS));
        }
        if (file != null) {
            List<Finding> wrong = setup().take(file, create, new Paper(out()));
            FindingPrinter.print(wrong, out());
            return wrong.isEmpty() ? look() : Finding.exitCode(wrong);
        }
        Supplier<Keyboard> terminal = environment().terminal();
        if (terminal == null) {
            spec.commandLine().getErr().println(SetupText.NO_TERMINAL.with());
            return Problem.WRONG_SETUP;
        }
        try (Keyboard keyboard = terminal.get()) {
            if (!setup().ask(new Person(keyboard, environment().language()))) {
                return Problem.WRONG_SETUP;
            }
        } catch (SetupEndedException e) {
            out().println(SetupText.NOT_WRITTEN.with());
            return Problem.WRONG_SETUP;
        }
        return look();
    }

    private Setup setup() {
        return new Setup(options(Mode.FIELDS), environment().envPath());
    }

    /** The doctor's findings and, if all is well, what a run over everything would do. */
    private int look() {
        Environment written = environment().read();
        out().println(SetupText.DOCTOR.with());
        List<Finding> findings = Doctor.findings(options(Mode.ACCOUNT, written));
        FindingPrinter.print(findings, out());
        if (Finding.exitCode(findings) != 0) {
            out().println(SetupText.NEXT_CURE.with());
            return Finding.exitCode(findings);
        }
        out().println(SetupText.DRY_RUN.with());
        try (CamelRuntime runtime = CamelRuntime.start(options(Mode.CHECK, written));
                RunView view = new RunView(
                        runtime,
                        environment().interruption(),
                        out(),
                        spec.commandLine().getErr(),
                        environment().errorsAreTerminal(),
                        null)) {
            SyncOutcome outcome =
                    runtime.everything(RunRequest.full().asDryRun().withListener(view));
            view.print(JsonNodeFactory.instance.objectNode(), () -> {
                ReportPrinter.print(outcome.patients(), out());
                ReportPrinter.print(outcome.receptions(), out());
            });
        }
        out().println(SetupText.NEXT.with());
        return 0;
    }

    /** Where nobody is asked. */
    private record Paper(PrintWriter out) implements Dialogue {

        @Override
        public void say(Text text) {
            out.println(text);
        }

        @Override
        public void show(List<Finding> findings) {
            FindingPrinter.print(findings, out);
        }

        @Override
        public String line(Text prompt) {
            throw new IllegalStateException("Nobody is asked");
        }

        @Override
        public String secret(Text prompt) {
            return line(prompt);
        }
    }

    /** Somebody at a keyboard. */
    private record Person(Keyboard keyboard, Language language) implements Dialogue {

        @Override
        public void say(Text text) {
            keyboard.screen().println(text.in(language));
            keyboard.screen().flush();
        }

        @Override
        public void show(List<Finding> findings) {
            if (!findings.isEmpty()) {
                keyboard.screen().println(FindingPrinter.shown(findings).in(language));
            }
            keyboard.screen().flush();
        }

        @Override
        public String line(Text prompt) {
            return answer(keyboard.line(prompt.in(language)));
        }

        @Override
        public String secret(Text prompt) {
            return answer(keyboard.secret(prompt.in(language)));
        }

        private static String answer(@Nullable String typed) {
            if (typed == null) {
                throw new SetupEndedException();
            }
            return typed.strip();
        }
    }
}
