package io.identamocrm.app;

import com.zaxxer.hikari.HikariDataSource;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.identamocrm.account.AccountSetup;
import io.identamocrm.account.AccountZones;
import io.identamocrm.amocrm.AccountRateLimit;
import io.identamocrm.amocrm.AccountTokens;
import io.identamocrm.amocrm.AmocrmBreaker;
import io.identamocrm.amocrm.AmocrmClient;
import io.identamocrm.amocrm.AmocrmHeaderFilter;
import io.identamocrm.amocrm.HttpProxy;
import io.identamocrm.amocrm.ProxyTunnel;
import io.identamocrm.amocrm.RequestDeadline;
import io.identamocrm.amocrm.RequestListener;
import io.identamocrm.amocrm.ResponseAggregation;
import io.identamocrm.amocrm.TokenSeal;
import io.identamocrm.checks.IdentConnection;
import io.identamocrm.delivery.BatchConfirmation;
import io.identamocrm.delivery.BatchRefusal;
import io.identamocrm.delivery.BatchRequest;
import io.identamocrm.delivery.BatchResponses;
import io.identamocrm.delivery.CreationSearch;
import io.identamocrm.delivery.FollowUpBatches;
import io.identamocrm.delivery.FollowUpLooks;
import io.identamocrm.delivery.FollowUpTemplates;
import io.identamocrm.delivery.FollowUpsOnce;
import io.identamocrm.delivery.FreshnessCheck;
import io.identamocrm.delivery.LostAnswers;
import io.identamocrm.delivery.RefusedContacts;
import io.identamocrm.delivery.WriteIntents;
import io.identamocrm.ident.IdentSql;
import io.identamocrm.mirror.KeyedFingerprint;
import io.identamocrm.mirror.Mirror;
import io.identamocrm.mirror.OptimisticRows;
import io.identamocrm.ops.Blockage;
import io.identamocrm.ops.OutcomeCounts;
import io.identamocrm.ops.RunFailures;
import io.identamocrm.reconcile.Reconciliations;
import io.identamocrm.reconcile.SyncOutcomes;
import io.identamocrm.settings.Settings;
import io.identamocrm.settings.StartOptions;
import io.identamocrm.state.FollowUps;
import io.identamocrm.state.Intents;
import io.identamocrm.state.Lease;
import io.identamocrm.state.Owners;
import io.identamocrm.state.RunLock;
import io.identamocrm.state.SchedulePause;
import io.identamocrm.state.WriteLocks;
import io.identamocrm.sync.Brakes;
import io.identamocrm.sync.ChangeWatch;
import io.identamocrm.sync.Chunks;
import io.identamocrm.sync.CursorPolicy;
import io.identamocrm.sync.Deliveries;
import io.identamocrm.sync.FailedAttempts;
import io.identamocrm.sync.LockedReads;
import io.identamocrm.sync.MirrorRefreshes;
import io.identamocrm.sync.OpenFollowUps;
import io.identamocrm.sync.OutcomeRecords;
import io.identamocrm.sync.PatientChunks;
import io.identamocrm.sync.ReceptionChunks;
import io.identamocrm.sync.Run;
import io.identamocrm.sync.RunBrakes;
import io.identamocrm.sync.RunListener;
import io.identamocrm.sync.RunLocks;
import io.identamocrm.sync.RunReports;
import io.identamocrm.sync.ScheduledRuns;
import io.identamocrm.sync.Selection;
import io.identamocrm.sync.SyncCases;
import io.identamocrm.sync.TransferWalks;
import io.identamocrm.sync.WriteBuffers;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Supplier;
import org.apache.camel.BindToRegistry;
import org.apache.camel.component.http.HttpClientConfigurer;
import org.redisson.client.codec.StringCodec;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/**
 * What the routes name: one method a bean, its name the bean's. A bean that others need too is made {@link #once}, by whoever asks first;
 * methods without the annotation make what only beans need.
 */
public class ProductBeans implements AutoCloseable {

    /** Requests' worth of receptions or patients read at a time: fewer statements at IDENT and round trips to Redis than one by one. */
    private static final int BATCHES_OF_A_CHUNK = 4;

    private static final int LARGEST_CHUNK = 250;
    /** For how long after its last run a service keeps out processes with other settings: longer than it is idle. */
    private static final Duration SETTINGS_COUNT = Duration.ofMinutes(3);

    /** How long a process that has died keeps the others from looking; runs by the clock go on. */
    private static final Duration TURN = Duration.ofSeconds(30);

    private final StartOptions options;
    private final Settings settings;
    private final AccountState state;
    private final Map<Class<?>, Object> made = new HashMap<>();

    /** The beans of one process, none of them made yet. */
    ProductBeans(StartOptions options, Settings settings, AccountState state) {
        this.options = options;
        this.settings = settings;
        this.state = state;
    }

