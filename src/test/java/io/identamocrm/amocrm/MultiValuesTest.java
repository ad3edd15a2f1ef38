package io.identamocrm.amocrm;

import static io.identamocrm.amocrm.AccountFixtures.MOSCOW;
import static io.identamocrm.amocrm.AccountFixtures.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.identamocrm.model.ContactField;
import io.identamocrm.model.Decision.ContactWrite;
import io.identamocrm.model.Fixtures;
import io.identamocrm.rules.PhoneNumbers;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

/** Phones and e-mails: ours in front, everything else that a contact holds stays with its kind. */
class MultiValuesTest {

    private static final String PHONE = "+79123456789";
    private static final long EMAIL_FIELD = AccountFixtures.id(ContactField.EMAIL);

    private static FieldFormats formats(FieldType phone, String emailCode) {
        AccountFields all = AccountFixtures.account(Map.of());
        Map<ContactField, FieldDefinition> contacts = new HashMap<>(all.contacts());
        contacts.put(ContactField.EMAIL, new FieldDefinition(EMAIL_FIELD, emailCode, FieldType.MULTITEXT, Map.of()));
        return new FieldFormats(
                new AccountFields(
                        all.deals(),
                        contacts,
                        Optional.of(new FieldDefinition(AccountFixtures.PHONE_FIELD, "PHONE", phone, Map.of()))),
                MOSCOW,
                MOSCOW);
    }

    private static ContactWrite change(List<String> phones, String email) {
        return new ContactWrite(600L, null, null, phones, email == null ? Map.of() : Map.of(ContactField.EMAIL, email));
    }

    /** The value objects that are sent for a field, in JSON with single quotes; empty if the field is not in the request. */
    private static String sent(FieldFormats formats, long field, ContactWrite write, Set<String> written, String held) {
        JsonNode contact = json("{'custom_fields_values': [{'field_id': " + field + ", 'values': [" + held + "]}]}");
        MultiValues values = new MultiValues(formats, Fixtures.PRINT, text -> PhoneNumbers.inText(text, "RU"));
        for (JsonNode member : new WriteBodies(formats)
                .changedContact(write, values.joined(contact, write, written))
                .path("custom_fields_values")) {
            if (member.path("field_id").asLong() == field) {
                return member.path("values").toString().replace('"', '\'');
            }
        }
        return "";
    }

    private static String phones(String held, String... ours) {
        return sent(
                formats(FieldType.MULTITEXT, "EMAIL"),
                AccountFixtures.PHONE_FIELD,
                change(List.of(ours), null),
                Set.of(),
                held);
    }

    private static String emails(String held, String ours, String... written) {
        return sent(formats(FieldType.MULTITEXT, "EMAIL"), EMAIL_FIELD, change(List.of(), ours), Set.of(written), held);
    }

    @Test
    void a_third_email_stands_before_the_two_of_the_website_and_a_manager() {
        assertThat(emails(
                        "{'value':'shop@example.ru','enum_id':5,'enum_code':'PRIV'},{'value':'anna@work.ru','enum_code':'WORK'}",
                        "anna@example.ru"))
                .isEqualTo(
                        "[{'value':'anna@example.ru','enum_code':'WORK'},"
                                + "{'value':'shop@example.ru','enum_code':'PRIV'},{'value':'anna@work.ru','enum_code':'WORK'}]");
    }

    @Test
    void an_email_that_is_there_comes_to_the_front_with_its_kind() {
        assertThat(emails(
                        "{'value':'shop@example.ru','enum_code':'OTHER'},{'value':'Anna@Example.ru','enum_code':'PRIV'}",
                        "anna@example.ru"))
                .isEqualTo("[{'value':'anna@example.ru','enum_code':'PRIV'},"
                        + "{'value':'shop@example.ru','enum_code':'OTHER'}]");
    }

    @Test
    void an_email_that_ident_has_replaced_goes_if_only_we_had_written_it() {
        String held = "{'value':'old@example.ru','enum_code':'WORK'},{'value':'shop@example.ru','enum_code':'PRIV'}";
        assertThat(emails(held, "new@example.ru", "#old@example.ru"))
                .contains("new@", "shop@")
                .doesNotContain("old@");
        assertThat(emails(held, "new@example.ru")).contains("new@", "old@", "shop@");
    }

    @Test
    void new_phones_stand_before_those_that_are_kept_with_their_kinds() {
        assertThat(phones(
                        "{'value':'8 913','enum_id':5,'enum_code':'HOME'},{'value':'1','enum':'FAX'},{'value':'2'}",
                        PHONE))
                .isEqualTo("[{'value':'+79123456789','enum_code':'MOB'},{'value':'8 913','enum_code':'HOME'},"
                        + "{'value':'1','enum_code':'FAX'},{'value':'2'}]");
    }

