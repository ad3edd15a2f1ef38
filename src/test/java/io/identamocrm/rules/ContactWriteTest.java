package io.identamocrm.rules;

import static io.identamocrm.model.Fixtures.PATIENT;
import static io.identamocrm.model.Fixtures.PHONE;
import static io.identamocrm.model.Fixtures.PRINT;
import static io.identamocrm.model.Fixtures.amocrm;
import static io.identamocrm.model.Fixtures.contact;
import static io.identamocrm.model.Fixtures.patient;
import static io.identamocrm.model.Fixtures.policy;
import static io.identamocrm.model.Fixtures.reception;
import static org.assertj.core.api.Assertions.assertThat;

import io.identamocrm.model.ContactBuilder;
import io.identamocrm.model.ContactField;
import io.identamocrm.model.Decision;
import io.identamocrm.model.Decision.ContactWrite;
import io.identamocrm.model.OwnContact;
import io.identamocrm.model.PatientBuilder;
import io.identamocrm.model.PolicyBuilder;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What is written to the patient's contact (section 4 of the domain rules). */
class ContactWriteTest {

    private static final String OTHER_PHONE = "+79130001122";

    private static ContactWrite write(PatientBuilder patient) {
        return Clinic.with(policy()).decide(reception(7).of(patient), amocrm()).contact();
    }

    private static ContactWrite write(PatientBuilder patient, ContactBuilder contact) {
        return write(policy(), patient, contact);
    }

    private static ContactWrite write(PolicyBuilder policy, PatientBuilder patient, ContactBuilder contact) {
        return Clinic.with(policy)
                .decide(reception(7).of(patient), amocrm().with(contact))
                .contact();
    }

    /** Where the contact carries a name that we once gave it. */
    private static ContactWrite write(PatientBuilder patient, ContactBuilder contact, String given) {
        return Clinic.with(policy())
                .decide(
                        reception(7).of(patient).build(),
                        amocrm().with(contact),
                        null,
                        new OwnContact(50, PRINT.of(given), false))
                .contact();
    }

    /** A contact that holds everything the default patient has. */
    private static ContactBuilder inStep() {
        ContactBuilder contact = contact(50).ofPatient(PATIENT).withPhones(PHONE);
        write(patient(PATIENT)).values().forEach(contact::holding);
        return contact;
    }

    @Test
    void a_new_contact_is_named_surname_name_patronymic() {
        assertThat(write(patient(PATIENT).named(" Вымышленная ", "Анна", "Ивановна"))
                        .name())
                .isEqualTo("Вымышленная Анна Ивановна");
    }

    @Test
    void missing_parts_of_the_name_leave_no_gaps() {
        assertThat(write(patient(PATIENT).named("Вымышленная", null, " ")).name())
                .isEqualTo("Вымышленная");
        assertThat(write(patient(PATIENT).named(null, "Анна", "Ивановна")).name())
                .isEqualTo("Анна Ивановна");
    }

    @Test
    void a_patient_without_name_is_called_by_the_id() {
        assertThat(write(patient(PATIENT).named(null, "", null)).name()).isEqualTo("Пациент #11");
    }

    @Test
    void a_long_name_is_cut_between_characters() {
        assertThat(write(patient(PATIENT).named("А".repeat(249) + "😀", "Анна", null))
                        .name())
                .isEqualTo("А".repeat(249));
        assertThat(write(patient(PATIENT).named("А".repeat(300), "Анна", null)).name())
                .isEqualTo("А".repeat(250));
    }

    @Test
    void a_new_contact_gets_all_our_fields_and_phones() {
        ContactWrite write = write(patient(PATIENT).phones("8 (912) 345-67-89; 8 (913) 000-11-22"));
        assertThat(write.phones()).containsExactly(PHONE, OTHER_PHONE);
        assertThat(write.values())
                .isEqualTo(Map.of(
                        ContactField.PATIENT_ID,
                        "11",
                        ContactField.PATIENT_NUMBER,
                        "N11",
                        ContactField.NAME,
                        "Вымышленная Анна Ивановна",
                        ContactField.CARD_NUMBER,
                        "К-17",
                        ContactField.BIRTHDATE,
                        "1990-05-17",
                        ContactField.COMMENT,
                        "боится уколов",
                        ContactField.FIRST_VISIT,
                        "2020-02-03",
                        ContactField.SMS_OPT_OUT,
                        "false"));
    }