    /** IDENT's connections. */
    HikariDataSource ident() {
        return once(HikariDataSource.class, () -> IdentConnection.open(settings.ident()));
    }

    /** The same for Camel, which looks into a data source, and shows the address and the user that it finds there as attributes in JMX. */
    @BindToRegistry
    public DelegatingDataSource identForRoutes() {
        return once(DelegatingDataSource.class, () -> {
            HikariDataSource pool = ident();
            return new DelegatingDataSource(pool) {
                @Override
                public Connection getConnection() throws SQLException {
                    return IdentConnection.borrow(pool, settings.ident());
                }
            };
        });
    }

    /** The statements of {@code config/sql} as this database can answer them. */
    IdentSql identSql() {
        return once(IdentSql.class, () -> new IdentSql(options.config().resolve("sql"), identForRoutes()));
    }

    /** Camel's {@code sql}, with the lines that this database can answer. */
    @BindToRegistry
    public IdentSqlComponent sql() {
        return new IdentSqlComponent(identSql());
    }

    /** What the schedules ask for. */
    @BindToRegistry
    public ScheduledRuns scheduledRuns() {
        return new ScheduledRuns();
    }

    /** What runs beside the schedules when IDENT changes. */
    @BindToRegistry
    public ChangeWatch changeWatch() {
        RunLock turn = new RunLock(
                state.scripts(), state.keys(), "watch", UUID.randomUUID().toString(), new Lease(TURN, TURN));
        return new ChangeWatch(state.cursors(), identSql(), turn, settings.watch(), options.timing());
    }

    /** One run of a kind at a time, one that writes at a time. */
    @BindToRegistry
    public RunLocks runLocks() {
        return new RunLocks(writeLocks(), mirror(), clinicClock(), runListener());
    }

    /** From where runs read, and where the next ones go on. */
    @BindToRegistry
    public CursorPolicy cursorPolicy() {
        return once(
                CursorPolicy.class,
                () -> new CursorPolicy(
                        state.cursors(),
                        state.history(),
                        identSql(),
                        clock(),
                        fingerprint().of(rowChoice() + " " + accountSetup().fingerprint())));
    }

    /** The settings that choose the rows of full runs. */
    private String rowChoice() {
        return settings.horizon() + " " + settings.policy().branchChoice();
    }

    /** What runs look at. */
    @BindToRegistry
    public Selection selection() {
        return new Selection(
                cursorPolicy(),
                state::deadLetters,
                settings.horizon(),
                settings.policy().noShowGrace(),
                clock());
    }

    /** What full runs may do at once. */
    @BindToRegistry
    public RunBrakes runBrakes() {
        return new RunBrakes(
                brakes(),
                state.brakes(),
                cursorPolicy(),
                state.memory(),
                mirror(),
                state.deadLetters(Run.Kind.RECEPTIONS),
                rowChoice());
    }

    private Brakes brakes() {
        return new Brakes(state.brakes(), clock());
    }

    /** Runs cut into pieces. */
    @BindToRegistry
    public Chunks chunks() {
        return once(
                Chunks.class,
                () -> new Chunks(Math.min(LARGEST_CHUNK, settings.batchSize() * BATCHES_OF_A_CHUNK), cursorPolicy()));
    }

    /** Rows of receptions, chunk by chunk. */
    @BindToRegistry
    public ReceptionChunks receptionChunks() {
        return new ReceptionChunks(fingerprint());
    }

    /** Rows of patients, chunk by chunk. */
    @BindToRegistry
    public PatientChunks patientChunks() {
        return new PatientChunks(fingerprint());
    }

    /** Moved visits of a chunk. */
    @BindToRegistry
    public TransferWalks transferWalks() {
        return new TransferWalks(state.memory(), mirror(), accountSetup(), clinicClock());
    }

    /** Cases of a chunk, to be decided. */
    @BindToRegistry
    public SyncCases syncCases() {
        return new SyncCases(
                mirror(), state.memory(), accountSetup(), fingerprint(), state::deadLetters, clinicClock());
    }

    /** Decided cases, handed to the write buffer of their run. */
    @BindToRegistry
    public Deliveries deliveries() {
        return new Deliveries();
    }

    /** The write buffers of runs. */
    @BindToRegistry
    public WriteBuffers writeBuffers() {
        return new WriteBuffers(optimisticRows(), settings.batchSize());
    }

    /** Which writes may still go. */
    @BindToRegistry
    public FreshnessCheck freshnessCheck() {
        return new FreshnessCheck(
                accountSetup(),
                mirror(),
                state.memory(),
                intents(),
                settings.policy().createOnly());
    }

    /** What is about to be done, on record before it is sent. */
    @BindToRegistry
    public WriteIntents writeIntents() {
        return new WriteIntents(mirror(), intents());
    }

