package io.identamocrm.ops;

import io.identamocrm.model.BrakeKind;
import io.identamocrm.state.BrakeStates;
import io.identamocrm.state.DeadLetters;
import io.identamocrm.state.SchedulePause;
import io.identamocrm.sync.Run;
import io.identamocrm.sync.RunRequest;
import java.time.Clock;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import javax.management.JMException;
import javax.management.ObjectName;
import org.apache.camel.CamelContext;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.api.management.ManagedAttribute;
import org.apache.camel.api.management.ManagedOperation;
import org.apache.camel.api.management.ManagedResource;
import org.apache.camel.spi.ManagementAgent;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.config.Configurator;

/** The product's MBean: what an operator does with a running service. Works on the account, whichever process is asked; ids only. */
@ManagedResource(description = "ident-amocrm: runs, dead letters, statistics and decisions of one account")
public final class Operations {

    private static final String PRODUCT = "io.identamocrm";

    private final ProducerTemplate template;
    private final Function<Run.Kind, DeadLetters> deadLetters;
    private final SchedulePause pause;
    private final Supplier<Map<String, Object>> statistics;
    private final RecentDecisions decisions;
    private final BrakeStates brakes;
    private final Clock clock;

    public Operations(
            ProducerTemplate template,
            Function<Run.Kind, DeadLetters> deadLetters,
            SchedulePause pause,
            Supplier<Map<String, Object>> statistics,
            RecentDecisions decisions,
            BrakeStates brakes,
            Clock clock) {
        this.template = template;
        this.deadLetters = deadLetters;
        this.pause = pause;
        this.statistics = statistics;
        this.decisions = decisions;
        this.brakes = brakes;
        this.clock = clock;
    }

    /** Shows it to JMX; does nothing where there is none. */
    public void register(CamelContext context, String account) {
        ManagementAgent agent = context.getManagementStrategy().getManagementAgent();
        if (agent == null) {
            return;
        }
        try {
            agent.register(
                    this, new ObjectName("io.identamocrm:type=Operations,name=" + ObjectName.quote(account)), true);
        } catch (JMException e) {
            throw new IllegalStateException("The product's MBean cannot be registered", e);
        }
    }

    /** Starts a run of changed receptions in this process; the log and the statistics tell its end. */
    @ManagedOperation(description = "Starts a run of changed receptions now; log and statistics tell its end")
    public void startReceptionRun() {
        start(RunRequest.incremental());
    }

    /** Starts a run of changed patients in this process. */
    @ManagedOperation(description = "Starts a run of changed patients now")
    public void startPatientRun() {
        start(RunRequest.incremental().of(RunRequest.Scope.PATIENTS));
    }

    /** Starts a deep run in this process. */
    @ManagedOperation(description = "Starts a deep run now: everything here and there, and the reconciliation")
    public void startDeepRun() {
        start(RunRequest.deep().of(RunRequest.Scope.EVERYTHING));
    }

    private void start(RunRequest request) {
        template.sendBody("seda:run-now", request);
    }

    /** Whether scheduled runs start. */
    @ManagedAttribute(description = "Whether an operator has paused the schedules of the account")
    public boolean isPaused() {
        return !pause.isOff();
    }

    /** Lets no scheduled run of the account start any more, in any process; those under way come to their end. */
    @ManagedOperation(
            description = "Pauses the schedules of the account in all its processes; runs under way come to their end")
    public void pauseSchedules() {
        pause.begin(clock.instant());
    }

    /** Lets scheduled runs start again. */
    @ManagedOperation(description = "Lets scheduled runs start again")
    public void resumeSchedules() {
        pause.end();
    }

    /** The figures of {@code stats}, one a line. */
    @ManagedOperation(description = "The figures of the command stats")
    public String statistics() {
        return statistics.get().entrySet().stream()
                .map(figure -> figure.getKey() + " = " + figure.getValue())
                .collect(Collectors.joining("\n"));
    }

    /** How many dead letters there are. */
    @ManagedAttribute(description = "Receptions and patients that could not be delivered")
    public int getDeadLetterCount() {
        return Arrays.stream(Run.Kind.values())
                .mapToInt(kind -> deadLetters.apply(kind).count())
                .sum();
    }

