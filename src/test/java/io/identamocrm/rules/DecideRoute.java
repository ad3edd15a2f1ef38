package io.identamocrm.rules;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.identamocrm.app.RuleBeans;
import io.identamocrm.model.CanonicalForm;
import io.identamocrm.model.CrmSnapshot;
import io.identamocrm.model.Decision;
import io.identamocrm.model.Delivered;
import io.identamocrm.model.Fingerprint;
import io.identamocrm.model.Fixtures;
import io.identamocrm.model.Reception;
import io.identamocrm.model.RefusedFields;
import io.identamocrm.model.SyncPolicy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.camel.CamelContext;
import org.apache.camel.CamelExecutionException;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;

/**
 * The routes that decide, as they stand in {@code routes/decide.camel.yaml}, with the rules they name and nothing else: what the product
 * runs for each reception and patient, fast enough for thousands of generated ones.
 */
public final class DecideRoute {

    private static final Path FILE = Path.of("routes/decide.camel.yaml");
    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());
    private static ProducerTemplate template;

    private DecideRoute() {}

    /** Decides a reception at {@link Fixtures#NOW}. */
    public static Decision decide(
            SyncPolicy policy,
            CanonicalForm form,
            Fingerprint fingerprint,
            Reception reception,
            CrmSnapshot snapshot,
            Delivered last) {
        return decide(caseOf(policy, form, fingerprint, reception, snapshot, last))
                .decision();
    }

    /** A reception that no step has seen yet. */
    static ReceptionCase caseOf(
            SyncPolicy policy,
            CanonicalForm form,
            Fingerprint fingerprint,
            Reception reception,
            CrmSnapshot snapshot,
            Delivered last) {
        return new ReceptionCase(
                reception,
                last == null ? Map.of() : Map.of(reception.id(), last),
                null,
                PatientKeys.of(reception, policy, form, fingerprint),
                new DecisionBasis(
                        policy, form, fingerprint, snapshot, Fixtures.NOW, false, false, RefusedFields.NONE, Set.of()));
    }

    /** Sends a case through its route. */
    public static SyncCase decide(SyncCase one) {
        return decide(template(), one);
    }

    /** Sends a case through its route of a context. */
    static SyncCase decide(ProducerTemplate camel, SyncCase one) {
        String route = one instanceof ReceptionCase ? "direct:decide" : "direct:decide-patient";
        try {
            return camel.requestBody(route, one, SyncCase.class);
        } catch (CamelExecutionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }

    private static synchronized ProducerTemplate template() {
        if (template == null) {
            // Started once and never stopped: it has no threads, and every test of the rules needs it.
            CamelContext camel = loaded();
            camel.start();
            template = camel.createProducerTemplate();
        }
        return template;
    }

    /** A context with the routes and rules, not started yet; each bean is the class of its name. */
    static DefaultCamelContext loaded() {
        return loaded(file());
    }

    /** The same with an edited text of the file. */
    static DefaultCamelContext loaded(String file) {
        DefaultCamelContext camel = new DefaultCamelContext();
        camel.disableJMX();
        camel.setAllowUseOriginalMessage(true);
        try {
            camel.getRegistry().bind("dealMissing", new RuleBeans().dealMissing());
            for (String bean : beans()) {
                camel.getRegistry()
                        .bind(
                                bean,
                                Class.forName(DecideRoute.class.getPackageName() + "."
                                                + Character.toUpperCase(bean.charAt(0)) + bean.substring(1))
                                        .getConstructor()
                                        .newInstance());
            }
            PluginHelper.getRoutesLoader(camel)
                    .loadRoutes(ResourceHelper.fromBytes(
                            FILE.getFileName().toString(), file.getBytes(StandardCharsets.UTF_8)));
        } catch (Exception e) {
            throw new IllegalStateException(FILE + " does not load", e);
        }
        return camel;
    }

    /** The file as it stands. */
    static String file() {
        try {
            return Files.readString(FILE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The beans that the file names as steps. */
    static Set<String> beans() throws IOException {
        Set<String> beans = new TreeSet<>();
        for (JsonNode step : YAML.readTree(file()).findValues("bean")) {
            beans.add(step.path("ref").asText());
        }
        return beans;
    }
}
