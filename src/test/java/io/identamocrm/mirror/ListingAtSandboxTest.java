package io.identamocrm.mirror;

import static io.identamocrm.sandbox.SandboxAccount.PRIMARY;
import static io.identamocrm.sandbox.SandboxAccount.stage;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.identamocrm.amocrm.AmocrmRequest;
import io.identamocrm.amocrm.AmocrmRequest.Entity;
import io.identamocrm.amocrm.Response;
import io.identamocrm.sandbox.AmoSandbox;
import io.identamocrm.sandbox.EntityView;
import io.identamocrm.sandbox.SandboxAccount;
import io.identamocrm.sandbox.SandboxClock;
import io.identamocrm.sandbox.SandboxOptions;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The same proofs over HTTP, against lists that somebody else has written. */
class ListingAtSandboxTest {

    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private static final ObjectMapper JSON = new ObjectMapper();

    private final SandboxClock clock = new SandboxClock(Instant.parse("2026-03-03T09:00:00Z"));
    private final AmoSandbox sandbox =
            AmoSandbox.start(SandboxOptions.standard().unlimited().withClock(clock));
    private final SandboxAccount account = sandbox.account();
    private final Map<Long, Long> handed = new HashMap<>();
    private int requests;

    @AfterEach
    void stop() {
        sandbox.close();
    }

    private void putLeads(int inEachSecond, int seconds) {
        for (int second = 0; second < seconds; second++) {
            for (int i = 0; i < inEachSecond; i++) {
                account.addLead("Сделка", PRIMARY, stage(PRIMARY, 1), Map.of());
            }
            clock.advance(Duration.ofSeconds(1));
        }
    }

    private Listing<JsonNode> list(long from) throws IOException, InterruptedException {
        Listing<JsonNode> listing = new Listing<>(
                Entity.LEADS,
                Function.identity(),
                row -> row.path("id").asLong(),
                row -> row.path("updated_at").asLong(),
                from,
                () -> true,
                clock::nanos,
                rows -> rows.forEach(row -> handed.put(
                        row.path("id").asLong(), row.path("updated_at").asLong())));
        while (listing.hasNext()) {
            clock.advance(Duration.ofMillis(150 + listing.pause()));
            listing.aggregate(ask(listing.next()));
            requests++;
        }
        return listing;
    }

    private Response.Usable ask(AmocrmRequest request) throws IOException, InterruptedException {
        HttpResponse<String> answer = HTTP.send(
                HttpRequest.newBuilder(URI.create(sandbox.baseUrl() + request.path() + "?"
                                + request.query().replace("[", "%5B").replace("]", "%5D")))
                        .header("Authorization", "Bearer " + AmoSandbox.TOKEN)
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        return answer.statusCode() == 204
                ? new Response.NoContent(clock.instant())
                : new Response.Success(JSON.readTree(answer.body()), clock.instant());
    }

    private Map<Long, Long> leadsUntil(long second) {
        return account.leads().stream()
                .filter(lead -> lead.updatedAt() <= second)
                .collect(Collectors.toMap(EntityView::id, EntityView::updatedAt));
    }

    private Set<Long> ids() {
        return account.leads().stream().map(EntityView::id).collect(Collectors.toCollection(HashSet::new));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "filters-ignored",
                "order-ignored",
                "limit-ignored",
                "rows-repeated",
                "unstable-pages",
                "rows-with-nulls",
                "empty-list",
                "list-204",
                "list-cut",
                "list-empty-object",
                "list-missing",
                "list-null",
                "list-empty-next",
                "filters-ignored,order-ignored",
                "filters-ignored,limit-ignored",
                "filters-ignored,unstable-pages",
                "filters-ignored,rows-repeated",
                "filters-ignored,list-cut",
                "filters-ignored,list-204",
                "limit-ignored,list-204",
                "filters-ignored,limit-ignored,list-cut"
            })
    void whatever_is_odd_about_the_lists_none_is_missed(String faults) throws Exception {
        putLeads(10, 50);
        putLeads(300, 1);
        putLeads(1, 3);
        clock.advance(Duration.ofMinutes(1));
        sandbox.faults().inject(faults);
        Listing<JsonNode> listing = list(0);
        assertThat(listing.seen()).containsExactlyInAnyOrderElementsOf(ids());
        assertThat(listing.closedUntil()).isGreaterThan(account.leads().get(0).updatedAt());
        assertThat(handed).containsAllEntriesOf(leadsUntil(listing.closedUntil()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"restless-managers:1", "restless-managers:1,filters-ignored", "restless-managers:1,limit-ignored"
            })
    void whatever_managers_do_meanwhile_none_is_missed(String faults) throws Exception {
        putLeads(10, 80);
        putLeads(300, 1);
        clock.advance(Duration.ofMinutes(1));
        sandbox.faults().inject(faults);
        Set<Long> before = ids();
        long closed = list(0).closedUntil();
        before.retainAll(ids());
        assertThat(handed.keySet()).containsAll(before);
        assertThat(handed).containsAllEntriesOf(leadsUntil(closed));
        clock.advance(Duration.ofMinutes(1));
        Listing<JsonNode> next = list(closed);
        assertThat(handed).containsAllEntriesOf(leadsUntil(next.closedUntil()));
    }

    @Test
    void a_large_account_costs_a_request_for_each_page_and_its_changes_one() throws Exception {
        putLeads(10, 200);
        clock.advance(Duration.ofMinutes(1));
        long closed = list(0).closedUntil();
        assertThat(handed).hasSize(2_000);
        assertThat(requests).isLessThanOrEqualTo(2_000 / 240 + 2);
        putLeads(1, 100);
        requests = 0;
        list(closed);
        assertThat(requests).isOne();
        assertThat(handed).hasSize(2_100);
    }
}
