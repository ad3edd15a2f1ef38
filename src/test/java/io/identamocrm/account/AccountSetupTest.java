package io.identamocrm.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.identamocrm.amocrm.AccountFixtures;
import io.identamocrm.amocrm.AmocrmException;
import io.identamocrm.amocrm.AmocrmRequest;
import io.identamocrm.amocrm.FieldFormats;
import io.identamocrm.amocrm.FieldMapping;
import io.identamocrm.amocrm.Response;
import io.identamocrm.amocrm.WriteBodies;
import io.identamocrm.model.ContactField;
import io.identamocrm.model.DealField;
import io.identamocrm.model.Decision.DealWrite;
import io.identamocrm.model.Fixtures;
import io.identamocrm.model.Funnel;
import io.identamocrm.model.SyncPolicy;
import io.identamocrm.state.RedisForTests;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.redisson.client.codec.StringCodec;

/** What is learned of an account, kept, doubted and learned again. */
class AccountSetupTest {

    private static final FieldMapping MAPPING = new FieldMapping(
            Map.of(DealField.RECEPTION_ID, 801L, DealField.DOCTOR_NAME, 803L), Map.of(ContactField.PATIENT_ID, 925L));
    private static final SyncPolicy POLICY = Fixtures.policy().build();

    @RegisterExtension
    private final RedisForTests redis = new RedisForTests();

    private String doctor = ", {'id': 803, 'type': 'text'}";
    private final List<String> asked = new ArrayList<>();

    private AccountSetup setup(SyncPolicy policy, ZoneId zone) {
        return setup(MAPPING, policy, zone);
    }

    private AccountSetup setup(FieldMapping mapping, SyncPolicy policy, ZoneId zone) {
        return new AccountSetup(
                mapping,
                policy,
                zone,
                Fixtures.PRINT,
                redis.client().getBucket(redis.keys().of("account-setup"), StringCodec.INSTANCE));
    }

    private AccountSetup setup() {
        return setup(POLICY, ZoneOffset.UTC);
    }

    private AccountSetup learned(AccountSetup setup) {
        asked.clear();
        while (setup.hasNext()) {
            AmocrmRequest request = setup.next();
            asked.add(request.path());
            setup.aggregate(new Response.Success(
                    AccountFixtures.json(
                            request.path().endsWith("/account")
                                    ? """
                    {'_embedded': {'datetime_settings': {'timezone': 'Asia/Kamchatka'}}}"""
                                    : request.path().contains("pipelines")
                                            ? """
                    {'_embedded': {'pipelines': [
                     {'id': 100, '_embedded': {'statuses': [{'id': 100, 'sort': 5, 'type': 1},
                      {'id': 101, 'sort': 10}, {'id': 142, 'sort': 20}, {'id': 143, 'sort': 30}]}},
                     {'id': 200, '_embedded': {'statuses': [{'id': 201, 'sort': 10}]}}]}}"""
                                            : request.path().contains("leads")
                                                    ? "{'_embedded': {'custom_fields': [{'id': 801, 'type': 'text'}"
                                                            + doctor + "]}}"
                                                    : "{'_embedded': {'custom_fields': [{'id': 925, 'type': 'text'}]}}"),
                    Instant.EPOCH));
        }
        return setup;
    }

    @Test
    void everything_that_rows_depend_on_is_in_the_fingerprint() {
        String usual = setup().fingerprint();
        assertThat(setup().fingerprint()).isEqualTo(usual);
        assertThat(setup(Fixtures.policy().phoneRegion("KZ").build(), ZoneOffset.UTC)
                        .fingerprint())
                .as("phones")
                .isNotEqualTo(usual);
        assertThat(setup(POLICY, ZoneId.of("Asia/Almaty")).fingerprint())
                .as("days")
                .isNotEqualTo(usual);
        assertThat(setup(Fixtures.policy().target(Funnel.PRIMARY, 300, 301L).build(), ZoneOffset.UTC)
                        .fingerprint())
                .as("deals of ours")
                .isNotEqualTo(usual);
    }

