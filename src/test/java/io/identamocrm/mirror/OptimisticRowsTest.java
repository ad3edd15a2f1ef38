package io.identamocrm.mirror;

import static io.identamocrm.model.Fixtures.PRIMARY_PIPELINE;
import static io.identamocrm.model.Fixtures.PRIMARY_STAGE;
import static io.identamocrm.model.Fixtures.PRINT;
import static io.identamocrm.model.Fixtures.SECONDARY_PIPELINE;
import static io.identamocrm.model.Fixtures.SECONDARY_STAGE;
import static io.identamocrm.model.Fixtures.contact;
import static io.identamocrm.model.Fixtures.deal;
import static org.assertj.core.api.Assertions.assertThat;

import io.identamocrm.model.Contact;
import io.identamocrm.model.ContactBuilder;
import io.identamocrm.model.ContactField;
import io.identamocrm.model.Deal;
import io.identamocrm.model.DealBuilder;
import io.identamocrm.model.DealField;
import io.identamocrm.model.Decision.ContactWrite;
import io.identamocrm.model.Decision.DealWrite;
import io.identamocrm.model.Sent;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The mirror's rows as they stand after a write of ours, and as they stand once amoCRM was read again. */
class OptimisticRowsTest {

    private static final long NOW = 5_000;
    /** Noon was sent, and amoCRM made midnight of it. */
    private static final Sent READ_BACK = Sent.of("#noon", 5, null).readAs("#midnight", 5);
    /** Noon was sent, and amoCRM dropped it. */
    private static final Sent DROPPED = Sent.of("#noon", 5, null).readAs(null, 5);

    private final OptimisticRows rows = new OptimisticRows(PRINT);

    private static DealWrite newDeal(Long stage, Map<DealField, String> values) {
        return new DealWrite(null, null, "Приём #42", PRIMARY_PIPELINE, stage, 9L, values, false, null);
    }

    private static DealWrite change(Deal base, Long pipeline, Long stage, Map<DealField, String> values) {
        return new DealWrite(base.id(), base, null, pipeline, stage, null, values, false, null);
    }

    private static ContactWrite change(
            Contact base, String name, List<String> phones, Map<ContactField, String> values) {
        return new ContactWrite(base.id(), base, name, phones, values);
    }

    @Test
    void a_new_deal_holds_what_was_sent() {
        Deal row = rows.deal(
                newDeal(PRIMARY_STAGE, Map.of(DealField.RECEPTION_ID, "42", DealField.DOCTOR_NAME, "Врач")),
                70,
                60L,
                NOW);
        assertThat(row)
                .isEqualTo(new Deal(
                        70,
                        PRIMARY_PIPELINE,
                        PRIMARY_STAGE,
                        NOW,
                        42L,
                        Map.of(DealField.RECEPTION_ID, "#42", DealField.DOCTOR_NAME, "#Врач"),
                        Map.of(
                                DealField.RECEPTION_ID,
                                Sent.of("#42", NOW, null),
                                DealField.DOCTOR_NAME,
                                Sent.of("#Врач", NOW, null)),
                        Set.of(60L),
                        null));
    }

    @Test
    void a_new_deal_without_stage_and_contact_stands_in_an_unknown_stage_of_its_pipeline() {
        Deal row = rows.deal(newDeal(null, Map.of()), 70, null, NOW);
        assertThat(row).isEqualTo(new Deal(70, PRIMARY_PIPELINE, 0, NOW, null, Map.of(), Map.of(), Set.of(), null));
        assertThat(row.isFree()).isTrue();
    }

    @Test
    void a_changed_deal_keeps_everything_that_was_not_sent() {
        Deal base = deal(70).holding(42)
                .holding(DealField.DOCTOR_NAME, "Врач")
                .linkedTo(60L)
                .sentInVain(DealField.RECEPTION_DATE, READ_BACK)
                .build();
        Deal row = rows.deal(change(base, null, null, Map.of(DealField.RECEPTION_COST, "3500")), 70, null, NOW);
        assertThat(row)
                .isEqualTo(new Deal(
                        70,
                        PRIMARY_PIPELINE,
                        PRIMARY_STAGE,
                        NOW,
                        42L,
                        Map.of(
                                DealField.RECEPTION_ID,
                                "#42",
                                DealField.DOCTOR_NAME,
                                "#Врач",
                                DealField.RECEPTION_COST,
                                "#3500"),
                        Map.of(
                                DealField.RECEPTION_DATE,
                                READ_BACK,
                                DealField.RECEPTION_COST,
                                Sent.of("#3500", NOW, null)),
                        Set.of(60L),
                        null));
    }

