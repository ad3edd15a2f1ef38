package io.identamocrm.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.management.Descriptor;
import javax.management.MBeanFeatureInfo;
import javax.management.MBeanInfo;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.Test;

/** An operator finds in JMX what Camel would have put there. */
class KnownBeanInfosTest {

    private static final MBeanServer SERVER = ManagementFactory.getPlatformMBeanServer();

    private static DefaultCamelContext started(String name, boolean known) throws Exception {
        DefaultCamelContext context = new DefaultCamelContext();
        context.getCamelContextExtension().setName(name);
        if (known) {
            context.getCamelContextExtension().setManagementMBeanAssembler(new KnownBeanInfos(context));
        }
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:one")
                        .routeId("one")
                        .choice()
                        .when(body().isNull())
                        .log("nothing")
                        .id("first")
                        .otherwise()
                        .log("something")
                        .id("second")
                        .end()
                        .split(body())
                        .to("direct:two");
                from("direct:two").routeId("two").delay(0).loop(2).setBody(constant("x"));
                from("seda:three?concurrentConsumers=2")
                        .routeId("three")
                        .throttle(5)
                        .to("direct:one");
            }
        });
        context.start();
        return context;
    }

    private static String described(MBeanFeatureInfo feature) {
        Descriptor descriptor = feature.getDescriptor();
        return feature + " " + descriptor.getFieldValue("mask");
    }

    private static String described(MBeanInfo info) {
        return info.getClassName() + " " + info.getDescription() + "\n"
                + Stream.of(info.getAttributes(), info.getOperations(), info.getNotifications())
                        .flatMap(Stream::of)
                        .map(KnownBeanInfosTest::described)
                        .sorted()
                        .collect(Collectors.joining("\n"));
    }

    /** All of a context's beans, by their names without what each context and object has of its own. */
    private static Map<String, String> beans(DefaultCamelContext of) throws Exception {
        String context = of.getName();
        Map<String, String> beans = new TreeMap<>();
        for (ObjectName name : SERVER.queryNames(new ObjectName("org.apache.camel:context=" + context + ",*"), null)) {
            beans.put(
                    name.toString().replace(context, "-").replaceAll("0x[0-9a-f]+|\\d+", ""),
                    described(SERVER.getMBeanInfo(name)));
        }
        return beans;
    }

    @Test
    void each_bean_has_the_attributes_operations_and_masks_that_camel_gives_it() throws Exception {
        try (DefaultCamelContext camels = started("camels", false);
                DefaultCamelContext ours = started("ours", true)) {
            Map<String, String> known = beans(ours);
            Map<String, String> usual = beans(camels);
            // The assembler is one too, which Camel's own is not.
            known.remove("org.apache.camel:context=-,type=services,name=KnownBeanInfos");
            assertThat(usual).hasSizeGreaterThan(15);
            assertThat(known.keySet()).isEqualTo(usual.keySet());
            usual.forEach(
                    (name, described) -> assertThat(known.get(name)).as(name).isEqualTo(described));
        }
    }

    @Test
    void steps_of_one_kind_answer_for_themselves() throws Exception {
        try (DefaultCamelContext context = started("ours", true)) {
            context.createProducerTemplate().sendBody("direct:one", "something");
            for (String id : new String[] {"first", "second"}) {
                ObjectName name = SERVER.queryNames(
                                new ObjectName("org.apache.camel:context=ours,type=processors,name=\"" + id + "\""),
                                null)
                        .iterator()
                        .next();
                assertThat(SERVER.getAttribute(name, "ProcessorId")).isEqualTo(id);
                assertThat(SERVER.getAttribute(name, "ExchangesTotal")).isEqualTo(id.equals("second") ? 1L : 0L);
                SERVER.invoke(name, "reset", null, null);
                assertThat(SERVER.getAttribute(name, "ExchangesTotal")).isEqualTo(0L);
            }
        }
    }
}