    /**
     * The dead letters, one a line.
     *
     * @param kind {@code receptions} or {@code patients}
     */
    @ManagedOperation(description = "Lists the dead letters of a kind: receptions or patients")
    public List<String> listDeadLetters(String kind) {
        return deadLetters.apply(kind(kind)).all().values().stream()
                .map(deadLetter -> deadLetter.id() + " " + deadLetter.code()
                        + (deadLetter.detail() == null ? "" : " (" + deadLetter.detail() + ")") + ", failed "
                        + deadLetter.attempts() + " times, next attempt "
                        + deadLetter.nextAt())
                .toList();
    }

    /**
     * Makes dead letters due, so that the next run tries them.
     *
     * @param kind {@code receptions} or {@code patients}
     * @param ids  with commas between them, or {@code all}
     * @return how many there were
     */
    @ManagedOperation(
            description =
                    "Lets the next run try dead letters again: kind receptions or patients; ids with commas, or all")
    public int retryDeadLetters(String kind, String ids) {
        DeadLetters ofKind = deadLetters.apply(kind(kind));
        return ofKind.retry(ids(ids, ofKind), clock.instant()).size();
    }

    /**
     * Forgets dead letters.
     *
     * @param kind {@code receptions} or {@code patients}
     * @param ids  with commas between them, or {@code all}
     * @return how many there were
     */
    @ManagedOperation(description = "Forgets dead letters: kind receptions or patients; ids with commas, or all")
    public int discardDeadLetters(String kind, String ids) {
        DeadLetters ofKind = deadLetters.apply(kind(kind));
        return ofKind.discard(ids(ids, ofKind)).size();
    }

    /** The brakes that are pulled or released, one a line. */
    @ManagedOperation(description = "Lists the brakes: writes that stopped because far more were due than usual")
    public List<String> listBrakes() {
        return brakes.all().stream()
                .map(brake -> brake.kind() + (brake.released() ? " released, pulled since " : " pulled since ")
                        + brake.since() + ": " + brake.seen())
                .toList();
    }

    /**
     * Lets what a brake has shown pass, once.
     *
     * @param kind such as {@code creations}
     * @return false if it is not pulled
     */
    @ManagedOperation(
            description =
                    "Releases a brake, by the name that the list shows, once, for what it shows; false if it is not pulled")
    public boolean releaseBrake(String kind) {
        BrakeKind chosen = Arrays.stream(BrakeKind.values())
                .filter(known -> known.key().equals(kind))
                .findFirst()
                .orElseThrow(() ->
                        new IllegalArgumentException("The kind must be one of " + Arrays.toString(BrakeKind.values())));
        return brakes.release(chosen) != null;
    }

    private static Run.Kind kind(String name) {
        return Arrays.stream(Run.Kind.values())
                .filter(kind -> kind.key().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("The kind must be receptions or patients"));
    }

    private static Collection<Long> ids(String text, DeadLetters deadLetters) {
        if ("all".equals(text.strip())) {
            return deadLetters.all().keySet();
        }
        try {
            return Arrays.stream(text.split(","))
                    .map(id -> Long.valueOf(id.strip()))
                    .toList();
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("The ids must be numbers with commas between them, or all", e);
        }
    }

    /** What this process decided last about a reception, and why. */
    @ManagedOperation(description = "What this process decided last about a reception, and why")
    public String lastDecision(long receptionId) {
        String text = decisions.of(receptionId);
        return text == null
                ? "This process has not decided about reception " + receptionId
                        + " lately; ident-amocrm explain reception " + receptionId + " tells what it would do"
                : text;
    }

    /** The level of the product's own log. */
    @ManagedAttribute(
            description =
                    "Level of the product's log: ERROR, WARN, INFO, DEBUG or TRACE; holds no personal data at any level")
    public String getLogLevel() {
        return LogManager.getLogger(PRODUCT).getLevel().name();
    }

    /** Changes the level of the product's own log, until the process ends. */
    @ManagedAttribute(
            description =
                    "Level of the product's log: ERROR, WARN, INFO, DEBUG or TRACE; holds no personal data at any level")
    public void setLogLevel(String level) {
        Level known = Level.getLevel(String.valueOf(level).toUpperCase(Locale.ROOT));
        if (known == null) {
            throw new IllegalArgumentException("The level must be ERROR, WARN, INFO, DEBUG or TRACE");
        }
        Configurator.setLevel(PRODUCT, known);
    }
}