    /** The request that sends a batch. */
    @BindToRegistry
    public BatchRequest batchRequest() {
        return new BatchRequest(accountSetup());
    }

    /** Responses joined into their batch. */
    @BindToRegistry
    public BatchResponses batchResponses() {
        return new BatchResponses();
    }

    /** What amoCRM has taken. */
    @BindToRegistry
    public BatchConfirmation batchConfirmation() {
        return new BatchConfirmation(mirror(), optimisticRows(), state.memory(), intents());
    }

    /** What amoCRM has refused. */
    @BindToRegistry
    public BatchRefusal batchRefusal() {
        return new BatchRefusal(accountSetup(), mirror(), fingerprint());
    }

    /** Contacts that amoCRM refuses to link. */
    @BindToRegistry
    public RefusedContacts refusedContacts() {
        return new RefusedContacts(accountSetup(), mirror(), state.memory());
    }

    /** What follows when an answer got lost. */
    @BindToRegistry
    public LostAnswers lostAnswers() {
        return new LostAnswers();
    }

    /** Looks for creations that may have happened. */
    @BindToRegistry
    public CreationSearch creationSearch() {
        return new CreationSearch(
                accountSetup(),
                mirror(),
                intents(),
                state.memory(),
                settings.amocrm().unclearWindow());
    }

    /** What managers are to hear of, as runs find it. */
    @BindToRegistry
    public OpenFollowUps openFollowUps() {
        return new OpenFollowUps(followUps(), settings.policy().followUps(), settings.batchSize(), clinicClock());
    }

    /** Looks at amoCRM before they are told. */
    @BindToRegistry
    public FollowUpLooks followUpLooks() {
        return new FollowUpLooks(
                accountSetup(),
                state.memory(),
                settings.amocrm().unclearWindow(),
                settings.policy().followUps().notOlder(),
                clinicClock());
    }

    /** Each of them once. */
    @BindToRegistry
    public FollowUpsOnce followUpsOnce() {
        return new FollowUpsOnce(followUps());
    }

    /** Their texts and deadlines. */
    @BindToRegistry
    public FollowUpTemplates followUpTemplates() {
        return new FollowUpTemplates(settings.followUpForm(), clinicClock());
    }

    /** Their way to amoCRM. */
    @BindToRegistry
    public FollowUpBatches followUpBatches() {
        return new FollowUpBatches(followUps(), clock());
    }

    /** What has happened in runs, on record. */
    @BindToRegistry
    public OutcomeRecords outcomeRecords() {
        return new OutcomeRecords(state.memory(), state::deadLetters, clock());
    }

    /** What runs did. */
    @BindToRegistry
    public RunReports runReports() {
        return new RunReports(state.history(), runListener(), amocrmClient()::requests, identSql(), clock());
    }

    /** Comparisons of both sides. */
    @BindToRegistry
    public Reconciliations reconciliations() {
        return new Reconciliations(
                mirror(),
                state.memory(),
                intents(),
                settings.policy(),
                accountSetup(),
                writeLocks(),
                settings.moveOrphaned(),
                settings.batchSize(),
                brakes());
    }

    /** Ends of full and deep runs. */
    @BindToRegistry
    public SyncOutcomes syncOutcomes() {
        return new SyncOutcomes(state.history(), clock());
    }

    /** How the account is set up. */
    @BindToRegistry
    public AccountSetup accountSetup() {
        return once(
                AccountSetup.class,
                () -> new AccountSetup(
                        settings.mapping(),
                        settings.policy(),
                        settings.zone(),
                        fingerprint(),
                        state.redis().getBucket(state.keys().of("account-setup"), StringCodec.INSTANCE)));
    }

    /** Comparisons of the account's zone with the clinic's. */
    @BindToRegistry
    public AccountZones accountZones() {
        return new AccountZones(clinicClock());
    }

    /** Refreshes of the mirror. */
    @BindToRegistry
    public MirrorRefreshes mirrorRefreshes() {
        return new MirrorRefreshes(mirror(), state.memory(), accountSetup(), intents(), creationSearch(), clock());
    }

    /** Responses given to the sequence that asked for them. */
    @BindToRegistry
    public ResponseAggregation responseAggregation() {
        return new ResponseAggregation();
    }

    /** Requests to amoCRM. */
    @BindToRegistry
    public AmocrmClient amocrmClient() {
        return once(
                AmocrmClient.class,
                () -> new AmocrmClient(
                        accountTokens(), rateLimit(), clock(), state.scripts().timing(), requestListener()));
    }

    /** The account's tokens. */
    @BindToRegistry
    public AccountTokens accountTokens() {
        Settings.Amocrm amocrm = settings.amocrm();
        return once(
                AccountTokens.class,
                () -> new AccountTokens(
                        state.scripts(),
                        state.keys(),
                        new TokenSeal(amocrm.sealKey(), amocrm.previousSealKey(), amocrm.account()),
                        amocrm.integration(),
                        amocrm.requestDeadline(),
                        options.mode().isCheck(),
                        clinicClock()));
    }

