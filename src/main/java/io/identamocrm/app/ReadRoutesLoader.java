package io.identamocrm.app;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.apache.camel.CamelContext;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.dsl.yaml.YamlRoutesBuilderLoader;
import org.apache.camel.spi.Resource;
import org.apache.camel.support.service.ServiceHelper;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/**
 * Makes routes of route files that were read already. Camel's own loader reads each file twice, once in search of beans in it, and reading
 * them is a fifth of a start.
 */
final class ReadRoutesLoader extends YamlRoutesBuilderLoader {

    private static final String FILE = "file:";
    private static final String BEANS = "beans";

    /** By the locations that Camel gives them; a file's goes when routes were made of it, since it may be another one next time. */
    private final Map<String, Node> documents = new HashMap<>();

    /** Knows these files; any other is read as Camel does it. */
    ReadRoutesLoader(Map<Path, Node> files) {
        files.forEach((file, document) -> documents.put(FILE + file, document));
    }

    /** Lets a context find it. */
    void bind(CamelContext context) {
        setCamelContext(context);
        context.getRegistry().bind("readRoutesLoader", this);
        ServiceHelper.startService(this);
    }

    @Override
    public void preParseRoute(Resource resource) throws Exception {
        if (mayHoldBeans(documents.get(resource.getLocation()))) {
            super.preParseRoute(resource);
        }
    }

    /** A list of routes and their configurations is all that most files are. */
    private static boolean mayHoldBeans(@Nullable Node document) {
        return !(document instanceof SequenceNode list)
                || list.getValue().stream().anyMatch(ReadRoutesLoader::isBeans);
    }

    private static boolean isBeans(Node item) {
        return item instanceof MappingNode mapping
                && mapping.getValue().stream()
                        .anyMatch(
                                entry -> entry.getKeyNode() instanceof ScalarNode key && BEANS.equals(key.getValue()));
    }

    @Override
    public RouteBuilder doLoadRouteBuilder(Resource resource) throws Exception {
        Node document = documents.remove(resource.getLocation());
        if (document == null) {
            return super.doLoadRouteBuilder(resource);
        }
        LoadSettings labelled =
                LoadSettings.builder().setLabel(resource.getLocation()).build();
        return builder(newYamlDeserializationContext(labelled, resource), document);
    }
}
