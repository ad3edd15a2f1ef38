package io.identamocrm.endtoend;

import static io.identamocrm.endtoend.Installation.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.identamocrm.endtoend.MangledAmocrm.Answer;
import io.identamocrm.sandbox.SandboxAccount;
import io.identamocrm.sandbox.Task;
import io.identamocrm.sync.RunRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.LocalDateTime;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Answers of gateways, and successes that do not name what was done: they tell nothing, and nothing is lost or doubled by them. */
class OddAnswersTest {

    private static final String LEADS = "/api/v4/leads";
    private static final String COMPLEX = "/api/v4/leads/complex";
    private static final String TASKS = "/api/v4/tasks";
    private static final Answer NOT_FOUND = html(404);

    @RegisterExtension
    private final Installation installation = Installation.empty()
            .with("FOLLOW_UP_PRIMARY_CANCELLED", "task")
            .with("FOLLOW_UP_OPENS", "00:00")
            .with("FOLLOW_UP_CLOSES", "24:00");

    private final AtomicInteger altered = new AtomicInteger();
    private MangledAmocrm amocrm;
    private int patients;

    @AfterEach
    void close() {
        if (amocrm != null) {
            amocrm.close();
        }
    }

    private static Answer html(int status) {
        return new Answer(status, "text/html", "<html><body><h1>" + status + "</h1>nginx</body></html>");
    }

    private static Answer nothing(String how) {
        return how.equals("204")
                ? new Answer(204, "application/json", "")
                : new Answer(200, how.equals("html") ? "text/html" : "application/json", how);
    }

    /** From now on the first answer to such requests is another one. */
    private void once(String method, String path, UnaryOperator<Answer> other) {
        amocrm.mangler = (asked, at, body, answer) ->
                asked.equals(method) && at.startsWith(path) && altered.incrementAndGet() == 1
                        ? other.apply(answer)
                        : answer;
    }

    private void begin() throws IOException {
        amocrm = new MangledAmocrm(installation.sandbox().baseUrl());
        installation.with("AMOCRM_BASE_URL", amocrm.url());
    }

    private long patient() {
        return installation.patient("8 900 " + (1_000_000 + patients++));
    }

    private long booked(long patient, int inDays) {
        return installation.staff().book(patient, NOW.plusDays(inDays), LocalDateTime.now());
    }

    private long delivered() {
        long reception = booked(patient(), 1);
        installation.incremental();
        return reception;
    }

