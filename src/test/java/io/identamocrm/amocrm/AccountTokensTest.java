package io.identamocrm.amocrm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.identamocrm.state.RedisForTests;
import io.identamocrm.state.Scripts;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.redisson.api.RMap;
import org.redisson.client.codec.StringCodec;

/** Whose tokens are used, stored and renewed, where several processes with the same or other settings work on one account. */
class AccountTokensTest {

    private static final Instant NOW = Instant.parse("2026-11-23T09:00:00Z");
    private static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);
    private static final Duration DEADLINE = Duration.ofSeconds(30);
    private static final String CLIENT = "client";
    private static final Response.NotAuthorised REFUSED = new Response.NotAuthorised("status 401");

    @RegisterExtension
    final RedisForTests redis = new RedisForTests();

    private final PlayedTiming timing = new PlayedTiming();

    private AccountTokens process(Integration settings) {
        return process(settings, false);
    }

    private AccountTokens check(Integration settings) {
        return process(settings, true);
    }

    private AccountTokens process(Integration settings, boolean check) {
        return new AccountTokens(
                new Scripts(redis.client(), timing),
                redis.keys(),
                new TokenSeal(null, null, "account"),
                settings,
                DEADLINE,
                check,
                CLOCK);
    }

    private static Integration bare(String client) {
        return new Integration(client, "secret", "https://clinic.example", null, null);
    }

    private static Integration bare() {
        return bare(CLIENT);
    }

    /** Settings with a pair, such as {@code old-access} and {@code old-refresh}. */
    private static Integration with(String pair) {
        return new Integration(CLIENT, "secret", "https://clinic.example", pair + "-access", pair + "-refresh");
    }

    private static Response got(String pair) {
        JsonNode body = JsonNodeFactory.instance
                .objectNode()
                .put("access_token", pair + "-access")
                .put("refresh_token", pair + "-refresh")
                .put("expires_in", 86_400);
        return new Response.Success(body, NOW);
    }

    private void authorise(AccountTokens process, String pair) throws InterruptedException {
        process.store(got(pair), process.authorisationRequest("code", "authorising"));
        process.release("authorising");
        timing.pass(Duration.ofMillis(1));
    }

    /** The request for a new pair after amoCRM has refused the one in use. */
    private AmocrmRequest asking(AccountTokens process) throws InterruptedException {
        return process.refreshRequest(process.forRequest(), "renewing");
    }

    private void renew(AccountTokens process, String pair) throws InterruptedException {
        process.store(got(pair), asking(process));
        process.release("renewing");
        timing.pass(Duration.ofMillis(1));
    }

    private static String used(AccountTokens process) {
        return process.forRequest().access().replace("-access", "");
    }

    private RMap<String, String> places() {
        return redis.client().getMap(redis.keys().of("token-pairs"), StringCodec.INSTANCE);
    }

    private void empty() {
        redis.client().getKeys().deleteByPattern(redis.keys().of("*"));
    }

    @Test
    void an_authorisations_pair_is_used_by_settings_without_tokens_and_by_those_it_was_authorised_with()
            throws InterruptedException {
        authorise(process(with("old")), "first");
        assertThat(used(process(with("old")))).isEqualTo("first");
        assertThat(used(process(bare()))).isEqualTo("first");
        renew(process(bare()), "second");
        assertThat(used(process(with("old"))))
                .as("a successor belongs to the authorisation too")
                .isEqualTo("second");
    }

    @Test
    void other_tokens_in_settings_have_their_own_place_and_the_authorisations_stay_as_they_are()
            throws InterruptedException {
        AccountTokens service = process(bare());
        authorise(service, "first");
        AccountTokens other = process(with("other"));
        assertThat(used(other)).isEqualTo("other");
        renew(other, "next");
        assertThat(used(process(with("other")))).isEqualTo("next");
        assertThat(used(service)).isEqualTo("first");
        assertThat(used(process(bare()))).isEqualTo("first");
        assertThat(used(process(with("third")))).isEqualTo("third");
    }

    @Test
    void a_refusal_is_kept_in_the_place_of_the_refused_pair_only() throws InterruptedException {
        authorise(process(bare()), "first");
        AccountTokens other = process(with("other"));
        AmocrmRequest asked = asking(other);
        assertThatThrownBy(() -> other.store(REFUSED, asked)).isInstanceOf(AmocrmException.NotAuthorised.class);
        other.release("renewing");
        assertThatThrownBy(process(with("other"))::forRequest)
                .isInstanceOf(AmocrmException.NotAuthorised.class)
                .hasMessageContaining("as it said before");
        assertThat(used(process(bare()))).isEqualTo("first");
        assertThat(used(process(with("third")))).isEqualTo("third");
    }

    @Test
    void a_refusal_of_an_access_token_that_was_renewed_meanwhile_is_not_kept() throws InterruptedException {
        AccountTokens service = process(bare());
        authorise(service, "first");
        TokenPair sent = service.forRequest();
        renew(process(bare()), "second");
        service.refused(sent, REFUSED);
        assertThat(used(service)).isEqualTo("second");
    }

    @Test
    void tokens_removed_from_the_settings_lose_nothing() throws InterruptedException {
        renew(process(with("older")), "lost");
        renew(process(with("old")), "successor");
        assertThat(used(process(bare()))).as("the latest").isEqualTo("successor");
        renew(process(bare()), "next");
        assertThat(used(process(with("old")))).as("it stays in its place").isEqualTo("next");
        authorise(process(bare()), "first");
        assertThat(used(process(bare()))).as("an authorisation goes first").isEqualTo("first");
    }

    @Test
    void pairs_of_another_integration_are_not_ours() throws InterruptedException {
        authorise(process(bare("another")), "theirs");
        renew(process(new Integration("another", "secret", "https://clinic.example", "a", "r")), "theirs too");
        assertThatThrownBy(process(bare())::forRequest).hasMessageContaining("There are no tokens yet");
    }

    @Test
    void a_check_renews_what_is_stored() throws InterruptedException {
        authorise(process(bare()), "first");
        AccountTokens doctor = check(bare());
        assertThat(doctor.mayBeOutdated(REFUSED)).isTrue();
        renew(doctor, "second");
        assertThat(used(process(bare()))).isEqualTo("second");
    }

    @Test
    void a_check_neither_renews_nor_stores_what_stands_in_the_settings_only() throws InterruptedException {
        AccountTokens doctor = check(with("old"));
        assertThat(used(doctor)).isEqualTo("old");
        assertThat(doctor.mayBeOutdated(REFUSED)).isFalse();
        assertThat(doctor.refreshRequest(doctor.forRequest(), "renewing")).isNull();
        doctor.release("renewing");
        assertThat(doctor.refused(doctor.forRequest(), REFUSED)).hasMessageContaining("a check does not renew it");
        assertThat(redis.things()).isEmpty();
        AccountTokens withoutAccess =
                check(new Integration(CLIENT, "secret", "https://clinic.example", null, "refresh"));
        assertThat(withoutAccess.isRefreshDue()).isFalse();
        assertThatThrownBy(withoutAccess::forRequest).hasMessageContaining("a check does not renew it");
        assertThat(process(with("old")).mayBeOutdated(REFUSED)).as("a run does").isTrue();
    }

    @Test
    void a_process_puts_its_pair_back_where_redis_was_emptied() throws InterruptedException {
        AccountTokens service = process(bare());
        authorise(service, "first");
        empty();
        assertThat(service.state().present()).isTrue();
        assertThat(used(process(bare()))).isEqualTo("first");
    }

    @Test
    void a_process_puts_its_pair_back_where_redis_was_rewound() throws InterruptedException {
        AccountTokens service = process(bare());
        authorise(service, "first");
        Map<String, String> before = places().readAllMap();
        renew(service, "second");
        places().putAll(before);
        assertThat(used(service)).isEqualTo("second");
        assertThat(used(process(bare()))).isEqualTo("second");
    }

    @Test
    void an_older_pair_in_memory_gives_way_to_a_newer_one_in_redis_also_where_that_was_emptied()
            throws InterruptedException {
        AccountTokens service = process(bare());
        authorise(service, "first");
        empty();
        authorise(process(bare()), "anew");
        assertThat(used(service)).isEqualTo("anew");
    }

    @Test
    void what_stands_in_the_settings_only_is_not_stored_before_it_was_renewed() {
        used(process(with("old")));
        assertThat(redis.things()).isEmpty();
    }

    @Test
    void tokens_of_the_last_version_are_taken_over_once() throws InterruptedException {
        authorise(process(with("old")), "first");
        String value = places().get("authorised")
                .replaceFirst("^\\d+ ", "")
                .replaceFirst("\"client\":\"client\"", "\"more\":1");
        empty();
        redis.client()
                .getBucket(redis.keys().of("tokens"), StringCodec.INSTANCE)
                .set(value);
        assertThat(used(process(with("other")))).as("of other settings").isEqualTo("other");
        assertThat(used(process(with("old")))).isEqualTo("first");
        assertThat(used(process(bare())))
                .as("which the settings no longer hold")
                .isEqualTo("first");
        assertThat(redis.things()).containsExactly("token-pairs");
        renew(process(with("old")), "second");
        redis.client()
                .getBucket(redis.keys().of("tokens"), StringCodec.INSTANCE)
                .set(value);
        assertThat(used(process(with("old")))).isEqualTo("second");
    }

    @Test
    void one_process_renews_at_a_time_and_the_next_finds_the_new_pair() throws InterruptedException {
        AccountTokens one = process(bare());
        authorise(one, "first");
        AmocrmRequest asked = asking(one);
        timing.atNextSleep(() -> {
            one.store(got("second"), asked);
            one.release("renewing");
        });
        AccountTokens another = process(bare());
        assertThat(another.refreshRequest(one.forRequest(), "waiting")).isNull();
        assertThat(used(another)).isEqualTo("second");
        assertThat(timing.slept()).hasSize(1);
    }

    @Test
    void the_lease_of_a_dead_process_ends_after_a_requests_deadline_and_ten_seconds() throws InterruptedException {
        AccountTokens dead = process(bare());
        authorise(dead, "first");
        asking(dead);
        long before = timing.now();
        AccountTokens next = process(bare());
        assertThat(next.refreshRequest(next.forRequest(), "waiting")).isNotNull();
        assertThat(timing.now() - before).isEqualTo(DEADLINE.plusSeconds(10).toMillis());
    }

    @Test
    void a_clock_of_redis_that_went_back_does_not_lengthen_a_lease() throws InterruptedException {
        AccountTokens dead = process(bare());
        authorise(dead, "first");
        asking(dead);
        timing.setRedis(Duration.ofHours(-1));
        long before = timing.now();
        AccountTokens next = process(bare());
        assertThat(next.refreshRequest(next.forRequest(), "waiting")).isNotNull();
        assertThat(timing.now() - before).isEqualTo(DEADLINE.plusSeconds(10).toMillis());
    }

    @Test
    void only_its_owner_gives_a_lease_back() throws InterruptedException {
        AccountTokens one = process(bare());
        authorise(one, "first");
        asking(one);
        process(bare()).release("somebody else");
        assertThat(redis.things()).contains("token-pairs:lease");
        one.release("renewing");
        assertThat(redis.things()).doesNotContain("token-pairs:lease");
    }

    @Test
    void a_request_for_tokens_goes_while_the_lease_lasts_until_its_answer_is_stored() throws InterruptedException {
        AccountTokens one = process(bare());
        authorise(one, "first");
        assertThat(asking(one).notAfter())
                .isEqualTo(timing.nanos() + Duration.ofSeconds(5).toNanos());
        assertThatThrownBy(() -> one.store(new Response.NotSent(), null)).isInstanceOf(AmocrmException.Transient.class);
        assertThat(used(one)).isEqualTo("first");
    }

    @Test
    void what_a_frozen_process_got_does_not_replace_what_another_got_after_it() throws InterruptedException {
        AccountTokens frozen = process(bare());
        authorise(frozen, "first");
        AmocrmRequest asked = asking(frozen);
        timing.pass(DEADLINE.plusSeconds(10));
        renew(process(bare()), "second");
        frozen.store(got("late"), asked);
        assertThat(used(frozen)).isEqualTo("second");
    }

    @Test
    void but_it_does_where_the_other_was_refused() throws InterruptedException {
        AccountTokens frozen = process(bare());
        authorise(frozen, "first");
        AmocrmRequest asked = asking(frozen);
        timing.pass(DEADLINE.plusSeconds(10));
        AccountTokens other = process(bare());
        AmocrmRequest again = other.refreshRequest(other.forRequest(), "another");
        assertThatThrownBy(() -> other.store(REFUSED, again)).isInstanceOf(AmocrmException.NotAuthorised.class);
        frozen.store(got("late"), asked);
        assertThat(used(other)).isEqualTo("late");
    }
}
