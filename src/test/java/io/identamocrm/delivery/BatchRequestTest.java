package io.identamocrm.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.identamocrm.amocrm.AmocrmRequest;
import io.identamocrm.model.Deal;
import io.identamocrm.model.Fixtures;
import java.util.List;
import org.junit.jupiter.api.Test;

class BatchRequestTest {

    private final AccountInRedis account = new AccountInRedis();
    private final BatchRequest request = new BatchRequest(account.setup);
    private final Deal deal = Fixtures.deal(500).build();

    @Test
    void each_kind_goes_to_its_own_address() {
        assertThat(request.of(account.batch(Decided.newDealWithContact(7, 11))))
                .hasToString("POST /api/v4/leads/complex (1 items)");
        assertThat(request.of(
                        account.batch(Decided.newContact(Fixtures.patient(11).build()))))
                .hasToString("POST /api/v4/contacts (1 items)");
        assertThat(request.of(account.batch(Decided.newDealFor(7, 11, 600))))
                .hasToString("POST /api/v4/leads (1 items)");
        assertThat(request.of(account.batch(Decided.linkedDeal(deal, 7, 600))))
                .hasToString("POST /api/v4/leads/link (1 items)");
        assertThat(request.of(account.batch(Decided.changedDeal(deal, 7, "Осмотр"))))
                .hasToString("PATCH /api/v4/leads (1 items)");
        Delivery ofContact = Decided.changedContact(Fixtures.contact(600).build(), 11, "Вымышленная Анна", List.of());
        assertThat(request.of(account.batch(ofContact))).hasToString("PATCH /api/v4/contacts (1 items)");
    }

    @Test
    void the_items_stand_in_the_batchs_order_and_are_numbered_from_zero() {
        AmocrmRequest made = request.of(account.batch(
                Decided.changedDeal(deal, 7, "Осмотр"),
                Decided.changedDeal(Fixtures.deal(501).build(), 8, "Рентген")));
        assertThat(made.body().findValuesAsText("request_id")).containsExactly("0", "1");
        assertThat(made.body().findValuesAsText("id")).containsExactly("500", "501");
    }
}