    private List<String> told() {
        return installation.account().tasks().stream().map(Task::text).toList();
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "[]", "204"})
    void a_creation_whose_answer_names_nothing_is_looked_for(String how) throws Exception {
        begin();
        long patient = patient();
        booked(patient, 1);
        booked(patient, 2);
        once("POST", COMPLEX, answer -> nothing(how));
        installation.untilDone();
        installation.deep();
        assertThat(altered).hasPositiveValue();
        assertThat(installation.contactsOf(patient)).as("%s", amocrm.seen).hasSize(1);
        assertThat(installation.account().leads()).hasSize(2);
    }

    @Test
    void creations_whose_answer_names_a_part_are_looked_for() throws Exception {
        begin();
        long one = patient();
        long two = patient();
        booked(one, 1);
        booked(two, 1);
        booked(two, 2);
        once("POST", COMPLEX, answer -> new Answer(answer.status(), answer.type(), first(answer.body())));
        installation.untilDone();
        installation.deep();
        assertThat(altered).hasPositiveValue();
        assertThat(Stream.of(one, two).map(installation::contactsOf))
                .allSatisfy(contacts -> assertThat(contacts).hasSize(1));
        assertThat(installation.account().leads()).hasSize(3);
    }

    private static String first(String list) {
        try {
            JsonNode items = new ObjectMapper().readTree(list);
            return JsonNodeFactory.instance.arrayNode().add(items.get(0)).toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "PATCH"})
    void a_gateways_404_does_not_say_that_a_deal_is_gone(String method) throws Exception {
        begin();
        long reception = delivered();
        installation.staff().reschedule(reception, NOW.plusDays(3), LocalDateTime.now());
        String looked = LEADS + "/" + installation.dealOf(reception).id();
        once(method, method.equals("GET") ? looked : LEADS, answer -> NOT_FOUND);
        installation.untilDone();
        installation.deep();
        assertThat(altered).hasPositiveValue();
        assertThat(installation.dealsOf(reception)).as("%s", amocrm.seen).hasSize(1);
    }

    @Test
    void a_gateways_404_while_a_reception_is_sent_by_hand_makes_no_second_deal() throws Exception {
        begin();
        long reception = delivered();
        once("GET", LEADS + "/" + installation.dealOf(reception).id(), answer -> NOT_FOUND);
        assertThat(installation.one(reception)).isNotNull();
        assertThat(altered).hasPositiveValue();
        assertThat(installation.dealsOf(reception)).hasSize(1);
    }

    @Test
    void a_gateways_404_to_the_look_at_a_tasks_deal_loses_no_task() throws Exception {
        begin();
        long reception = delivered();
        long deal = installation.dealOf(reception).id();
        installation.staff().cancel(reception, LocalDateTime.now());
        once("GET", LEADS + "/" + deal, answer -> NOT_FOUND);
        installation.untilDone();
        installation.untilDone();
        assertThat(altered).hasPositiveValue();
        assertThat(told()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 404, 405, 408, 502})
    void a_gateways_refusal_loses_no_task(int status) throws Exception {
        begin();
        List<Long> receptions = Stream.generate(this::delivered).limit(3).toList();
        receptions.forEach(reception -> installation.staff().cancel(reception, LocalDateTime.now()));
        amocrm.before = (method, path) -> method.equals("POST") && path.startsWith(TASKS) ? html(status) : null;
        assertThat(catchThrowable(installation::incremental)).isNotNull();
        installation.restart();
        amocrm.before = (method, path) -> null;
        installation.untilDone();
        installation.untilDone();
        assertThat(told()).hasSize(3);
    }

    /** What we closed ourselves moves on, also where amoCRM's answer to our move named nothing; an answer that is no JSON did so before. */
    @ParameterizedTest
    @ValueSource(strings = {"{}", "204", "html"})
    void a_deal_that_we_closed_moves_on_though_the_answer_named_nothing(String how) throws Exception {
        begin();
        installation.with("DEAL_STAGE_PRIMARY_CANCELLED", "143");
        long reception = delivered();
        long deal = installation.dealOf(reception).id();
        installation.staff().cancel(reception, LocalDateTime.now());
        once("PATCH", LEADS, answer -> nothing(how));
        installation.untilDone();
        installation.untilDone();
        assertThat(altered).hasPositiveValue();
        assertThat(installation.account().lead(deal).stageId()).isEqualTo(143);
        assertThat(told()).as("and the cancellation is told once").hasSize(1);
        installation.staff().uncancel(reception, LocalDateTime.now().plusSeconds(1));
        installation.untilDone();
        assertThat(installation.account().lead(deal).stageId())
                .isEqualTo(SandboxAccount.stage(SandboxAccount.PRIMARY, 1));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "204"})
    void a_close_that_came_to_nothing_is_made_up_for_and_is_ours(String how) throws Exception {
        begin();
        installation.with("DEAL_ON_VANISHED", "stage").with("DEAL_STAGE_PRIMARY_CANCELLED", "143");
        long reception = delivered();
        long deal = installation.dealOf(reception).id();
        installation.clinic().execute("CREATE TABLE dbo.Aside AS SELECT * FROM dbo.Receptions WHERE ID = ?", reception);
        installation.staff().deleteReception(reception);
        amocrm.before =
                (method, path) -> method.equals("PATCH") && path.startsWith(LEADS) && altered.incrementAndGet() == 1
                        ? nothing(how)
                        : null;
        installation.runtime().everything(RunRequest.deep());
        assertThat(altered).hasPositiveValue();
        assertThat(installation.account().lead(deal).stageId()).isNotEqualTo(143);
        installation.runtime().everything(RunRequest.deep());
        assertThat(installation.account().lead(deal).stageId()).isEqualTo(143);
        installation.clinic().execute("INSERT INTO dbo.Receptions SELECT * FROM dbo.Aside");
        installation.runtime().everything(RunRequest.deep());
        assertThat(installation.account().lead(deal).stageId())
                .isEqualTo(SandboxAccount.stage(SandboxAccount.PRIMARY, 1));
    }

    @ParameterizedTest
    @ValueSource(strings = {"title", "hint", "code", "path"})
    void what_a_refusal_repeats_of_a_patient_is_in_no_output(String where) throws Exception {
        begin();
        long reception = booked(patient(), 1);
        String leak = "Образцов +79001000000";
        boolean inDocument = where.equals("title") || where.equals("hint");
        String json = "{\"title\":\"Bad Request\"" + (inDocument ? ",\"" + where + "\":\"" + leak + "\"" : "")
                + ",\"validation-errors\":[{\"request_id\":\"0\",\"errors\":[{\"code\":\"X\",\"path\":\"name\""
                + (inDocument ? "" : ",\"" + where + "\":\"" + leak + "\"") + "}]}]}";
        amocrm.before = (method, path) -> method.equals("POST") && path.startsWith(COMPLEX)
                ? new Answer(400, "application/problem+json", json)
                : null;
        Terminal terminal = installation.terminal();
        terminal.run("reception-sync", "--json");
        StringBuilder shown = new StringBuilder(terminal.output());
        terminal.run("explain", Long.toString(reception));
        shown.append(terminal.output());
        terminal.run("dead-letters", "list");
        shown.append(terminal.output());
        assertThat(shown.toString()).contains(Long.toString(reception)).doesNotContain("Образцов", "9001000000");
    }
}
