package io.identamocrm.endtoend;

import static io.identamocrm.endtoend.Installation.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.identamocrm.amocrm.AmocrmException;
import io.identamocrm.sandbox.AmoSandbox;
import io.identamocrm.sandbox.Faults.Fault;
import io.identamocrm.sandbox.Requests;
import io.identamocrm.sandbox.Task;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Managers hear of each change once, also from an account whose lists of tasks come in another order, or never end. */
class FollowUpsUnderOddAnswersTest {

    private static final String TASKS = "/api/v4/tasks";

    @RegisterExtension
    private final Installation installation = Installation.empty()
            .with("FOLLOW_UP_PRIMARY_CANCELLED", "task")
            .with("FOLLOW_UP_OPENS", "00:00")
            .with("FOLLOW_UP_CLOSES", "24:00");

    private long delivered() {
        long patient = installation.patient("8 900 1000000");
        long reception = installation.staff().book(patient, NOW.plusDays(1), LocalDateTime.now());
        installation.incremental();
        return reception;
    }

    /** A manager's own task. */
    private void addTask(long deal, String text) throws IOException, InterruptedException {
        int status = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(installation.sandbox().baseUrl() + TASKS))
                                .header("Authorization", "Bearer " + AmoSandbox.TOKEN)
                                .header("Content-Type", "application/json")
                                .POST(HttpRequest.BodyPublishers.ofString("[{\"text\":\"" + text
                                        + "\",\"complete_till\":1893456000,\"entity_id\":" + deal
                                        + ",\"entity_type\":\"leads\"}]"))
                                .build(),
                        HttpResponse.BodyHandlers.ofString())
                .statusCode();
        assertThat(status).isEqualTo(200);
    }

    @Test
    void lists_in_another_order_with_old_tasks_do_not_double_a_task() throws Exception {
        long reception = delivered();
        long deal = installation.dealOf(reception).id();
        installation.sandbox().faults().clockApartBy(Duration.ofDays(-10)).always(Fault.CLOCK_APART);
        for (int i = 0; i < 60; i++) {
            addTask(deal, "manager " + i);
        }
        installation.sandbox().faults().clear();
        installation.staff().cancel(reception, LocalDateTime.now());
        installation
                .sandbox()
                .faults()
                .always(Fault.ORDER_IGNORED)
                .always(Fault.LIMIT_IGNORED)
                .on(Fault.WRITE_THEN_504, Requests.nth(1, "POST", TASKS));
        installation.untilDone();
        installation.untilDone();
        assertThat(installation.account().tasks().stream().map(Task::text).filter(text -> text.endsWith("]")))
                .hasSize(1);
    }

    /** The number of the page is ignored, and each links to a next one. */
    @Test
    void a_list_of_tasks_that_never_ends_does_not_hold_the_run() throws Exception {
        try (MangledAmocrm amocrm = new MangledAmocrm(installation.sandbox().baseUrl())) {
            installation.with("AMOCRM_BASE_URL", amocrm.url());
            long reception = delivered();
            addTask(installation.dealOf(reception).id(), "manager");
            installation.staff().cancel(reception, LocalDateTime.now());
            installation.sandbox().faults().on(Fault.RESET_BEFORE_WRITE, Requests.of("POST", TASKS));
            assertThat(catchThrowable(installation::incremental)).isNotNull();
            installation.sandbox().faults().clear();
            installation.restart();
            amocrm.mangler = (method, path, body, answer) ->
                    method.equals("GET") && path.startsWith(TASKS) ? firstOfManyPages() : answer;
            Throwable how = CompletableFuture.supplyAsync(() -> catchThrowable(installation::incremental))
                    .get(30, TimeUnit.SECONDS);
            assertThat(how).isInstanceOf(AmocrmException.Ambiguous.class).hasMessageContaining("does not end");
            amocrm.mangler = (method, path, body, answer) -> answer;
            installation.untilDone();
            assertThat(installation.account().tasks())
                    .as("the manager's and ours")
                    .hasSize(2);
        }
    }

    private MangledAmocrm.Answer firstOfManyPages() {
        String rows = installation.account().tasks().stream()
                .map(task -> "{\"id\":" + task.id() + ",\"text\":\"" + task.text() + "\",\"entity_id\":"
                        + task.entityId() + ",\"created_at\":" + task.createdAt() + "}")
                .collect(Collectors.joining(","));
        return new MangledAmocrm.Answer(
                200,
                "application/hal+json",
                "{\"_links\":{\"next\":{\"href\":\"x\"}},\"_embedded\":{\"tasks\":[" + rows + "]}}");
    }
}
