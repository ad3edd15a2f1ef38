package io.identamocrm.simulation;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.resilience4j.circuitbreaker.CallNotPermittedException;
import io.identamocrm.amocrm.AmocrmException;
import io.identamocrm.model.Outcome;
import io.identamocrm.reconcile.SyncOutcome;
import io.identamocrm.sandbox.AmoSandbox;
import io.identamocrm.sandbox.EntityView;
import io.identamocrm.sandbox.Faults.Fault;
import io.identamocrm.sandbox.Pipeline;
import io.identamocrm.sandbox.SandboxOptions;
import io.identamocrm.simulation.Ledger.Key;
import io.identamocrm.state.LockLostException;
import io.identamocrm.sync.RunReport;
import io.identamocrm.sync.RunRequest;
import io.identamocrm.sync.RunUnderWayException;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * A small clinic, a small account and some processes between them, played by a seed: everything by chance, and the same for the same
 * seed.
 */
final class World {

    /** amoCRM's requests may take so long; the product's default. */
    private static final Duration DEADLINE = Duration.ofSeconds(30);
    /** The last of them finds nothing left to write. */
    private static final int DEEP_RUNS_AT_MOST = 3;

    private static final Instant START = Instant.parse("2026-03-02T06:00:00Z");
    private static final ZoneId ZONE = ZoneId.of(Playground.ZONE);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<Fault> ODDITIES = List.of(
            Fault.FILTERS_IGNORED,
            Fault.LIMIT_IGNORED,
            Fault.GONE_IS_DELETED,
            Fault.MISSING_LEAD_404,
            Fault.DOUBLE_LINK_200);

    private final long seed;
    private final Playground playground;
    private final Setup setup;
    private final List<PlayedProcess> processes;
    private final Turns turns;
    private final Random latency;
    private final Ledger ledger = new Ledger();
    private final Story story;
    private final AmoSandbox sandbox;
    private final PlayedClinic clinic;
    private final Account account;
    private final Events events;
    private final List<Fault> oddities = new ArrayList<>();
    private final List<String> faulty = new ArrayList<>();
    private final List<Long> sent = new ArrayList<>();
    /** Processes that were frozen and have sent nothing since: one may have had its turn before, and send when others have theirs. */
    private final Set<PlayedProcess> stoodStill = new HashSet<>();

    private String redisIdentity = "redis-0";
    private int identities;
    private boolean quiet;
    private int steps;

    World(long seed, Playground playground, Events events) {
        this.seed = seed;
        this.playground = playground;
        this.events = events;
        Random chance = new Random(seed);
        setup = Setup.by(chance);
        processes = playground.processes().subList(0, 1 + chance.nextInt(3));
        turns = new Turns(new Random(seed + 1));
        latency = new Random(seed + 2);
        story = new Story(turns::now);
        playground.clear();
        playground.setClinicClock(clinicTime());
        sandbox = AmoSandbox.unconnected(SandboxOptions.standard().unlimited().withClock(new Clock() {
            @Override
            public Instant instant() {
                return serverTime();
            }

            @Override
            public ZoneId getZone() {
                return ZONE;
            }

            @Override
            public Clock withZone(ZoneId zone) {
                return this;
            }
        }));
        if (sandbox.account().addLeadField("Состояние обмена") != Setup.STATE_FIELD) {
            throw new IllegalStateException("The sandbox numbers fields in another way");
        }
        for (Fault oddity : ODDITIES) {
            if (chance.nextInt(6) == 0) {
                oddities.add(oddity);
                sandbox.faults().always(oddity);
            }
        }
        clinic = new PlayedClinic(playground.clinic(), this::clinicTime, ledger);
        account = new Account(sandbox, ledger, clinic);
        ledger.of(setup, clinic);
        clinic.fill(chance);
        account.fill(chance);
        story.tell("world " + seed + ": " + setup + ", " + processes.size() + " processes, "
                + clinic.visits().size() + " receptions, "
                + clinic.cards().size() + " patients, "
                + sandbox.account().leads().size() + " deals, "
                + sandbox.account().contacts().size() + " contacts, " + oddities);
    }

    // ---- time

    long now() {
        return turns.now();
    }

    Instant serverTime() {
        return START.plusNanos(turns.now());
    }

    private LocalDateTime clinicTime() {
        return LocalDateTime.ofInstant(serverTime(), ZONE);
    }