    @Test
    void null_in_ident_leaves_the_contacts_values_alone_but_false_is_sent() {
        ContactWrite write = write(
                patient(PATIENT)
                        .comment(null)
                        .cardNumber(null)
                        .birthday(null)
                        .firstVisit(null)
                        .number(null),
                contact(50)
                        .ofPatient(PATIENT)
                        .withPhones(PHONE)
                        .holding(ContactField.SMS_OPT_OUT, "true")
                        .holding(ContactField.COMMENT, "прежний"));
        assertThat(write.values())
                .isEqualTo(Map.of(ContactField.NAME, "Вымышленная Анна Ивановна", ContactField.SMS_OPT_OUT, "false"));
    }

    @Test
    void a_contact_in_step_is_not_written() {
        assertThat(write(patient(PATIENT), inStep())).isNull();
    }

    @Test
    void only_the_fields_that_differ_are_sent() {
        ContactWrite write = write(patient(PATIENT).comment("любит чай"), inStep());
        assertThat(write.values()).isEqualTo(Map.of(ContactField.COMMENT, "любит чай"));
        assertThat(write.phones()).isEmpty();
        assertThat(write.name()).isNull();
    }

    @Test
    void a_contact_with_a_name_of_our_giving_is_renamed_when_the_patient_is() {
        ContactWrite write = write(
                patient(PATIENT).named("Новая", "Анна", "Ивановна"),
                inStep().named("Вымышленная Анна Ивановна"),
                "Вымышленная Анна Ивановна");
        assertThat(write.name()).isEqualTo("Новая Анна Ивановна");
    }

    @Test
    void a_contact_named_by_a_manager_keeps_its_name() {
        assertThat(write(patient(PATIENT).named("Новая", "Анна", "Ивановна"), inStep().named("Аня, жена Петра"))
                        .name())
                .isNull();
    }

    @Test
    void a_name_that_a_manager_changed_after_us_stands() {
        assertThat(write(
                                patient(PATIENT).named("Новая", "Анна", "Ивановна"),
                                inStep().named("Аня, жена Петра"),
                                "Вымышленная Анна Ивановна")
                        .name())
                .isNull();
    }

    @Test
    void a_name_that_we_are_not_known_to_have_given_stands_until_it_is_as_in_ident() {
        PatientBuilder renamed = patient(PATIENT).named("Новая", "Анна", "Ивановна");
        assertThat(write(renamed, inStep().named("Вымышленная Анна Ивановна")).name())
                .isNull();
        assertThat(ownAfter(patient(PATIENT), inStep().named("Вымышленная Анна Ивановна"), null))
                .isEqualTo(new OwnContact(50, PRINT.of("Вымышленная Анна Ивановна"), false));
    }

    @Test
    void the_name_that_a_contact_gets_is_remembered_as_ours_and_a_managers_is_not() {
        assertThat(Clinic.with(policy()).decide(reception(7), amocrm()).own())
                .isEqualTo(new OwnContact(0, PRINT.of("Вымышленная Анна Ивановна"), false, Set.of(PRINT.of(PHONE))));
        assertThat(ownAfter(patient(PATIENT), inStep().named("Аня, жена Петра"), null))
                .isEqualTo(new OwnContact(50, null, false));
        OwnContact known = new OwnContact(50, PRINT.of("Вымышленная Анна Ивановна"), false);
        assertThat(ownAfter(patient(PATIENT), inStep().named("Аня, жена Петра"), known))
                .isEqualTo(new OwnContact(50, null, false));
        assertThat(ownAfter(patient(PATIENT), inStep().named("Вымышленная Анна Ивановна"), known))
                .as("nothing new")
                .isNull();
    }

    @Test
    void a_relatives_contact_is_never_remembered_as_the_patients() {
        OwnContact own = Clinic.with(policy().attachSharedPhone(true))
                .decide(reception(7), amocrm().with(contact(50).ofPatient(12).withPhones(PHONE)))
                .own();
        assertThat(own).isNull();
    }

    private static OwnContact ownAfter(PatientBuilder patient, ContactBuilder contact, OwnContact before) {
        return Clinic.with(policy())
                .decide(reception(7).of(patient).build(), amocrm().with(contact), null, before)
                .own();
    }