    @Test
    void a_field_that_was_emptied_holds_nothing() {
        Deal base = deal(70).holding(DealField.SERVICE_NAME, "Осмотр").build();
        assertThat(rows.deal(change(base, null, null, Map.of(DealField.SERVICE_NAME, "")), 70, null, NOW)
                        .fingerprints())
                .doesNotContainKey(DealField.SERVICE_NAME);
    }

    @Test
    void a_value_sent_again_keeps_what_amocrm_made_of_it_before() {
        Deal base = deal(70).holding(DealField.RECEPTION_DATE, "midnight")
                .sentInVain(DealField.RECEPTION_DATE, READ_BACK)
                .build();
        Deal again = rows.deal(change(base, null, null, Map.of(DealField.RECEPTION_DATE, "noon")), 70, null, NOW);
        assertThat(again.sent()).containsEntry(DealField.RECEPTION_DATE, Sent.of("#noon", NOW, READ_BACK));
        Deal other = rows.deal(change(base, null, null, Map.of(DealField.RECEPTION_DATE, "evening")), 70, null, NOW);
        assertThat(other.sent()).containsEntry(DealField.RECEPTION_DATE, Sent.of("#evening", NOW, null));
    }

    @Test
    void what_a_deal_says_of_itself_stays_until_something_else_is_sent() {
        Deal base = deal(70).saying("scheduled 100 -").build();
        assertThat(rows.deal(change(base, null, 105L, Map.of()), 70, null, NOW).syncState())
                .isEqualTo("scheduled 100 -");
        assertThat(rows.deal(change(base, null, 105L, Map.of(DealField.SYNC_STATE, "arrived 100 105")), 70, null, NOW)
                        .syncState())
                .isEqualTo("arrived 100 105");
        assertThat(rows.linked(base, 61).syncState()).isEqualTo("scheduled 100 -");
        assertThat(OptimisticRows.reread(deal(70).saying("arrived 100 105").build(), base)
                        .syncState())
                .isEqualTo("arrived 100 105");
    }

    @Test
    void a_deal_moved_between_stages_or_pipelines_stands_where_it_was_put() {
        Deal base = deal(70).build();
        Deal staged = rows.deal(change(base, null, 105L, Map.of()), 70, null, NOW);
        assertThat(List.of(staged.pipelineId(), staged.stageId())).containsExactly(PRIMARY_PIPELINE, 105L);
        Deal moved = rows.deal(change(base, SECONDARY_PIPELINE, SECONDARY_STAGE, Map.of()), 70, null, NOW);
        assertThat(List.of(moved.pipelineId(), moved.stageId())).containsExactly(SECONDARY_PIPELINE, SECONDARY_STAGE);
        Deal first = rows.deal(change(base, SECONDARY_PIPELINE, null, Map.of()), 70, null, NOW);
        assertThat(List.of(first.pipelineId(), first.stageId()))
                .as("amoCRM chooses the stage")
                .containsExactly(SECONDARY_PIPELINE, 0L);
    }

    @Test
    void a_free_deal_taken_by_a_reception_is_its_deal() {
        Deal row = rows.deal(change(deal(70).build(), null, null, Map.of(DealField.RECEPTION_ID, "42")), 70, 60L, NOW);
        assertThat(row.receptionId()).isEqualTo(42);
        assertThat(row.isFree()).isFalse();
        assertThat(row.contactIds()).containsExactly(60L);
    }

    @Test
    void a_link_adds_a_contact_and_changes_nothing_else() {
        Deal base = deal(70).holding(42)
                .linkedTo(60L)
                .updatedAt(3_000)
                .sentInVain(DealField.RECEPTION_DATE, READ_BACK)
                .build();
        assertThat(rows.linked(base, 61))
                .isEqualTo(deal(70).holding(42)
                        .linkedTo(60L, 61L)
                        .updatedAt(3_000)
                        .sentInVain(DealField.RECEPTION_DATE, READ_BACK)
                        .build());
        assertThat(rows.linked(base, 60)).isEqualTo(base);
    }

    @Test
    void a_new_contact_holds_what_was_sent() {
        Contact row = rows.contact(
                new ContactWrite(
                        null,
                        null,
                        "Вымышленная Анна",
                        List.of("+79123456789", "+79130001122"),
                        Map.of(ContactField.PATIENT_ID, "11", ContactField.CITY, "Тверь")),
                60,
                NOW);
        assertThat(row)
                .isEqualTo(new Contact(
                        60,
                        NOW,
                        11L,
                        "#Вымышленная Анна",
                        Set.of("#+79123456789", "#+79130001122"),
                        Map.of(ContactField.PATIENT_ID, "#11", ContactField.CITY, "#Тверь"),
                        Map.of(
                                ContactField.PATIENT_ID,
                                Sent.of("#11", NOW, null),
                                ContactField.CITY,
                                Sent.of("#Тверь", NOW, null))));
    }

