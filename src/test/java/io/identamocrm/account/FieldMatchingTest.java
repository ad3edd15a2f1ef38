package io.identamocrm.account;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.identamocrm.account.FieldMatching.Match;
import io.identamocrm.account.FieldMatching.Sign;
import io.identamocrm.amocrm.FieldMapping;
import io.identamocrm.model.ContactField;
import io.identamocrm.model.DealField;
import io.identamocrm.model.MappedField;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class FieldMatchingTest {

    private static JsonNode field(long id, String name, String type, String code) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("id", id)
                .put("name", name)
                .put("type", type)
                .put("code", code);
    }

    private static JsonNode field(long id, String name, String type) {
        return field(id, name, type, null);
    }

    private static FieldMatching of(Map<DealField, Long> set, JsonNode... deals) {
        return new FieldMatching(new FieldMapping(set, Map.of()), List.of(deals), List.of());
    }

    private static Match match(FieldMatching matching, MappedField field) {
        return matching.found().get(field);
    }

    @Test
    void a_setting_goes_before_a_code_and_a_code_before_a_title() {
        JsonNode titled = field(1, "Код приёма IDENT", "text");
        JsonNode coded = field(2, "Что угодно", "text", "IDENT_RECEPTION_ID");
        JsonNode named = field(3, "Моё поле", "text");
        assertThat(match(of(Map.of(DealField.RECEPTION_ID, 3L), titled, coded, named), DealField.RECEPTION_ID))
                .isEqualTo(new Match(named, Sign.SETTING));
        assertThat(match(of(Map.of(), titled, coded, named), DealField.RECEPTION_ID))
                .isEqualTo(new Match(coded, Sign.CODE));
        assertThat(match(of(Map.of(), titled, named), DealField.RECEPTION_ID))
                .isEqualTo(new Match(titled, Sign.OUR_TITLE));
    }

    @Test
    void our_code_is_recognised_with_and_without_underscores() {
        for (String code : List.of("IDENT_RECEPTION_ID", "IDENTRECEPTIONID")) {
            assertThat(match(of(Map.of(), field(1, "x", "text", code)), DealField.RECEPTION_ID)
                            .sign())
                    .isEqualTo(Sign.CODE);
        }
    }

    @Test
    void titles_of_the_older_tool_and_of_people_are_recognised_however_they_are_written() {
        for (String title : List.of(
                "Номер приёма",
                "номер приема",
                "НОМЕР ПРИЁМА:",
                "№ приёма",
                " Номер  приёма ",
                "ID приёма",
                "Reception ID")) {
            assertThat(match(of(Map.of(), field(26, title, "text")), DealField.RECEPTION_ID))
                    .as(title)
                    .isNotNull();
        }
        assertThat(of(Map.of(), field(26, "Номер телефона", "text")).found()).isEmpty();
    }

    @Test
    void a_field_that_cannot_hold_the_values_is_left_alone_even_with_our_code() {
        assertThat(of(Map.of(), field(1, "Номер приёма", "select"), field(2, "x", "date", "IDENT_RECEPTION_ID"))
                        .found())
                .isEmpty();
    }

    @Test
    void of_two_fields_with_one_title_the_one_that_holds_all_values_is_taken() {
        JsonNode number = field(1, "Номер приёма", "numeric");
        JsonNode text = field(2, "Номер приёма", "text");
        assertThat(match(of(Map.of(), number, text), DealField.RECEPTION_ID).definition())
                .isEqualTo(text);
        assertThat(match(of(Map.of(), number), DealField.RECEPTION_ID).definition())
                .isEqualTo(number);
        assertThat(FieldMatching.lossOf(DealField.RECEPTION_ID, number)).isNotEmpty();
        assertThat(FieldMatching.lossOf(DealField.RECEPTION_ID, text)).isEmpty();
    }

    @Test
    void a_field_that_a_setting_names_is_no_other_of_ours() {
        JsonNode doctor = field(28, "Врач", "text");
        FieldMatching matching = of(Map.of(DealField.SERVICE_NAME, 28L), doctor);
        assertThat(matching.found().keySet()).containsExactly(DealField.SERVICE_NAME);
        assertThat(matching.others(true)).isEmpty();
    }

    @Test
    void amocrms_own_phone_and_email_are_recognised_by_their_codes() {
        FieldMatching matching = new FieldMatching(
                new FieldMapping(Map.of(), Map.of()),
                List.of(),
                List.of(field(2, "Tel", "multitext", "PHONE"), field(20, "Mail", "multitext", "EMAIL")));
        assertThat(matching.found().keySet()).containsExactly(ContactField.PHONE, ContactField.EMAIL);
    }

    @Property(tries = 300)
    void no_field_of_the_account_is_two_of_ours_and_every_match_can_hold_the_values(
            @ForAll @Size(max = 20) List<@IntRange(max = 10_000) Integer> seeds) {
        List<MappedField> all = FieldSetup.makeable();
        List<String> types =
                List.of("text", "textarea", "numeric", "select", "date", "date_time", "checkbox", "multitext");
        List<JsonNode> fields = new ArrayList<>();
        for (int seed : seeds) {
            MappedField like = all.get(seed % all.size());
            List<String> titles = FieldTitles.all(like);
            fields.add(field(
                    fields.size() + 1,
                    titles.get(seed / 7 % titles.size()),
                    types.get(seed / 31 % types.size()),
                    seed % 5 == 0 ? FieldMatching.codeOf(like) : null));
        }
        FieldMatching matching = new FieldMatching(new FieldMapping(Map.of(), Map.of()), fields, fields);
        for (boolean deals : new boolean[] {true, false}) {
            assertThat(matching.found().entrySet().stream()
                            .filter(entry -> entry.getKey() instanceof DealField == deals)
                            .map(entry -> entry.getValue().id()))
                    .doesNotHaveDuplicates();
        }
        assertThat(matching.found())
                .allSatisfy((field, match) -> assertThat(FieldMatching.fits(field, match.definition()))
                        .isTrue());
    }
}