    long redisMillis() {
        return serverTime().toEpochMilli();
    }

    String redisIdentity() {
        return redisIdentity;
    }

    void sleep(Duration length) {
        turns.sleep(length);
        tick();
    }

    private void tick() {
        playground.setClinicClock(clinicTime());
    }

    /** Before each round trip to Redis and each request: others may go on, and something may happen. */
    void step(PlayedProcess process, String what) {
        turns.maybePass(0.15);
        turns.spend(Duration.ofMillis(1));
        if (!quiet && !process.isKilled()) {
            events.maybe(++steps, this, process, what);
        }
        turns.thaw();
        tick();
    }

    // ---- requests

    AmoSandbox.Answer request(PlayedProcess process, String method, String url, byte[] body, String authorization)
            throws IOException {
        if (!stoodStill.remove(process)) {
            sent.add(turns.now());
        }
        long before = turns.now();
        turns.travel(travelTime());
        tick();
        boolean write = !"GET".equals(method);
        boolean late = turns.now() - process.provenAt() > DEADLINE.toNanos() && write;
        Map<Key, EntityView> held = write ? account.views() : Map.of();
        AmoSandbox.Answer answer = null;
        IOException failure = null;
        try {
            answer = sandbox.ask(method, url, body, authorization);
        } catch (IOException e) {
            failure = e;
        }
        story.tell(process.name() + ": " + method + " "
                + url.replaceAll("\\?.*", "").replaceAll("^/api/v4", "") + items(body) + " -> "
                + (answer == null ? failure.getMessage() : answer.status()) + (process.isKilled() ? " (killed)" : ""));
        if (write) {
            noteWrites(process, url, held, late);
        }
        if (late && (url.startsWith("/api/v4/tasks") || url.startsWith("/api/v4/leads/notes"))) {
            ledger.sentLate(new String(body, StandardCharsets.UTF_8));
        }
        Duration back = travelTime();
        Duration spent = Duration.ofNanos(turns.now() - before);
        if (spent.plus(back).compareTo(DEADLINE) > 0) {
            turns.sleep(DEADLINE.minus(spent));
            tick();
            throw new SocketTimeoutException("The whole answer did not come in time");
        }
        if (answer != null && !write) {
            noteLooks(process, url, answer);
        }
        turns.sleep(back);
        tick();
        if (failure != null) {
            throw failure;
        }
        return answer;
    }

    private static String items(byte[] body) {
        try {
            return body == null || body.length == 0
                    ? ""
                    : " of " + JSON.readTree(body).size();
        } catch (IOException e) {
            return " of ?";
        }
    }

    private Duration travelTime() {
        int kind = quiet ? 0 : latency.nextInt(60);
        return Duration.ofMillis(
                kind < 57
                        ? 5 + latency.nextInt(60)
                        : kind < 59 ? 300 + latency.nextInt(2500) : 3000 + latency.nextInt(26_000));
    }

    private void noteLooks(PlayedProcess process, String url, AmoSandbox.Answer answer) {
        boolean lead = url.startsWith("/api/v4/leads");
        if (answer.status() != 200 || answer.body() == null || !lead && !url.startsWith("/api/v4/contacts")) {
            return;
        }
        Map<Key, EntityView> held = account.views();
        try {
            JsonNode json = JSON.readTree(answer.body());
            JsonNode list = json.path("_embedded").path(lead ? "leads" : "contacts");
            List<JsonNode> rows = new ArrayList<>();
            if (list.isArray()) {
                list.forEach(rows::add);
            } else if (json.has("id")) {
                rows.add(json);
            }
            for (JsonNode row : rows) {
                Key key = new Key(lead, row.path("id").asLong());
                if (held.containsKey(key)) {
                    ledger.looked(process, key, held.get(key));
                }
            }
        } catch (JsonProcessingException e) {
            // An answer that is cut shows nothing.
        }
    }