    @Test
    void a_phone_that_is_there_stays_as_it_was_typed_with_its_extension_and_kind() {
        assertThat(phones(
                        "{'value':'8 913 000-11-22'},{'value':'8 (912) 345-67-89 доб. 12 (мама)','enum_code':'WORK'}",
                        PHONE,
                        "+79140001122"))
                .isEqualTo("[{'value':'8 (912) 345-67-89 доб. 12 (мама)','enum_code':'WORK'},"
                        + "{'value':'+79140001122','enum_code':'MOB'},{'value':'8 913 000-11-22'}]");
    }

    @Test
    void two_of_our_phones_in_one_value_stay_one_value() {
        assertThat(phones(
                        "{'value':'89123456789, 89130001122','enum_code':'HOME'}",
                        PHONE,
                        "+79130001122",
                        "+79140001122"))
                .isEqualTo(
                        "[{'value':'89123456789, 89130001122','enum_code':'HOME'},{'value':'+79140001122','enum_code':'MOB'}]");
    }

    @Test
    void kinds_of_a_clinics_own_field_have_no_code_and_stay() {
        assertThat(sent(
                        formats(FieldType.MULTITEXT, null),
                        EMAIL_FIELD,
                        change(List.of(), "anna@example.ru"),
                        Set.of(),
                        "{'value':'shop@example.ru','enum_id':77,'enum_code':null}"))
                .isEqualTo("[{'value':'anna@example.ru'},{'value':'shop@example.ru','enum_id':77}]");
    }

    @Test
    void a_plain_text_field_holds_all_phones_in_one_text() {
        FieldFormats text = formats(FieldType.TEXT, "EMAIL");
        assertThat(sent(
                        text,
                        AccountFixtures.PHONE_FIELD,
                        change(List.of(PHONE), null),
                        Set.of(),
                        "{'value':'8 913 000-11-22 муж'}"))
                .isEqualTo("[{'value':'+79123456789, 8 913 000-11-22 муж'}]");
        assertThat(new WriteBodies(text)
                        .newContact(new ContactWrite(null, null, "Анна", List.of(PHONE, "+79130001122"), Map.of()))
                        .toString())
                .contains("\"+79123456789, +79130001122\"");
    }

    @Test
    void a_field_that_the_write_leaves_alone_is_not_sent() {
        assertThat(emails("{'value':'shop@example.ru'}", null)).isEmpty();
        assertThat(phones("{'value':'8 913 000-11-22'}")).isEmpty();
    }

    @Provide
    Arbitrary<List<String>> held() {
        return Combinators.combine(
                        Arbitraries.of(
                                "8 912 345-67-89",
                                PHONE,
                                "+79130001122",
                                "89140001122 доб. 7",
                                "секретарь",
                                "8 912 345 67 89, 8 915 000 11 22"),
                        Arbitraries.of("WORK", "MOB", "HOME", "OTHER"))
                .as((value, kind) -> "{'value':'" + value + "','enum_code':'" + kind + "'}")
                .list()
                .uniqueElements()
                .ofMaxSize(5);
    }

    @Provide
    Arbitrary<List<String>> ours() {
        return Arbitraries.of(PHONE, "+79130001122", "+79160001122")
                .list()
                .uniqueElements()
                .ofMinSize(1)
                .ofMaxSize(3);
    }

    /** Whatever a contact holds and IDENT says. */
    @Property(tries = 1_000)
    void all_of_ours_are_there_and_nothing_of_anybody_elses_is_lost(
            @ForAll("held") List<String> held, @ForAll("ours") List<String> ours) {
        String sent = phones(String.join(",", held), ours.toArray(String[]::new));
        List<String> texts = json(sent).findValuesAsText("value");
        Set<String> numbers = new HashSet<>();
        texts.forEach(text -> numbers.addAll(PhoneNumbers.inText(text, "RU")));
        assertThat(numbers).containsAll(ours);
        assertThat(PhoneNumbers.inText(texts.get(0), "RU")).as("ours in front").contains(ours.get(0));
        held.forEach(one -> assertThat(sent).contains(one));
        assertThat(texts).hasSizeLessThanOrEqualTo(held.size() + ours.size());
        assertThat(phones(sent.substring(1, sent.length() - 1), ours.toArray(String[]::new)))
                .as("sent once more")
                .isEqualTo(sent);
    }
}
