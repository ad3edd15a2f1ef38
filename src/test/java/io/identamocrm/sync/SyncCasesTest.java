package io.identamocrm.sync;

import static io.identamocrm.model.Fixtures.contact;
import static io.identamocrm.model.Fixtures.deal;
import static io.identamocrm.model.Fixtures.patient;
import static io.identamocrm.model.Fixtures.reception;
import static org.assertj.core.api.Assertions.assertThat;

import io.identamocrm.delivery.AccountInRedis;
import io.identamocrm.model.Fixtures;
import io.identamocrm.model.Outcome;
import io.identamocrm.model.Patient;
import io.identamocrm.model.Status;
import io.identamocrm.model.SyncItem;
import io.identamocrm.rules.DecideRoute;
import io.identamocrm.rules.PatientCase;
import io.identamocrm.rules.SyncCase;
import io.identamocrm.state.SentStatuses;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The items of a chunk become cases that know what the mirror holds of them. */
class SyncCasesTest {

    private final AccountInRedis account = new AccountInRedis();
    private final SentStatuses statuses = new SentStatuses(account.redis().client(), account.redis().keys());

    private List<SyncCase> cases(SyncItem... items) {
        Clock clinicClock = Clock.fixed(Fixtures.NOW.toInstant(ZoneOffset.UTC), ZoneOffset.UTC);
        Chunk chunk = Chunk.of(RunFixtures.full(), List.of()).with(List.of(items));
        return new SyncCases(account.mirror, statuses, account.setup, Fixtures.PRINT, clinicClock).open(chunk).cases();
    }

    @Test
    void each_item_has_its_case_in_the_chunks_order_receptions_and_patients_alike() {
        assertThat(cases(reception(8).build(), reception(7).build())).extracting(SyncCase::id).containsExactly(8L, 7L);
        assertThat(cases(patient(11).build())).singleElement().isInstanceOf(PatientCase.class)
                .satisfies(one -> assertThat(one.isReception()).isFalse());
    }

    @Test
    void a_reception_without_a_patient_is_a_case_too_and_fails_by_its_facts() {
        SyncCase one = cases(reception(7).of((Patient) null).build()).get(0);
        assertThat(DecideRoute.decide(one).outcome()).isEqualTo(Outcome.FAILED);
    }

    @Test
    void a_case_is_decided_on_what_the_mirror_holds_and_what_was_sent_last() {
        account.mirror.store(List.of(deal(500).holding(7).linkedTo(40L).build()), List.of(contact(40).ofPatient(11).build()));
        statuses.remember(Map.of(7L, Status.SCHEDULED));
        SyncCase one = DecideRoute.decide(cases(reception(7).build()).get(0));
        assertThat(one.decision().deal().id()).as("it lacks the number").isEqualTo(500);
        assertThat(one.reasons()).extracting(Object::toString).anyMatch(reason -> reason.contains("deal 500 holds reception 7: taken"));
    }
}
