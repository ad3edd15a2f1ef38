package io.identamocrm.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.identamocrm.model.Fixtures;
import io.identamocrm.state.Intents;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CreationIntentsTest {

    private final AccountInRedis account = new AccountInRedis();
    private final CreationIntents creations = new CreationIntents(account.mirror, account.intents);

    @Test
    void deals_are_noted_with_the_newest_deal_that_the_reception_has_already() {
        account.mirror.store(List.of(Fixtures.deal(500).holding(7).build(), Fixtures.deal(502).holding(7).build()), List.of());
        WriteBatch noted = creations.note(account.batch(Decided.newDealFor(7, 11, 600), Decided.newDealFor(8, 12, 601)));
        Intents.Open expected = new Intents.Open(Map.of(7L, 502L, 8L, 0L), Set.of());
        assertThat(account.intents.open()).isEqualTo(expected);
        assertThat(noted.creations()).isEqualTo(expected);
    }

    @Test
    void contacts_are_noted_by_patient_those_made_with_a_deal_too() {
        creations.note(account.batch(Decided.newContact(Fixtures.patient(11).build())));
        creations.note(account.batch(Decided.newDealWithContact(7, 12)));
        assertThat(account.intents.open()).isEqualTo(new Intents.Open(Map.of(7L, 0L), Set.of(11L, 12L)));
    }

    @Test
    void changes_and_links_leave_no_note() {
        creations.note(account.batch(Decided.changedDeal(Fixtures.deal(500).build(), 7, "Осмотр")));
        creations.note(account.batch(Decided.linkedDeal(Fixtures.deal(500).build(), 7, 600)));
        assertThat(account.intents.open().isEmpty()).isTrue();
    }

    @Test
    void what_became_known_is_forgotten_and_nothing_else() {
        WriteBatch known = creations.note(account.batch(Decided.newDealWithContact(7, 11)));
        creations.note(account.batch(Decided.newDealWithContact(8, 12)));
        creations.forget(known);
        assertThat(account.intents.open()).isEqualTo(new Intents.Open(Map.of(8L, 0L), Set.of(12L)));
    }
}
