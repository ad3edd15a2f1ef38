package io.identamocrm.endtoend;

import static io.identamocrm.endtoend.Installation.NOW;
import static io.identamocrm.sandbox.Requests.lists;
import static io.identamocrm.sandbox.Requests.nth;
import static io.identamocrm.sandbox.Requests.of;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.identamocrm.clinic.ClinicGenerator;
import io.identamocrm.clinic.SampleClinic;
import io.identamocrm.model.Outcome;
import io.identamocrm.sandbox.Faults.Fault;
import io.identamocrm.sandbox.Hold;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.redisson.Redisson;
import org.redisson.api.RedissonClient;
import org.redisson.config.Config;

/**
 * A reception has one deal and a patient one contact, whatever is lost, late, killed or repeated: seen from outside, by commands, over HTTP
 * and in Redis.
 */
class NothingDoubledIT {

    private static final int RECEPTIONS = 60;
    private static final String LEADS = "/api/v4/leads";
    private static final String CONTACTS = "/api/v4/contacts";
    private static final String COMPLEX = "/api/v4/leads/complex";
    private static final int UNDER_WAY = 5;

    @TempDir
    private Path scratch;

    @RegisterExtension
    private final Installation installation = Installation.beside(() -> SampleClinic.inFile(scratch.resolve("ident"))
                    .fill(ClinicGenerator.Options.deliverable(RECEPTIONS, NOW)))
            .with("SYNC_BATCH_SIZE", "10")
            .with("REDIS_LOCK_SECONDS", "7");

    private final ComparedBuild product = new ComparedBuild(installation);

    @Test
    void redis_is_emptied_in_the_middle_of_a_run() {
        delivered();
        everythingRescheduled();
        installation.sandbox().hooks().before(nth(4, "PATCH", LEADS), request -> emptyRedis());
        product.run("reception-sync", "--full");
        untilDone("reception-sync", "--full");
        nothingIsDoubled();
        everythingIsDelivered();
    }