    private void noteWrites(PlayedProcess process, String url, Map<Key, EntityView> before, boolean late) {
        account.views().forEach((key, after) -> {
            EntityView was = before.get(key);
            if (was == null) {
                ledger.created(process, key, after, late);
                story.tell("    " + process.name() + " creates " + key
                        + (key.lead()
                                ? " of reception " + after.fields().get(Ledger.RECEPTION_ID)
                                : " of patient " + after.fields().get(Ledger.PATIENT_ID))
                        + (late ? ", late" : ""));
            } else if (url.endsWith("/link")) {
                if (key.lead() && !was.links().equals(after.links())) {
                    ledger.linked(process, key, was);
                    story.tell("    " + process.name() + " links " + key + " with contacts " + after.links());
                }
            } else if (!sameBesideLinks(was, after)) {
                ledger.changed(process, key, was, after);
                story.tell("    " + process.name() + " changes " + key
                        + (was.stageId() == after.stageId() ? "" : ", to stage " + after.stageId())
                        + (Objects.equals(
                                        was.fields().get(Ledger.RECEPTION_ID),
                                        after.fields().get(Ledger.RECEPTION_ID))
                                ? ""
                                : ", for reception " + after.fields().get(Ledger.RECEPTION_ID)));
            }
        });
    }

    private static boolean sameBesideLinks(EntityView one, EntityView other) {
        return one.name().equals(other.name())
                && one.price() == other.price()
                && one.pipelineId() == other.pipelineId()
                && one.stageId() == other.stageId()
                && one.responsibleUserId() == other.responsibleUserId()
                && one.values().equals(other.values())
                && one.tags().equals(other.tags());
    }

    // ---- runs

    /** Plays it to its end; returns what went wrong. */
    List<String> play() {
        processes.forEach(process -> process.enter(this));
        List<String> names = new ArrayList<>();
        List<Runnable> deeds = new ArrayList<>();
        for (int i = 0; i < processes.size(); i++) {
            PlayedProcess process = processes.get(i);
            Random chance = new Random(seed * 31 + i);
            names.add("simulated process " + process.name());
            deeds.add(() -> process.play(() -> live(process, chance)));
        }
        turns.play(names, deeds);
        quiet = true;
        sandbox.faults().clear();
        oddities.forEach(sandbox.faults()::always);
        story.tell("From here on nothing happens any more");
        turns.play(List.of("simulated end"), List.of(this::end));
        faulty.addAll(0, ledger.broken());
        faulty.addAll(new Invariants(this).broken());
        return faulty;
    }

    private void live(PlayedProcess process, Random chance) {
        int runs = 1 + chance.nextInt(3);
        for (int i = 0; i < runs; i++) {
            try {
                process.sleep(Duration.ofSeconds(chance.nextInt(90)));
                run(process, chance.nextInt(100), chance);
            } catch (PlayedProcess.Killed e) {
                // It is started again below.
            }
            if (process.isKilled()) {
                ledger.startsAnew(process);
                process.startAnew();
                story.tell(process.name() + " is started again");
            }
        }
    }

    private void run(PlayedProcess process, int kind, Random chance) {
        if (kind < 35) {
            run(process, "receptions", () -> process.runtime().receptions(RunRequest.incremental()));
        } else if (kind < 50) {
            run(process, "patients", () -> process.runtime().patients(RunRequest.incremental()));
        } else if (kind < 60) {
            run(process, "all receptions", () -> process.runtime().receptions(RunRequest.full()));
        } else if (kind < 70) {
            run(process, "receptions, deep", () -> process.runtime().receptions(RunRequest.deep()));
        } else if (kind < 85) {
            run(process, "everything, deep", () -> process.runtime().everything(RunRequest.deep()));
        } else if (kind < 90) {
            run(process, "everything", () -> process.runtime().everything(RunRequest.full()));
        } else if (kind < 95) {
            List<Long> all = List.copyOf(clinic.visits().keySet());
            long id = all.get(chance.nextInt(all.size()));
            ledger.sentByHand(id);
            run(process, "reception " + id, () -> {
                try {
                    return process.runtime().receptions(RunRequest.one(id));
                } finally {
                    // Whatever a manager did meanwhile: somebody wants a deal for it.
                    ledger.sentByHand(id);
                }
            });
        } else {
            List<Long> all = List.copyOf(clinic.cards().keySet());
            long id = all.get(chance.nextInt(all.size()));
            run(process, "patient " + id, () -> process.runtime().patients(RunRequest.one(id)));
        }
    }

    private interface OneRun {
        Object run();
    }

