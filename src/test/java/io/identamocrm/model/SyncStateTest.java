package io.identamocrm.model;

import static io.identamocrm.model.Fixtures.PRIMARY_PIPELINE;
import static io.identamocrm.model.Fixtures.SECONDARY_PIPELINE;
import static io.identamocrm.model.Fixtures.deal;
import static io.identamocrm.model.Fixtures.delivered;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.NullAndEmptySource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a deal says of itself, so that losing Redis loses no status, funnel or stage of ours. */
class SyncStateTest {

    private static Delivered readBack(Delivered said) {
        return SyncState.read(deal(1).saying(SyncState.of(said)).build());
    }

    @ParameterizedTest
    @EnumSource
    void status_funnel_and_stage_come_back_as_they_were_written(Status status) {
        Delivered said =
                delivered(1, status).ofPipeline(SECONDARY_PIPELINE).putInto(205).build();
        assertThat(readBack(said)).isEqualTo(said);
    }

    @Test
    void what_is_nothing_comes_back_as_nothing() {
        Delivered said = delivered(1, Status.ARRIVED).ofPipeline(null).build();
        assertThat(SyncState.of(said)).isEqualTo("arrived - -");
        assertThat(readBack(said)).isEqualTo(said);
    }

    @Test
    void a_stage_in_another_pipeline_than_the_funnels_names_it() {
        Delivered said =
                delivered(1, Status.CANCELLED).putInto(SECONDARY_PIPELINE, 143).build();
        assertThat(SyncState.of(said)).isEqualTo("cancelled 100 200/143");
        assertThat(readBack(said)).isEqualTo(said);
    }

    @Test
    void a_stage_that_was_withheld_stays_so() {
        Delivered said = delivered(1, Status.NO_SHOW).withheld().build();
        assertThat(SyncState.of(said)).isEqualTo("no_show 100 - withheld");
        assertThat(readBack(said)).isEqualTo(said);
    }

    @Test
    void the_deal_is_the_one_that_says_it_and_which_of_its_contacts_is_ours_nobody_knows() {
        Deal deal = deal(9).saying(
                        SyncState.of(delivered(1, Status.ARRIVED).linkedTo(50).build()))
                .linkedTo(60L)
                .build();
        assertThat(SyncState.read(deal))
                .isEqualTo(delivered(9, Status.ARRIVED)
                        .ofPipeline(PRIMARY_PIPELINE)
                        .build());
    }

    @ParameterizedTest
    @NullAndEmptySource
    @ValueSource(
            strings = {
                " ",
                "arrived",
                "arrived 100",
                "пришёл 100 -",
                "arrived сто -",
                "arrived 100 два/143",
                "не трогать до пятницы"
            })
    void a_text_that_is_not_ours_says_nothing(String text) {
        assertThat(SyncState.read(
                        text == null ? deal(1).build() : deal(1).saying(text).build()))
                .isNull();
    }
}