    @Test
    void redis_restarts_without_its_data_in_the_middle_of_a_run() {
        delivered();
        everythingRescheduled();
        installation.sandbox().hooks().before(nth(4, "PATCH", LEADS), request -> restartRedis());
        product.run("reception-sync", "--full");
        untilDone("reception-sync", "--full");
        nothingIsDoubled();
        everythingIsDelivered();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "deals",
                "deals-by-reception",
                "contacts",
                "contacts-by-patient",
                "unowned-by-phone",
                "owned-by-phone",
                "manifest"
            })
    void a_part_of_the_mirror_is_gone_before_a_short_run(String key) {
        delivered();
        everythingRescheduled();
        withRedis(redis -> redis.getKeys().delete("ident-amocrm:{sandbox}:mirror:" + key));
        untilDone("reception-sync");
        nothingIsDoubled();
        everythingIsDelivered();
    }

    @Test
    void redis_is_emptied_under_a_running_service_whose_next_run_works_by_itself() {
        installation.full();
        everythingRescheduled();
        emptyRedis();
        installation.full();
        nothingIsDoubled();
        everythingIsDelivered();
        restartRedis();
        long fresh = installation.booked(installation.patient("8 900 111-22-33"));
        assertThat(installation.full().count(Outcome.FAILED)).isZero();
        assertThat(installation.dealsOf(fresh)).hasSize(1);
        nothingIsDoubled();
    }

    @ParameterizedTest
    @EnumSource(names = {"LIST_204", "LIST_EMPTY_OBJECT", "LIST_MISSING", "LIST_NULL", "LIST_CUT"})
    void an_odd_answer_to_any_list_of_a_deep_run(Fault oddity) {
        delivered();
        for (int list = 1; list <= 4; list++) {
            installation.sandbox().faults().clear();
            installation
                    .sandbox()
                    .faults()
                    .on(
                            oddity,
                            nth(
                                    list,
                                    lists().and(request -> request.path().equals(LEADS)
                                            || request.path().equals(CONTACTS))));
            product.run("deep-sync");
            nothingIsDoubled();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void a_manager_deletes_an_old_deal_between_two_pages(int list) {
        many();
        delivered();
        installation
                .sandbox()
                .hooks()
                .afterAnswer(
                        nth(list, "GET", LEADS),
                        request -> installation
                                .account()
                                .deleteLead(
                                        installation.account().leads().get(0).id()));
        product.run("deep-sync");
        nothingIsDoubled();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void a_manager_merges_two_contacts_between_two_pages_while_the_mirror_is_filled_after_a_loss(int list) {
        many();
        delivered();
        emptyRedis();
        everythingRescheduled();
        installation
                .sandbox()
                .hooks()
                .afterAnswer(
                        nth(list, "GET", CONTACTS),
                        request -> installation
                                .account()
                                .deleteContact(
                                        installation.account().contacts().get(0).id()));
        product.run("full-sync");
        untilDone("full-sync");
        nothingIsDoubled();
    }

    @Test
    void a_process_is_frozen_longer_than_its_lock_and_another_one_works() throws Exception {
        Hold hold = new Hold();
        installation.sandbox().hooks().before(nth(2, "POST", COMPLEX), hold);
        Process frozen = product.start(scratch, "reception-sync", "--full");
        hold.awaitReached();
        signal("-STOP", frozen);
        hold.release();
        untilDone("reception-sync", "--full");
        int made = installation.account().leads().size();
        signal("-CONT", frozen);
        assertThat(frozen.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(frozen.exitValue()).isEqualTo(UNDER_WAY);
        assertThat(installation.account().leads()).hasSize(made);
        nothingIsDoubled();
    }

    @Test
    void the_lock_keys_are_deleted_while_a_run_works_and_another_one_begins() throws Exception {
        Hold hold = new Hold();
        installation.sandbox().hooks().beforeAnswer(nth(2, "POST", COMPLEX), hold);
        CompletableFuture<Integer> first = CompletableFuture.supplyAsync(() -> product.run("reception-sync", "--full"));
        hold.awaitReached();
        withRedis(redis -> redis.getKeys().deleteByPattern("ident-amocrm:{sandbox}:lock:*"));
        CompletableFuture<Integer> second =
                CompletableFuture.supplyAsync(() -> new ComparedBuild(installation).run("reception-sync", "--full"));
        installation.sandbox().hooks().before(of("GET", LEADS), request -> hold.release());
        assertThat(second.get(60, TimeUnit.SECONDS)).isZero();
        hold.release();
        first.get(60, TimeUnit.SECONDS);
        untilDone("reception-sync", "--full");
        nothingIsDoubled();
    }

    @Test
    void a_process_is_killed_with_a_creation_on_its_way_and_the_next_run_is_a_deep_one() throws Exception {
        Process[] killed = new Process[1];
        installation
                .sandbox()
                .hooks()
                .beforeAnswer(
                        nth(1, "POST", COMPLEX),
                        request -> killed[0].destroyForcibly().onExit().join());
        // Ten seconds are waited for: a request's deadline and five. Beyond that a creation is doubled, and on a busy
        // machine it is made seconds after its intent was noted. The next run may lose an answer of its own there, so
        // it looks longer than lists lag.
        installation
                .with("AMOCRM_REQUEST_DEADLINE_MS", "5000")
                .with("REDIS_LOCK_SECONDS", "11")
                .with("AMOCRM_UNCLEAR_WINDOW_MS", "8000");
        installation.sandbox().faults().searchLag(Duration.ofSeconds(5)).always(Fault.LIST_LAG);
        killed[0] = product.start(scratch, "reception-sync", "--full");
        assertThat(killed[0].waitFor(60, TimeUnit.SECONDS)).isTrue();
        installation.sandbox().hooks().clear();
        untilDone("deep-sync");
        nothingIsDoubled();
        everythingIsDelivered();
    }

    @Test
    void a_moved_visit_in_an_unsent_creation_whose_answer_gets_lost() {
        delivered();
        long patient = installation.patient("8 900 555-66-77");
        long visit = installation.booked(patient);
        long moved = installation.staff().book(patient, NOW.plusDays(3), NOW);
        installation
                .clinic()
                .execute("UPDATE dbo.Receptions SET ID_ReceptionsTransferFrom = ? WHERE ID = ?", visit, moved);
        installation.sandbox().faults().on(Fault.WRITE_THEN_504, nth(1, "POST", COMPLEX));
        int before = installation.account().leads().size();
        untilDone("reception-sync");
        assertThat(installation.account().leads()).hasSize(before + 1);
        assertThat(installation.dealsOf(moved)).hasSize(1);
        nothingIsDoubled();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void a_deal_that_is_gone_between_the_look_and_the_change(boolean as404) {
        if (as404) {
            installation.sandbox().faults().always(Fault.MISSING_LEAD_404).always(Fault.GONE_BATCH_404);
        }
        delivered();
        everythingRescheduled();
        installation
                .sandbox()
                .hooks()
                .before(
                        nth(1, "PATCH", LEADS),
                        request -> installation
                                .account()
                                .deleteLead(
                                        installation.account().leads().get(0).id()));
        assertThat(product.run("reception-sync")).as("no dead letter").isZero();
        nothingIsDoubled();
    }

    // ------------------------------------------------------------------------------------------------------------------ steps

    private void delivered() {
        untilDone("full-sync");
        nothingIsDoubled();
    }

    private void many() {
        for (int i = 0; i < 260; i++) {
            installation.booked(installation.patient("8 901 " + (100 + i) + "-11-22"));
        }
    }

    private void everythingRescheduled() {
        installation
                .clinic()
                .execute(
                        "UPDATE dbo.Receptions SET PlanStart = DATEADD(HOUR, 1, PlanStart), "
                                + "PlanEnd = DATEADD(HOUR, 1, PlanEnd), DateTimeChanged = ?",
                        NOW);
    }

    private void untilDone(String... command) {
        await(String.join(" ", command)).atMost(Duration.ofMinutes(3)).until(() -> product.run(command) == 0);
    }

    private void nothingIsDoubled() {
        assertThat(counts(installation.account().leads().stream()
                        .map(lead -> lead.fields().get(Installation.RECEPTION_ID))))
                .as("deals per reception")
                .allSatisfy(
                        (reception, deals) -> assertThat(deals).as(reception).isEqualTo(1));
        assertThat(counts(installation.account().contacts().stream()
                        .map(contact -> contact.fields().get(Installation.PATIENT_ID))))
                .as("contacts per patient")
                .allSatisfy(
                        (patient, contacts) -> assertThat(contacts).as(patient).isEqualTo(1));
    }

    private void everythingIsDelivered() {
        assertThat(product.run("reception-sync", "--full")).isZero();
        assertThat(installation.account().leads().stream()
                        .filter(lead -> lead.fields().containsKey(Installation.RECEPTION_ID)))
                .hasSizeGreaterThanOrEqualTo(RECEPTIONS);
    }

    private static Map<String, Integer> counts(Stream<String> ids) {
        Map<String, Integer> counts = new TreeMap<>();
        ids.filter(id -> id != null).forEach(id -> counts.merge(id, 1, Integer::sum));
        return counts;
    }

    private void emptyRedis() {
        withRedis(redis -> redis.getKeys().flushdb());
    }

    private void restartRedis() {
        try {
            installation.redis().fail();
            installation.redis().comeBack();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void withRedis(Consumer<RedissonClient> deed) {
        Config config = new Config();
        config.useSingleServer()
                .setAddress("redis://127.0.0.1:" + installation.redisPort())
                .setConnectionMinimumIdleSize(1)
                .setConnectionPoolSize(1);
        RedissonClient redis = Redisson.create(config);
        try {
            deed.accept(redis);
        } finally {
            redis.shutdown(0, 2, TimeUnit.SECONDS);
        }
    }

    private static void signal(String signal, Process process) throws Exception {
        assertThat(new ProcessBuilder("kill", signal, Long.toString(process.pid()))
                        .start()
                        .waitFor())
                .isZero();
    }
}
