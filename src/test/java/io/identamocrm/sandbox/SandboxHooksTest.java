package io.identamocrm.sandbox;

import static io.identamocrm.sandbox.Requests.any;
import static io.identamocrm.sandbox.Requests.nth;
import static io.identamocrm.sandbox.Requests.of;
import static io.identamocrm.sandbox.Requests.writes;
import static io.identamocrm.sandbox.SandboxAccount.PRIMARY;
import static io.identamocrm.sandbox.SandboxAccount.stage;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import io.identamocrm.sandbox.Faults.Fault;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What happens before and after a request, and that it happens in its order. */
class SandboxHooksTest {

    private final AmoSandbox sandbox =
            AmoSandbox.start(SandboxOptions.standard().unlimited());
    private final SandboxAccount account = sandbox.account();
    private final Hooks hooks = sandbox.hooks();
    private final HttpCaller caller = new HttpCaller(sandbox);

    @AfterEach
    void stop() {
        sandbox.close();
    }

    private long lead(String name) {
        return account.addLead(name, PRIMARY, stage(PRIMARY, 1), Map.of());
    }

    @Test
    void a_hook_is_told_what_is_asked_and_which_one_of_its_kind_it_is() throws Exception {
        List<SandboxRequest> seen = Collections.synchronizedList(new ArrayList<>());
        hooks.before(any(), seen::add);
        caller.get("/api/v4/leads?page=3&limit=2");
        caller.get("/api/v4/leads/1");
        caller.get("/api/v4/leads/2");
        caller.post("/api/v4/leads", "[{'name':'Сделка'}]");
        assertThat(seen).extracting(SandboxRequest::number).containsExactly(1, 2, 3, 4);
        assertThat(seen).extracting(SandboxRequest::ofKind).containsExactly(1, 1, 2, 1);
        assertThat(seen.get(0).query()).isEqualTo("page=3&limit=2");
        assertThat(seen.get(0).page()).isEqualTo(3);
        assertThat(seen.get(0).isList()).isTrue();
        assertThat(seen.get(1).isList()).isFalse();
        assertThat(seen.get(2).path()).isEqualTo("/api/v4/leads/2");
        assertThat(seen.get(2).shape()).isEqualTo("/api/v4/leads/{id}");
        assertThat(seen.get(3).kind()).isEqualTo(Journal.Kind.CREATE);
        assertThat(seen.get(3).body()).contains("Сделка");
        assertThat(seen.get(3)).asString().isEqualTo("POST /api/v4/leads (4)");
    }

    @Test
    void a_manager_is_quicker_than_the_second_change_and_than_the_answer_to_the_third() throws Exception {
        long id = lead("Сделка");
        List<String> found = new ArrayList<>();
        hooks.before(nth(2, "PATCH", "/api/v4/leads"), request -> account.changeLead(id, SandboxAccount.ByHand::won));
        hooks.beforeAnswer(nth(3, "PATCH", "/api/v4/leads"), request -> {
            found.add(account.lead(id).name());
            account.deleteLead(id);
        });
        caller.patch("/api/v4/leads", "[{'id':" + id + ",'name':'Первая'}]");
        assertThat(account.lead(id).closedAt()).isNull();
        caller.patch("/api/v4/leads", "[{'id':" + id + ",'name':'Вторая'}]");
        assertThat(account.lead(id).closedAt()).isNotNull();
        HttpResponse<String> third = caller.patch("/api/v4/leads", "[{'id':" + id + ",'name':'Третья'}]");
        assertThat(found).as("carried out before").containsExactly("Третья");
        assertThat(HttpCaller.json(third).path("_embedded").path("leads").findValuesAsText("id"))
                .containsExactly("" + id);
        assertThat(account.leads()).isEmpty();
    }

    @Test
    void what_happens_after_an_answer_has_happened_before_the_next_request_is_looked_at() throws Exception {
        AtomicInteger answers = new AtomicInteger();
        Hold slow = new Hold();
        hooks.afterAnswer(nth(1, "GET", "/api/v4/account"), slow);
        hooks.afterAnswer(nth(1, "GET", "/api/v4/account"), request -> lead("Позже"));
        assertThat(caller.get("/api/v4/account").statusCode())
                .as("the answer does not wait")
                .isEqualTo(200);
        slow.awaitReached();
        CompletableFuture<HttpResponse<String>> next = asked("/api/v4/leads");
        next.thenRun(answers::incrementAndGet);
        assertThat(answers).hasValue(0);
        slow.release();
        assertThat(next.get(30, TimeUnit.SECONDS).body()).contains("Позже");
    }

    private CompletableFuture<HttpResponse<String>> asked(String path) {
        ExecutorService thread = Executors.newSingleThreadExecutor();
        try {
            return CompletableFuture.supplyAsync(
                    () -> {
                        try {
                            return caller.get(path);
                        } catch (Exception e) {
                            throw new IllegalStateException(e);
                        }
                    },
                    thread);
        } finally {
            thread.shutdown();
        }
    }

