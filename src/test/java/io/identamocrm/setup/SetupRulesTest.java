package io.identamocrm.setup;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.identamocrm.account.FieldMatching;
import io.identamocrm.amocrm.FieldMapping;
import io.identamocrm.model.DealField;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SetupRulesTest {

    @ParameterizedTest
    @CsvSource({
        "myclinic, myclinic, ''",
        "MyClinic.amocrm.ru, myclinic, ''",
        "https://myclinic.amocrm.ru/leads/?x=1, myclinic, ''",
        "https://myclinic.kommo.com, '', https://myclinic.kommo.com",
        "myclinic.kommo.com, '', https://myclinic.kommo.com",
        "http://127.0.0.1:8080/, '', http://127.0.0.1:8080"
    })
    void an_account_is_understood_however_its_address_is_written(String typed, String subdomain, String address) {
        assertThat(AccountAddress.of(typed)).isEqualTo(new AccountAddress(subdomain, address));
    }

    @ParameterizedTest
    @ValueSource(strings = {"my clinic", "моя клиника", "ftp://myclinic.amocrm.ru", "", "a@b", "myclinic/leads"})
    void what_is_no_address_of_an_account_is_refused(String typed) {
        assertThat(AccountAddress.of(typed)).isNull();
    }

    @Test
    void a_login_with_a_domain_is_one_of_windows() {
        assertThat(IdentLogin.of("CLINIC\\reader")).isEqualTo(new IdentLogin("CLINIC", "reader"));
        assertThat(IdentLogin.of("reader")).isEqualTo(new IdentLogin("", "reader"));
        assertThat(IdentLogin.of("CLINIC\\reader").text()).isEqualTo("CLINIC\\reader");
    }

    @Test
    void a_choice_is_meant_by_its_place_its_number_its_name_or_the_names_beginning() {
        List<Option> options = List.of(
                new Option("4401", "Первичные"), new Option("4402", "Повторные"), new Option("4403", "Продажи"));
        for (String typed : List.of("2", "4402", "повторные", "Пов")) {
            assertThat(Option.meant(options, typed)).as(typed).isEqualTo(options.get(1));
        }
        for (String typed : List.of("", "0", "4", "П", "другая")) {
            assertThat(Option.meant(options, typed)).as(typed).isNull();
        }
    }

    private static JsonNode field(long id, String name, String type) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("id", id)
                .put("name", name)
                .put("type", type);
    }

    @Test
    void a_field_is_corrected_by_its_name_and_never_made_two_of_ours_nor_one_that_cannot_hold_the_values() {
        FieldChoice choice = new FieldChoice(new FieldMatching(
                new FieldMapping(Map.of(), Map.of()),
                List.of(field(26, "Номер приёма", "text"), field(5, "Кто принял", "text"), field(6, "Файл", "file")),
                List.of()));
        assertThat(choice.chosen().keySet()).containsExactly(DealField.RECEPTION_ID);
        assertThat(choice.correct("deal.doctor-name=26")).asString().contains("deal.reception-id already");
        assertThat(choice.correct("deal.doctor-name=6")).asString().contains("file");
        assertThat(choice.correct("deal.doctor-name=99")).asString().contains("99");
        assertThat(choice.correct("deal.doctor=5")).asString().contains("deal.doctor ");
        assertThat(choice.correct("deal.doctor-name=5")).isNull();
        assertThat(choice.chosen().get(DealField.DOCTOR_NAME).path("id").asLong())
                .isEqualTo(5);
        assertThat(choice.correct("deal.reception-id=")).isNull();
        assertThat(choice.chosen()).doesNotContainKey(DealField.RECEPTION_ID);
        assertThat(choice.missing()).as("left out on purpose").doesNotContain(DealField.RECEPTION_ID);
    }

    @Test
    void the_file_gets_what_it_does_not_say_already() {
        Answers answers = new Answers(
                Map.of("DB_SERVER", "one", "REDIS_HOST", "shell", "DB_DATABASE", "PZ"),
                Map.of("DB_SERVER", "one", "DB_DATABASE", "PZ"),
                Map.of(
                        "DB_PORT",
                        "1433",
                        "DB_SERVER",
                        "localhost",
                        "REDIS_HOST",
                        "localhost",
                        "DB_DATABASE",
                        "IDENT",
                        "DB_DOMAIN",
                        ""));
        answers.put("DB_SERVER", "one");
        answers.put("DB_PORT", "1433");
        answers.put("DB_DOMAIN", "");
        assertThat(answers.changes()).as("as it is, or by default").isEmpty();
        answers.put("REDIS_HOST", "shell");
        answers.put("DB_DATABASE", "");
        assertThat(answers.changes())
                .as("what only the shell sets is lost with it")
                .isEqualTo(Map.of("REDIS_HOST", "shell", "DB_DATABASE", ""));
        assertThat(answers.shadowed()).isEmpty();
        answers.put("REDIS_HOST", "other");
        assertThat(answers.shadowed()).containsExactly("REDIS_HOST");
        assertThat(answers.variables()).isEqualTo(Map.of("DB_SERVER", "one", "DB_PORT", "1433", "REDIS_HOST", "other"));
    }
}
