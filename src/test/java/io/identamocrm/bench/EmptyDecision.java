package io.identamocrm.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.apache.camel.Body;
import org.apache.camel.ExchangePattern;
import org.apache.camel.Predicate;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;

/**
 * What the route {@code decide} costs by itself: all its steps, none of which does anything, as part of a split like the one that it is
 * called from. In a process of its own, with the options of the launcher.
 */
public final class EmptyDecision {

    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());
    private static final int CHUNKS = 200;
    private static final int CHUNK = 200;
    private static final int ROUNDS = 4;
    private static final int HEADERS = 6;

    private EmptyDecision() {}

    /** A step that does nothing. */
    public static final class Nothing {

        /** Gives back what it takes. */
        public Object keep(@Body Object one) {
            return one;
        }
    }

    /** Milliseconds of processor for each reception, once everything is compiled. */
    static double milliseconds() throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx96m",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        EmptyDecision.class.getName())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IllegalStateException("The empty decision ended with " + process.exitValue());
        }
        return Double.parseDouble(said.strip());
    }

    /** Prints the figure. */
    public static void main(String[] arguments) throws Exception {
        try (DefaultCamelContext camel = new DefaultCamelContext()) {
            camel.disableJMX();
            camel.setAllowUseOriginalMessage(true);
            camel.getRegistry().bind("nothing", new Nothing());
            camel.getRegistry().bind("dealMissing", (Predicate) step -> false);
            PluginHelper.getRoutesLoader(camel).loadRoutes(ResourceHelper.fromBytes("decide.camel.yaml", emptied()));
            camel.addRoutes(new RouteBuilder() {
                @Override
                public void configure() {
                    from("direct:chunk")
                            .split(body())
                            .to(ExchangePattern.InOnly, "direct:decide")
                            .end();
                }
            });
            camel.start();
            System.out.println(measured(camel.createProducerTemplate()));
        }
    }

    private static double measured(ProducerTemplate camel) {
        Map<String, Object> headers = new HashMap<>();
        LongStream.range(0, HEADERS).forEach(number -> headers.put("header" + number, number));
        List<Long> chunk = LongStream.range(0, CHUNK).boxed().toList();
        double milliseconds = 0;
        for (int round = 0; round < ROUNDS; round++) {
            long before = processorNanos();
            for (int i = 0; i < CHUNKS; i++) {
                camel.requestBodyAndHeaders("direct:chunk", chunk, headers);
            }
            milliseconds = (processorNanos() - before) / 1e6 / CHUNKS / CHUNK;
        }
        return milliseconds;
    }

    private static long processorNanos() {
        return ManagementFactory.getPlatformMXBean(com.sun.management.OperatingSystemMXBean.class)
                .getProcessCpuTime();
    }

    /** The file, each of its beans replaced. */
    private static byte[] emptied() throws IOException {
        JsonNode file = YAML.readTree(Path.of("routes/decide.camel.yaml").toFile());
        file.findValues("bean")
                .forEach(step -> ((ObjectNode) step).put("ref", "nothing").put("method", "keep"));
        return YAML.writeValueAsBytes(file);
    }
}