    @Test
    void a_request_that_is_held_up_holds_up_no_other() throws Exception {
        Hold frozen = new Hold();
        hooks.before(nth(1, of("GET", "/api/v4/leads/{id}")), frozen);
        long id = lead("Сделка");
        CompletableFuture<HttpResponse<String>> held = asked("/api/v4/leads/" + id);
        frozen.awaitReached();
        assertThat(caller.get("/api/v4/leads/" + id).statusCode()).isEqualTo(200);
        account.deleteLead(id);
        assertThat(held).isNotDone();
        frozen.release();
        assertThat(held.get(30, TimeUnit.SECONDS).statusCode())
                .as("looked at after it was released")
                .isEqualTo(204);
    }

    @Test
    void hooks_run_in_the_order_of_their_registration_and_of_the_request() throws Exception {
        List<String> order = Collections.synchronizedList(new ArrayList<>());
        hooks.afterAnswer(any(), request -> order.add("after " + request.status()));
        hooks.beforeAnswer(any(), request -> order.add("done " + request.status()));
        hooks.before(any(), request -> order.add("first"));
        hooks.before(any(), request -> order.add("second"));
        caller.get("/api/v4/account");
        caller.get("/api/v4/leads");
        hooks.clear();
        caller.get("/api/v4/account");
        assertThat(order)
                .containsExactly(
                        "first", "second", "done 200", "after 200", "first", "second", "done 204", "after 204");
    }

    @Test
    void hooks_see_requests_that_fail_and_the_status_0_of_a_closed_connection() throws Exception {
        List<Map.Entry<String, Integer>> seen = Collections.synchronizedList(new ArrayList<>());
        hooks.beforeAnswer(writes(), request -> seen.add(entry("done", request.status())));
        hooks.afterAnswer(writes(), request -> seen.add(entry("after", request.status())));
        sandbox.faults()
                .next(1, Fault.SERVER_ERROR, Faults.Scope.WRITES)
                .every(1, Fault.WRITE_THEN_CLOSED, Faults.Scope.WRITES);
        assertThat(caller.post("/api/v4/leads", "[{'name':'Сделка'}]").statusCode())
                .isEqualTo(500);
        assertThatThrownBy(() -> caller.post("/api/v4/leads", "[{'name':'Сделка'}]"))
                .isInstanceOf(IOException.class);
        sandbox.faults().clear();
        assertThat(caller.get("/api/v4/leads").body()).contains("Сделка");
        assertThat(seen).startsWith(entry("done", 500), entry("after", 500), entry("done", 0), entry("after", 0));
    }

    @Test
    void what_a_hook_throws_fails_the_test_that_closes_the_sandbox() throws Exception {
        AmoSandbox failing = AmoSandbox.start(SandboxOptions.standard().unlimited());
        failing.hooks().before(any(), request -> assertThat(request.path()).isEqualTo("/elsewhere"));
        assertThat(new HttpCaller(failing).get("/api/v4/account").statusCode()).isEqualTo(200);
        assertThatThrownBy(failing::close)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("/elsewhere")
                .hasCauseInstanceOf(AssertionError.class);
    }

    @Test
    void restless_managers_do_the_same_for_the_same_seed_and_all_that_there_is() throws Exception {
        List<List<String>> done = new ArrayList<>();
        for (int run = 0; run < 2; run++) {
            try (AmoSandbox other = AmoSandbox.start(SandboxOptions.standard().unlimited())) {
                RestlessManagers managers = new RestlessManagers(other.account(), 7);
                for (int i = 0; i < 20; i++) {
                    long contact = other.account().addContact("Клиент " + i, Map.of(2L, "+7900000000" + i % 10));
                    other.account().addLead("Сделка " + i, PRIMARY, stage(PRIMARY, 1), Map.of(), contact);
                }
                other.hooks().before(any(), managers);
                for (int i = 0; i < 150; i++) {
                    assertThat(new HttpCaller(other)
                                    .get("/api/v4/leads?with=contacts")
                                    .statusCode())
                            .isIn(200, 204);
                }
                done.add(managers.done());
            }
        }
        assertThat(done.get(0)).isEqualTo(done.get(1));
        for (RestlessManagers.Act act : RestlessManagers.Act.values()) {
            assertThat(done.get(0)).as(act.name()).anyMatch(line -> line.startsWith(act.name()));
        }
    }

    @Test
    void managers_may_be_told_what_to_do() throws Exception {
        RestlessManagers managers = new RestlessManagers(account, 1, RestlessManagers.Act.DELETE_DEAL);
        hooks.before(of("GET", "/api/v4/leads"), managers);
        lead("Одна");
        lead("Другая");
        assertThat(caller.json("/api/v4/leads").path("_embedded").path("leads")).hasSize(1);
        assertThat(caller.get("/api/v4/leads").statusCode()).isEqualTo(204);
        assertThat(caller.get("/api/v4/leads").statusCode()).isEqualTo(204);
        assertThat(managers.done()).hasSize(2).allMatch(line -> line.startsWith("DELETE_DEAL "));
        sandbox.faults().inject("restless-managers:1");
        caller.get("/api/v4/account");
        caller.get("/api/v4/account");
        assertThat(sandbox.faults().active()).containsExactly("restless-managers");
    }
}
