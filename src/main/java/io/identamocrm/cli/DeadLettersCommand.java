package io.identamocrm.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.identamocrm.app.CamelRuntime;
import io.identamocrm.console.DeadLetterJson;
import io.identamocrm.model.ClinicTime;
import io.identamocrm.model.Failure;
import io.identamocrm.model.FailureCode;
import io.identamocrm.model.Text;
import io.identamocrm.settings.StartOptions;
import io.identamocrm.state.DeadLetters;
import io.identamocrm.state.DeadLetters.DeadLetter;
import io.identamocrm.sync.Run;
import java.io.PrintWriter;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code dead-letters}: what could not be delivered, beside a running service. */
@Command(
        name = "dead-letters",
        description = "The failed receptions and patients: list, show, retry, discard. Works while the service runs.")
public final class DeadLettersCommand extends ProductCommand implements Runnable {

    @CommandLine.Spec
    private CommandLine.Model.CommandSpec spec;

    /** Called by the command line. */
    public DeadLettersCommand(Environment environment, PrintWriter out) {
        super(environment, out);
    }

    @Override
    public void run() {
        throw new CommandLine.ParameterException(spec.commandLine(), told(UsageText.WHAT_OF_DEAD_LETTERS));
    }

    @Command(name = "list", description = "All of them, or those with a code.")
    int list(
            @Option(names = "--patients", description = "Patients instead of receptions.") boolean patients,
            @Option(names = "--code", paramLabel = "C", description = "Only this failure: ${COMPLETION-CANDIDATES}.")
                    FailureCode code,
            @Option(names = "--json", description = "Print one JSON document.") boolean json) {
        try (CamelRuntime runtime = start(StartOptions.Mode.STATE)) {
            List<DeadLetter> deadLetters = deadLetters(runtime, patients).all().values().stream()
                    .filter(deadLetter -> code == null || deadLetter.code() == code)
                    .toList();
            if (json) {
                var array = JsonNodeFactory.instance.arrayNode();
                deadLetters.forEach(deadLetter -> array.add(DeadLetterJson.of(deadLetter)));
                out().println(array.toPrettyString());
            } else if (deadLetters.isEmpty()) {
                out().println(CliText.NO_DEAD_LETTERS);
            } else {
                TextTable table = new TextTable();
                table.row(
                        CliText.ID,
                        CliText.CODE,
                        CliText.ATTEMPTS,
                        CliText.FIRST_FAILED,
                        CliText.LAST_FAILED,
                        CliText.NEXT_ATTEMPT,
                        CliText.DETAIL);
                deadLetters.forEach(deadLetter -> table.row(
                        Long.toString(deadLetter.id()),
                        deadLetter.code(),
                        deadLetter.attempts(),
                        time(deadLetter.firstAt(), runtime),
                        time(deadLetter.lastAt(), runtime),
                        time(deadLetter.nextAt(), runtime),
                        deadLetter.detail() == null ? "" : deadLetter.detail()));
                out().println(table);
            }
            int others = patients || json ? 0 : deadLetters(runtime, true).count();
            if (others > 0) {
                out().println(CliText.OTHERS_OF_PATIENTS.with(others));
            }
        }
        return 0;
    }

    @Command(name = "show", description = "One of them, with what to do about it.")
    int show(
            @Parameters(paramLabel = "ID") long id,
            @Option(names = "--patients", description = "A patient instead of a reception.") boolean patients,
            @Option(names = "--json", description = "Print one JSON document.") boolean json) {
        try (CamelRuntime runtime = start(StartOptions.Mode.STATE)) {
            DeadLetter deadLetter = deadLetters(runtime, patients).of(id);
            if (deadLetter == null) {
                out().println(CliText.NO_DEAD_LETTER.with(id));
                return 1;
            }
            if (json) {
                out().println(DeadLetterJson.of(deadLetter).toPrettyString());
                return 0;
            }
            TextTable table = new TextTable();
            table.row(CliText.ID, deadLetter.id());
            Text failure = new Failure(deadLetter.code(), deadLetter.detail())::sentence;
            table.row(CliText.FAILURE, CliText.VALUE.with(deadLetter.code(), failure));
            table.row(CliText.WHAT_TO_DO, deadLetter.code().advice());
            table.row(
                    CliText.ATTEMPTS,
                    CliText.ATTEMPTS_SO_FAR.with(
                            deadLetter.attempts(),
                            time(deadLetter.firstAt(), runtime),
                            time(deadLetter.lastAt(), runtime)));
            table.row(CliText.NEXT_ATTEMPT, CliText.NEXT_AT.with(time(deadLetter.nextAt(), runtime)));
            out().println(table);
        }
        return 0;
    }

