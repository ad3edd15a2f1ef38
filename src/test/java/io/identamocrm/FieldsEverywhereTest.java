package io.identamocrm;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.identamocrm.clinic.SampleClinic;
import io.identamocrm.demo.EmbeddedSetUp;
import io.identamocrm.demo.SandboxFields;
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
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** A field of ours stands wherever a clinic, an engineer or a test looks for it; CONTRIBUTING says where that is. */
class FieldsEverywhereTest {

    /** Not in the sandbox's account: who wants to try them makes them. */
    private static final Set<MappedField> MADE_BY_WHO_WANTS_THEM = Set.of(DealField.SYNC_STATE);

    @Test
    void each_has_a_setting() throws IOException {
        List<String> lines = Files.readAllLines(Path.of("config/application.properties"));
        assertThat(MappedField.all())
                .map(FieldsEverywhereTest::setting)
                .filteredOn(setting -> lines.stream().noneMatch(line -> line.startsWith(setting)))
                .as("settings that config/application.properties lacks")
                .isEmpty();
    }

    private static String setting(MappedField field) {
        return (field instanceof DealField ? "amocrm.deal-field." : "amocrm.contact-field.")
                + field.key().replace('_', '-') + " = {{" + SandboxFields.variable(field) + ":";
    }

    @Test
    void each_stands_in_the_rules() throws IOException {
        String rules = Files.readString(Path.of("docs/rules.md"));
        Matcher paragraph = Pattern.compile("(?s)\\*\\*Field mapping\\.\\*\\* Contact: (.*?) Deal:(.*?)\n\n")
                .matcher(rules);
        assertThat(paragraph.find()).isTrue();
        assertThat(MappedField.all())
                .filteredOn(field -> !Pattern.compile("\\b" + field.key() + "\\b")
                        .matcher(paragraph.group(field instanceof DealField ? 2 : 1))
                        .find())
                .map(SandboxFields::variable)
                .as("fields that docs/rules.md, Field mapping, does not name")
                .isEmpty();
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
                    .filteredOn(field -> {
                        String id = variables.get(SandboxFields.variable(field));
                        return id == null
                                || !ids.get(field instanceof DealField).contains(Long.valueOf(id));
                    })
                    .map(SandboxFields::variable)
                    .as("fields that the sandbox's account lacks")
                    .isEmpty();
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
