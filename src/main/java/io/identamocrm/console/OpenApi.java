package io.identamocrm.console;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;
import org.apache.camel.CamelContext;
import org.apache.camel.model.ModelCamelContext;
import org.apache.camel.model.rest.ParamDefinition;
import org.apache.camel.model.rest.RestDefinition;
import org.apache.camel.model.rest.RestParamType;
import org.apache.camel.model.rest.VerbDefinition;

/**
 * The API's OpenAPI document, made from the REST definitions as Camel has read them: what routes/console.camel.yaml says is what it says.
 * Camel's own maker of such documents would bring a dozen libraries, which the product would ship for this alone.
 */
public final class OpenApi {

    private static final String JSON = "application/json";

    private final CamelContext camel;
    private final String version;

    /**
     * The document of one context.
     *
     * @param version of the product
     */
    public OpenApi(CamelContext camel, String version) {
        this.camel = camel;
        this.version = version;
    }

    /** The document, in version 3.1 of OpenAPI. */
    public JsonNode document() {
        ObjectNode json = JsonNodeFactory.instance.objectNode().put("openapi", "3.1.0");
        json.putObject("info")
                .put("title", "ident-amocrm")
                .put("version", version)
                .put("description", "What the console shows and does; ids only, no personal values");
        json.putArray("servers").addObject().put("url", "/");
        json.putArray("security").addObject().putArray("password");
        ObjectNode paths = json.putObject("paths");
        for (RestDefinition rest : ((ModelCamelContext) camel).getRestDefinitions()) {
            for (VerbDefinition verb : rest.getVerbs()) {
                if (rest.getPath().startsWith("/api")) {
                    operation(path(paths, rest.getPath() + (verb.getPath() == null ? "" : verb.getPath())), verb);
                }
            }
        }
        ObjectNode components = json.putObject("components");
        components
                .putObject("securitySchemes")
                .putObject("password")
                .put("type", "http")
                .put("scheme", "basic");
        ObjectNode problem = components
                .putObject("schemas")
                .putObject("Problem")
                .put("type", "object")
                .put("description", "RFC 9457")
                .putObject("properties");
        for (String member : new String[] {"type", "title", "detail", "remedy"}) {
            problem.putObject(member).put("type", "string");
        }
        problem.putObject("status").put("type", "integer");
        return json;
    }

    private static ObjectNode path(ObjectNode paths, String path) {
        return paths.has(path) ? (ObjectNode) paths.get(path) : paths.putObject(path);
    }

    private static void operation(ObjectNode path, VerbDefinition verb) {
        ObjectNode operation = path.putObject(verb.asVerb().toLowerCase(Locale.ROOT))
                .put("operationId", verb.getId())
                .put("summary", verb.getDescriptionText());
        for (ParamDefinition param : verb.getParams()) {
            if (param.getType() == RestParamType.body) {
                operation
                        .putObject("requestBody")
                        .put("required", true)
                        .put("description", param.getDescription())
                        .putObject("content")
                        .putObject(JSON)
                        .putObject("schema")
                        .put("type", "object");
            } else {
                operation
                        .withArrayProperty("parameters")
                        .addObject()
                        .put("name", param.getName())
                        .put("in", param.getType().name())
                        .put("required", true)
                        .put("description", param.getDescription())
                        .putObject("schema")
                        .put("type", param.getDataType());
            }
        }
        ObjectNode responses = operation.putObject("responses");
        responses
                .putObject("200")
                .put("description", "The answer")
                .putObject("content")
                .putObject(verb.getProduces() == null ? JSON : verb.getProduces())
                .putObject("schema");
        responses
                .putObject("default")
                .put("description", "What went wrong")
                .putObject("content")
                .putObject("application/problem+json")
                .putObject("schema")
                .put("$ref", "#/components/schemas/Problem");
    }
}