    @Command(
            name = "retry",
            description = "Try them again in the next incremental run; the service takes them at its next turn, "
                    + "within a minute by default.")
    int retry(
            @Parameters(paramLabel = "ID", arity = "0..*") List<Long> ids,
            @Option(names = "--all", description = "All of them.") boolean all,
            @Option(names = "--code", paramLabel = "C", description = "Those with this failure.") FailureCode code,
            @Option(names = "--patients", description = "Patients instead of receptions.") boolean patients) {
        try (CamelRuntime runtime = start(StartOptions.Mode.STATE)) {
            DeadLetters deadLetters = deadLetters(runtime, patients);
            Set<Long> chosen = chosen(deadLetters, ids, all, code);
            Set<Long> marked = deadLetters.retry(chosen, Instant.now(Clock.systemUTC()));
            out().println(marked.size() == 1 ? CliText.DUE_ONE : CliText.DUE.with(marked.size()));
            return printUnknown(ids, marked);
        }
    }

    @Command(
            name = "discard",
            description = "Forget them. A reception or patient that changes later, or a full run, may bring them back.")
    int discard(
            @Parameters(paramLabel = "ID", arity = "0..*") List<Long> ids,
            @Option(names = "--all", description = "All of them.") boolean all,
            @Option(names = "--code", paramLabel = "C", description = "Those with this failure.") FailureCode code,
            @Option(names = "--patients", description = "Patients instead of receptions.") boolean patients) {
        try (CamelRuntime runtime = start(StartOptions.Mode.STATE)) {
            DeadLetters deadLetters = deadLetters(runtime, patients);
            Set<Long> chosen = chosen(deadLetters, ids, all, code);
            Set<Long> gone = deadLetters.discard(chosen);
            out().println(CliText.DISCARDED.with(gone.size()));
            return printUnknown(ids, gone);
        }
    }

    /** Only ids that somebody named: what --all and --code found may have passed meanwhile, and that is well. */
    private int printUnknown(List<Long> named, Set<Long> known) {
        Set<Long> unknown = new TreeSet<>(named == null ? List.of() : named);
        unknown.removeAll(known);
        unknown.forEach(id -> out().println(CliText.NO_DEAD_LETTER.with(id)));
        return unknown.isEmpty() ? 0 : 1;
    }

    private Set<Long> chosen(DeadLetters deadLetters, List<Long> ids, boolean all, FailureCode code) {
        boolean named = ids != null && !ids.isEmpty();
        if ((named ? 1 : 0) + (all ? 1 : 0) + (code == null ? 0 : 1) != 1) {
            throw new CommandLine.ParameterException(spec.commandLine(), told(UsageText.WHICH_DEAD_LETTERS));
        }
        return named
                ? new TreeSet<>(ids)
                : deadLetters.all().values().stream()
                        .filter(deadLetter -> all || deadLetter.code() == code)
                        .map(DeadLetter::id)
                        .collect(Collectors.toCollection(TreeSet::new));
    }

    private static DeadLetters deadLetters(CamelRuntime runtime, boolean patients) {
        return runtime.deadLetters(patients ? Run.Kind.PATIENTS : Run.Kind.RECEPTIONS);
    }

    private static String time(Instant at, CamelRuntime runtime) {
        return ClinicTime.of(at, runtime.settings().zone());
    }
}
