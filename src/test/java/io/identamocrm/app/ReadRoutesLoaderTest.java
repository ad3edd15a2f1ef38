package io.identamocrm.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.identamocrm.settings.RouteFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.PluginHelper;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Route files that were read become the same routes as if Camel had read them. */
class ReadRoutesLoaderTest {

    private final DefaultCamelContext context = new DefaultCamelContext();

    @TempDir
    private Path routes;

    private Path file;

    @BeforeEach
    void name() {
        file = routes.resolve("greeting.camel.yaml");
    }

    @AfterEach
    void close() throws IOException {
        context.close();
    }

    private void write(String greeting, String more) throws IOException {
        Files.writeString(file, """
                - route:
                    id: greeting
                    description: Says so
                    from:
                      uri: direct:greet
                      steps:
                        - setBody:
                            simple: "%s"
                """.formatted(greeting) + more);
    }

    private void read() {
        new ReadRoutesLoader(RouteFiles.of(routes).documents()).bind(context);
    }

    private void load() throws Exception {
        PluginHelper.getRoutesLoader(context)
                .loadRoutes(PluginHelper.getResourceLoader(context).resolveResource("file:" + file));
    }

    private String greeting() {
        context.start();
        return context.createProducerTemplate().requestBody("direct:greet", null, String.class);
    }

    @Test
    void a_file_is_not_read_a_second_time() throws Exception {
        write("Good morning", "");
        read();
        write("Good night", "");
        load();
        assertThat(greeting()).isEqualTo("Good morning");
        assertThat(context.getRouteDefinition("greeting").getDescriptionText()).isEqualTo("Says so");
        assertThat(context.getRoute("greeting").getSourceLocation()).contains("greeting.camel.yaml:");
    }

    @Test
    void a_file_that_is_loaded_again_is_read_again() throws Exception {
        write("Good morning", "");
        read();
        load();
        context.removeRoute("greeting");
        write("Good night", "");
        load();
        assertThat(greeting()).isEqualTo("Good night");
    }

    @Test
    void a_file_that_came_later_is_read() throws Exception {
        read();
        write("Good morning", "");
        load();
        assertThat(greeting()).isEqualTo("Good morning");
    }

    @Test
    void beans_in_a_file_are_there_before_its_routes() throws Exception {
        write("${bean:whoever?method=isLowerCase}", """
                - beans:
                    - name: whoever
                      type: org.apache.camel.support.DefaultHeaderFilterStrategy
                      properties:
                        lowerCase: true
                """);
        read();
        load();
        assertThat(greeting()).isEqualTo("true");
    }

    @Test
    void what_is_no_yaml_is_told_by_camel() throws Exception {
        write("Good morning", "\t- route: {");
        read();
        assertThatThrownBy(this::load).hasStackTraceContaining("greeting.camel.yaml, line ");
    }
}
