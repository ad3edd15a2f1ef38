package io.identamocrm;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.identamocrm.clinic.SampleClinic;
import io.identamocrm.demo.EmbeddedSetUp;
import io.identamocrm.model.DealField;
import io.identamocrm.model.MappedField;
import io.identamocrm.sandbox.AmoSandbox;
import io.identamocrm.sandbox.SandboxOptions;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A field of ours stands wherever a clinic, an engineer or a test looks for it; CONTRIBUTING says where that is. */
class FieldsEverywhereTest {

    /** Not in the sandbox's account: who wants to try them makes them. */
    private static final Set<MappedField> MADE_BY_WHO_WANTS_THEM = Set.of(DealField.SYNC_STATE);

    static List<MappedField> all() {
        return MappedField.all();
    }

    private static String variable(MappedField field) {
        return (field instanceof DealField ? "AMOCRM_DEAL_FIELD_" : "AMOCRM_CONTACT_FIELD_") + field.name();
    }

    @ParameterizedTest
    @MethodSource("all")
    void it_has_a_setting(MappedField field) throws IOException {
        String property = (field instanceof DealField ? "amocrm.deal-field." : "amocrm.contact-field.")
                + field.key().replace('_', '-') + " = {{" + variable(field) + ":";
        assertThat(Files.readString(Path.of("config/application.properties"))).contains(property);
    }

    @ParameterizedTest
    @MethodSource("all")
    void it_stands_in_the_rules(MappedField field) throws IOException {
        String rules = Files.readString(Path.of("docs/rules.md"));
        int begin = rules.indexOf("**Field mapping.**");
        assertThat(begin).isPositive();
        assertThat(rules.substring(begin, rules.indexOf("\n\n", begin))).containsPattern("\\b" + field.key() + "\\b");
    }

    @Test
    void the_sandboxs_account_has_them_all() throws Exception {
        try (EmbeddedSetUp setUp = new EmbeddedSetUp(SampleClinic.inMemory(), SandboxOptions.standard())) {
            Map<String, String> variables = setUp.variables();
            Map<Boolean, List<Long>> ids = Map.of(
                    true, idsOfFields(setUp.sandbox().baseUrl(), "leads"),
                    false, idsOfFields(setUp.sandbox().baseUrl(), "contacts"));
            assertThat(MappedField.all())
                    .filteredOn(field -> !MADE_BY_WHO_WANTS_THEM.contains(field))
                    .allSatisfy(field -> assertThat(ids.get(field instanceof DealField))
                            .contains(Long.valueOf(variables.get(variable(field)))));
        }
    }

    private static List<Long> idsOfFields(String account, String entity) throws IOException, InterruptedException {
        HttpResponse<String> page = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(account + "/api/v4/" + entity + "/custom_fields?limit=250"))
                                .header("Authorization", "Bearer " + AmoSandbox.TOKEN)
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
        List<Long> ids = new ArrayList<>();
        new ObjectMapper()
                .readTree(page.body())
                .at("/_embedded/custom_fields")
                .forEach(field -> ids.add(field.get("id").asLong()));
        return ids;
    }
}