    /** When amoCRM is left alone. */
    @BindToRegistry
    public CircuitBreaker amocrmBreaker() {
        return once(
                CircuitBreaker.class,
                () -> AmocrmBreaker.after(settings.amocrm().breakerPause(), clock()));
    }

    /** Which headers go to amoCRM and come from there. */
    @BindToRegistry
    public AmocrmHeaderFilter amocrmHeaderFilter() {
        return new AmocrmHeaderFilter();
    }

    /** Which way requests go to amoCRM, and how long they may take. */
    @BindToRegistry
    public HttpClientConfigurer wayToAmocrm() {
        Settings.Amocrm amocrm = settings.amocrm();
        RequestDeadline deadline = new RequestDeadline(amocrm.requestDeadline());
        HttpProxy proxy = amocrm.proxy();
        return proxy == null
                ? deadline
                : client -> {
                    deadline.configureHttpClient(client);
                    new ProxyTunnel(proxy).configureHttpClient(client);
                };
    }

    /** What becomes of a failed attempt before the next one. */
    @BindToRegistry
    public FailedAttempts failedAttempts() {
        return new FailedAttempts();
    }

    /** What becomes of statements that met locked rows. */
    @BindToRegistry
    public LockedReads lockedReads() {
        return new LockedReads();
    }

    /** What becomes of a run that failed. */
    @BindToRegistry
    public RunFailures runFailures() {
        return once(RunFailures.class, () -> new RunFailures(blockage(), clinicClock()));
    }

    /** What keeps this process from reading IDENT. */
    Blockage blockage() {
        return once(Blockage.class, () -> new Blockage(identSql(), clinicClock()));
    }

    /** An operator's pause of the schedules. */
    @BindToRegistry
    public SchedulePause schedulePause() {
        return state.schedulePause();
    }

    Mirror mirror() {
        return once(
                Mirror.class,
                () -> new Mirror(
                        state.redis(), state.keys()::of, settings.policy()::isOurs, settings.policy()::isActive));
    }

    private KeyedFingerprint fingerprint() {
        return once(
                KeyedFingerprint.class,
                () -> new KeyedFingerprint(
                        Objects.requireNonNull(settings.fingerprintKey(), "no secret to make fingerprints with"),
                        settings.amocrm().account()));
    }

    private WriteLocks writeLocks() {
        return once(
                WriteLocks.class,
                () -> new WriteLocks(
                        state.scripts(),
                        state.keys(),
                        Mirror.keys(state.keys()::of),
                        new Owners(),
                        new Lease(settings.redis().lockTime(), settings.amocrm().requestDeadline()),
                        fingerprint().of(settings.mirrorSettings()),
                        options.mode() == StartOptions.Mode.SERVICE ? SETTINGS_COUNT : Duration.ZERO));
    }

    private OptimisticRows optimisticRows() {
        return new OptimisticRows(fingerprint());
    }

    private Intents intents() {
        return new Intents(state.redis(), state.keys());
    }

    private FollowUps followUps() {
        return new FollowUps(state.redis(), state.keys());
    }

    private AccountRateLimit rateLimit() {
        Settings.Amocrm amocrm = settings.amocrm();
        return new AccountRateLimit(
                state.scripts(),
                state.keys().of("rate-limit"),
                amocrm.requests(),
                amocrm.period(),
                amocrm.margin(),
                amocrm.retryDelay());
    }

    /** Who hears of requests to amoCRM. */
    RequestListener requestListener() {
        return RequestListener.NONE;
    }

    /** Who hears of runs: what they bring is counted in every process, be it the service or a command. */
    private RunListener runListener() {
        return once(RunListener.class, () -> {
            List<RunListener> all = new ArrayList<>(List.of(new OutcomeCounts(state.hourCounts(), clock())));
            all.addAll(watchers());
            return RunListener.all(all);
        });
    }

    /** Who watches runs beside. */
    List<RunListener> watchers() {
        return List.of();
    }

    Clock clock() {
        return options.clock();
    }

    Clock clinicClock() {
        return options.clock().withZone(settings.zone());
    }

    Settings settings() {
        return settings;
    }

    AccountState state() {
        return state;
    }

    /** The one of its type: made when it is asked for first. */
    final <T> T once(Class<T> type, Supplier<T> maker) {
        Object known = made.get(type);
        if (known == null) {
            known = maker.get();
            made.put(type, known);
        }
        return type.cast(known);
    }

    /** Closes the connections with IDENT, if there are any. */
    @Override
    public void close() {
        HikariDataSource ident = (HikariDataSource) made.get(HikariDataSource.class);
        if (ident != null) {
            ident.close();
        }
    }
}