    @Test
    void an_odd_answer_is_no_answer_and_is_asked_for_again() {
        AccountSetup setup = setup();
        assertThat(setup.hasNext()).isTrue();
        setup.aggregate(new Response.NoContent(Instant.EPOCH));
        assertThat(setup.hasNext()).isTrue();
        setup.aggregate(new Response.Success(AccountFixtures.json("{}"), Instant.EPOCH));
        learned(setup);
        assertThat(asked).hasSize(3);
        assertThat(setup.tools()).isNotNull();
    }

    @Test
    void an_answer_that_stays_odd_says_nothing_and_one_that_stays_empty_says_that_there_are_no_fields() {
        assertThatThrownBy(() -> answered(setup(), new Response.Success(AccountFixtures.json("{}"), Instant.EPOCH)))
                .isInstanceOf(AmocrmException.Ambiguous.class);
        assertThatThrownBy(() -> answered(setup(), new Response.NoContent(Instant.EPOCH)))
                .isInstanceOf(AccountMismatchException.class);
    }

    private static void answered(AccountSetup setup, Response.Usable always) {
        while (setup.hasNext()) {
            setup.aggregate(always);
        }
    }

    @Test
    void what_was_learned_is_not_asked_for_again_in_a_day() {
        learned(setup());
        assertThat(asked).hasSize(3);
        learned(setup());
        assertThat(asked).isEmpty();
    }

    @Test
    void the_accounts_zone_is_asked_for_where_a_field_is_a_day_and_kept_with_the_rest() {
        doctor = ", {'id': 802, 'type': 'date'}";
        FieldMapping day = new FieldMapping(
                Map.of(DealField.RECEPTION_ID, 801L, DealField.RECEPTION_DATE, 802L), MAPPING.contacts());
        for (int requests : List.of(4, 0)) {
            FieldFormats formats = learned(setup(day, POLICY, ZoneId.of("America/New_York")))
                    .tools()
                    .formats();
            assertThat(asked).hasSize(requests);
            assertThat(formats.of(DealField.RECEPTION_DATE, LocalDate.of(1950, 3, 15)))
                    .isEqualTo("1950-03-15");
            assertThat(new WriteBodies(formats)
                            .changedDeal(new DealWrite(
                                    70L,
                                    null,
                                    null,
                                    null,
                                    null,
                                    null,
                                    Map.of(DealField.RECEPTION_DATE, "1950-03-15"),
                                    false,
                                    null))
                            .toString())
                    .contains("1950-03-15T00:00:00+12:00");
        }
    }

    @Test
    void what_is_doubted_is_learned_again_and_has_changed_only_if_it_has() {
        AccountSetup setup = learned(setup());
        setup.doubt(Set.of());
        learned(setup);
        assertThat(asked).hasSize(3);
        assertThat(setup.takeChange()).isFalse();
        doctor = "";
        setup.doubt(Set.of());
        learned(setup);
        assertThat(setup.takeChange()).isTrue();
        assertThat(setup.takeChange()).as("told once").isFalse();
    }

    @Test
    void a_field_that_the_account_lacks_is_left_out_and_looked_for_at_the_next_start() {
        doctor = "";
        assertThat(learned(setup()).tools().formats().of(DealField.DOCTOR_NAME, "Зубов"))
                .isNull();
        assertThat(asked).hasSize(3);
        doctor = ", {'id': 803, 'type': 'text'}";
        assertThat(learned(setup()).tools().formats().of(DealField.DOCTOR_NAME, "Зубов"))
                .isEqualTo("Зубов");
    }

    @Test
    void stages_of_unsorted_deals_are_none_of_the_active_ones() {
        assertThat(learned(setup()).tools().policy().excludedStages())
                .containsAll(POLICY.excludedStages())
                .contains(100L);
    }

    @Test
    void a_user_who_is_gone_stays_away_also_in_another_process() {
        AccountSetup setup = learned(setup());
        assertThat(setup.tools().policy().responsibleUserId()).isEqualTo(9_001);
        setup.doubt(Set.of(9_001L));
        assertThat(learned(setup).tools().policy().responsibleUserId()).isNull();
        assertThat(setup.takeChange()).isTrue();
        assertThat(learned(setup()).tools().policy().responsibleUserId()).isNull();
    }
}