    /** Returns true if it came to its end. */
    private boolean run(PlayedProcess process, String what, OneRun run) {
        story.tell(process.name() + " begins: " + what);
        ledger.begins(process);
        try {
            Object report = run.run();
            story.tell(process.name() + " has done: " + what + " " + outcomes(report));
            ledger.completed();
            return true;
        } catch (PlayedProcess.Killed e) {
            story.tell(process.name() + " is dead");
            throw e;
        } catch (RuntimeException e) {
            if (process.isKilled()) {
                story.tell(process.name() + " is dead");
                return false;
            }
            story.tell(process.name() + " breaks off: " + what + ": "
                    + e.getClass().getSimpleName() + ": " + e.getMessage());
            if (e instanceof LockLostException) {
                ledger.named(e.getMessage());
            }
            if (!isExpected(e)) {
                Throwable root = e;
                while (root.getCause() != null) {
                    root = root.getCause();
                }
                faulty.add(process.name() + " broke off with " + root);
                Stream.of(root.getStackTrace())
                        .filter(at -> at.getClassName().startsWith("io.identamocrm"))
                        .limit(8)
                        .forEach(at -> story.tell("    at " + at));
            }
            return false;
        }
    }

    private static boolean isExpected(RuntimeException e) {
        return e instanceof AmocrmException
                || e instanceof LockLostException
                || e instanceof RunUnderWayException
                || e instanceof CallNotPermittedException;
    }

    private String outcomes(Object report) {
        if (report instanceof RunReport one) {
            if (one.count(Outcome.FAILED) > 0) {
                story.tell("    failed: " + one.failures());
            }
            return new TreeMap<>(one.outcomes()).toString();
        }
        SyncOutcome both = (SyncOutcome) report;
        return outcomes(both.patients()) + " " + outcomes(both.receptions());
    }

    /** Every process is let do one more run, undisturbed, which must come to its end; the last one until there is nothing to do. */
    private void end() {
        turns.sleep(Duration.ofHours(4));
        tick();
        for (PlayedProcess process : processes) {
            process.setClock(Duration.ZERO);
            if (process.isKilled()) {
                process.startAnew();
            }
            if (process != processes.get(0)) {
                process.play(() ->
                        lastRun(process, "receptions", () -> process.runtime().receptions(RunRequest.incremental())));
            }
        }
        PlayedProcess first = processes.get(0);
        first.play(() -> {
            for (int i = 0; i < DEEP_RUNS_AT_MOST; i++) {
                long writes = sandbox.journal().writes();
                lastRun(first, "everything, deep", () -> first.runtime().everything(RunRequest.deep()));
                if (sandbox.journal().writes() == writes) {
                    return;
                }
            }
            faulty.add("the last run still wrote something, though nothing had changed");
        });
    }

    /** Who finds only now that Redis has lost something says so and ends; the next run works. */
    private void lastRun(PlayedProcess process, String what, OneRun run) {
        if (!run(process, what, run) && !(ledger.hasLost() && run(process, what, run))) {
            faulty.add("at the end, " + process.name() + "'s run of " + what + " did not come to its end");
        }
        turns.sleep(Duration.ofSeconds(20));
        tick();
    }

    // ---- for events and invariants

    List<PlayedProcess> processes() {
        return processes;
    }

    void freeze(PlayedProcess process, Duration length) {
        stoodStill.add(process);
        turns.freeze(processes.indexOf(process), length);
    }

    Setup setup() {
        return setup;
    }

    Ledger ledger() {
        return ledger;
    }

    Story story() {
        return story;
    }

    AmoSandbox sandbox() {
        return sandbox;
    }

    PlayedClinic clinic() {
        return clinic;
    }

    Account account() {
        return account;
    }

    Playground playground() {
        return playground;
    }

    List<Long> sent() {
        return sent;
    }

    /** How many tasks and notes managers have got from us. */
    int told() {
        return sandbox.account().tasks().size() + sandbox.account().notes().size();
    }

    /** Another Redis answers from now on, as after a restart or a failover. */
    void anotherRedis() {
        redisIdentity = "redis-" + ++identities;
    }

    /** A deal's row in the account holds it. */
    Map<Long, List<EntityView>> dealsByReception() {
        Map<Long, List<EntityView>> deals = new HashMap<>();
        for (EntityView deal : sandbox.account().leads()) {
            String reception = deal.fields().get(Ledger.RECEPTION_ID);
            if (reception != null) {
                deals.computeIfAbsent(Long.valueOf(reception), any -> new ArrayList<>())
                        .add(deal);
            }
        }
        return deals;
    }

    static boolean isClosed(EntityView deal) {
        return deal.stageId() == Pipeline.WON || deal.stageId() == Pipeline.LOST;
    }
}