    @Test
    void an_adopted_contact_keeps_its_name() {
        ContactWrite write =
                write(patient(PATIENT), contact(50).withPhones(PHONE).named("Заявка с сайта"));
        assertThat(write.id()).isEqualTo(50);
        assertThat(write.name()).isNull();
    }

    @Test
    void a_name_of_ours_is_not_taken_back_when_ident_forgets_the_name() {
        assertThat(write(
                        patient(PATIENT).named(null, null, null),
                        inStep().named("Вымышленная Анна Ивановна"),
                        "Вымышленная Анна Ивановна"))
                .isNull();
    }

    @Test
    void a_missing_phone_is_added() {
        assertThat(write(patient(PATIENT).phones("8 (913) 000-11-22"), inStep()).phones())
                .containsExactly(OTHER_PHONE);
        assertThat(write(patient(PATIENT).phones(PHONE + ", " + OTHER_PHONE), inStep())
                        .phones())
                .contains(OTHER_PHONE);
    }

    @Test
    void a_phone_of_ours_that_ident_has_replaced_is_a_difference_although_the_new_one_is_there() {
        OwnContact own = new OwnContact(50, null, false, Set.of(PRINT.of(PHONE)));
        ContactBuilder held = inStep().withPhones(PHONE, OTHER_PHONE);
        Decision decision = Clinic.with(policy())
                .decide(reception(7).of(patient(PATIENT).phones(OTHER_PHONE)).build(), amocrm().with(held), null, own);
        assertThat(decision.contact().phones()).containsExactly(OTHER_PHONE);
        assertThat(decision.own().written()).as("the other was there before").isEmpty();
        assertThat(Clinic.with(policy())
                        .decide(
                                reception(7)
                                        .of(patient(PATIENT).phones(OTHER_PHONE))
                                        .build(),
                                amocrm().with(held),
                                null,
                                new OwnContact(49, null, false, Set.of(PRINT.of(PHONE))))
                        .contact())
                .as("written into another contact")
                .isNull();
    }

    @Test
    void the_phones_and_emails_that_only_we_have_written_are_remembered() {
        assertThat(ownAfter(patient(PATIENT).phones(PHONE + ", " + OTHER_PHONE), inStep(), null)
                        .written())
                .containsExactly(PRINT.of(OTHER_PHONE));
        OwnContact before = new OwnContact(50, null, false, Set.of(PRINT.of(PHONE), PRINT.of("old@example.ru")));
        assertThat(ownAfter(
                                patient(PATIENT)
                                        .phones(OTHER_PHONE)
                                        .further(Map.of(ContactField.EMAIL, "new@example.ru")),
                                inStep().holding(ContactField.EMAIL, "old@example.ru"),
                                before)
                        .written())
                .containsExactlyInAnyOrder(PRINT.of(OTHER_PHONE), PRINT.of("new@example.ru"));
        assertThat(ownAfter(patient(PATIENT).named("Новая", "Анна", null), inStep(), before))
                .as("nothing new")
                .isNull();
    }

    @Test
    void a_phone_in_another_notation_is_no_other_phone() {
        assertThat(write(patient(PATIENT).phones("8 (912) 345-67-89 доб. 12"), inStep()))
                .isNull();
    }

    @Test
    void phones_which_a_manager_added_are_no_difference() {
        assertThat(write(patient(PATIENT), inStep().withPhones(OTHER_PHONE))).isNull();
    }

    @Test
    void an_unusable_phone_removes_nothing() {
        assertThat(write(patient(PATIENT).phones("нет"), inStep())).isNull();
        assertThat(write(patient(PATIENT).phones(null), inStep())).isNull();
    }

    @Test
    void a_create_only_field_is_left_to_the_managers_but_filled_where_empty() {
        PolicyBuilder policy = policy().createOnly(ContactField.COMMENT, ContactField.CARD_NUMBER);
        ContactWrite write = write(
                policy,
                patient(PATIENT),
                contact(50).ofPatient(PATIENT).withPhones(PHONE).holding(ContactField.COMMENT, "рука менеджера"));
        assertThat(write.values()).containsKey(ContactField.CARD_NUMBER).doesNotContainKey(ContactField.COMMENT);
    }
}