    @Test
    void a_changed_contact_keeps_its_name_phones_and_fields_that_were_not_sent() {
        Contact base = contact(60)
                .ofPatient(11)
                .named("Аня")
                .withPhones("+79130001122")
                .sentInVain(ContactField.BIRTHDATE, DROPPED)
                .build();
        Contact row =
                rows.contact(change(base, null, List.of("+79123456789"), Map.of(ContactField.CITY, "Тверь")), 60, NOW);
        assertThat(row)
                .isEqualTo(contact(60)
                        .updatedAt(NOW)
                        .ofPatient(11)
                        .named("Аня")
                        .withPhones("+79130001122", "+79123456789")
                        .holding(ContactField.CITY, "Тверь")
                        .sentInVain(ContactField.BIRTHDATE, DROPPED)
                        .sentInVain(ContactField.CITY, Sent.of("#Тверь", NOW, null))
                        .build());
    }

    @Test
    void a_contact_keeps_its_name_until_it_gets_another_one() {
        Contact base = contact(60).named("Вымышленная Анна").build();
        Contact kept = rows.contact(change(base, null, List.of(), Map.of(ContactField.PATIENT_ID, "11")), 60, NOW);
        assertThat(kept.name()).isEqualTo("#Вымышленная Анна");
        assertThat(kept.patientId()).isEqualTo(11);
        assertThat(rows.contact(change(base, "Иная Анна", List.of(), Map.of()), 60, NOW)
                        .name())
                .isEqualTo("#Иная Анна");
    }

    @Test
    void what_is_read_of_an_unknown_row_is_all_that_is_known_of_it() {
        assertThat(OptimisticRows.reread(deal(70).build(), null)).isEqualTo(deal(70).build());
        assertThat(OptimisticRows.reread(contact(60).build(), null))
                .isEqualTo(contact(60).build());
    }

    @Test
    void a_deal_read_anew_is_as_amocrm_shows_it_and_remembers_what_amocrm_made_of_our_values() {
        Deal known = deal(70).holding(42)
                .holding(DealField.RECEPTION_DATE, "noon")
                .holding(DealField.RECEPTION_COST, "3500")
                .linkedTo(60L)
                .sentInVain(DealField.RECEPTION_DATE, Sent.of("#noon", NOW, null))
                .sentInVain(DealField.RECEPTION_COST, Sent.of("#3500", NOW, null))
                .sentInVain(DealField.DOCTOR_NAME, Sent.of("#Врач", NOW, null))
                .build();
        DealBuilder read = deal(70).holding(43)
                .holding(DealField.RECEPTION_DATE, "midnight")
                .holding(DealField.RECEPTION_COST, "3500")
                .in(SECONDARY_PIPELINE, SECONDARY_STAGE)
                .linkedTo(61L);
        Deal row = OptimisticRows.reread(read.updatedAt(NOW).build(), known);
        assertThat(row.sent())
                .isEqualTo(Map.of(
                        DealField.RECEPTION_DATE,
                        READ_BACK,
                        DealField.DOCTOR_NAME,
                        Sent.of("#Врач", NOW, null).readAs(null, NOW)));
        assertThat(new Deal(
                        70,
                        row.pipelineId(),
                        row.stageId(),
                        row.updatedAt(),
                        row.receptionId(),
                        row.fingerprints(),
                        Map.of(),
                        row.contactIds(),
                        null))
                .isEqualTo(read.build());
        assertThat(OptimisticRows.reread(read.updatedAt(NOW + 1).build(), known).sent())
                .as("somebody changed it first")
                .isEmpty();
    }

    @Test
    void a_contact_read_anew_is_as_amocrm_shows_it() {
        Contact known = contact(60)
                .ofPatient(11)
                .named("Вымышленная Анна")
                .withPhones("+79123456789")
                .sentInVain(ContactField.BIRTHDATE, DROPPED)
                .sentInVain(ContactField.CITY, Sent.of("#Тверь", NOW, null))
                .build();
        ContactBuilder read = contact(60)
                .named("Аня с работы")
                .withPhones("+79130001122")
                .holding(ContactField.CITY, "Тверь")
                .updatedAt(NOW);
        assertThat(OptimisticRows.reread(read.build(), known))
                .isEqualTo(read.sentInVain(ContactField.BIRTHDATE, DROPPED).build());
    }
}
