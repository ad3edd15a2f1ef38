package io.identamocrm.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.camel.BindToRegistry;
import org.apache.camel.CamelContext;
import org.junit.jupiter.api.Test;

/** The beans beside the routes that name them. */
class ProductBeansTest {

    /** Every way in which the route files name a bean. */
    private static final Pattern NAMED = Pattern.compile("(?:\\bref: |\\bref:\\s+expression: |Ref: "
            + "|circuitBreaker: |aggregationStrategy: |idempotentRepository: |\\$\\{ref:|\"#)(\\w+)");

    private static Set<String> named() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("routes"))) {
            Set<String> named = new TreeSet<>();
            for (Path file : files.filter(path -> path.toString().endsWith(".camel.yaml"))
                    .toList()) {
                NAMED.matcher(Files.readString(file)).results().forEach(match -> named.add(match.group(1)));
            }
            return named;
        }
    }

    private static Stream<Class<?>> makers() {
        return Stream.of(
                ProductBeans.class,
                RuleBeans.class,
                ServiceBeans.class,
                AlertBeans.class,
                TelegramBeans.class,
                MailBeans.class,
                WebhookBeans.class);
    }

    private static List<Method> beans(Class<?> of) {
        return Stream.of(of.getDeclaredMethods())
                .filter(method -> method.isAnnotationPresent(BindToRegistry.class))
                .toList();
    }

    @Test
    void every_bean_that_a_route_names_has_a_method_of_its_name_and_every_other_is_known_to_camel() throws IOException {
        Set<String> made = makers().flatMap(of -> beans(of).stream())
                .map(Method::getName)
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(made).containsAll(named());
        made.removeAll(named());
        assertThat(made)
                .as("found by type or by a name of Camel's own")
                .containsExactly(
                        "amocrmReadiness",
                        "authorisationReadiness",
                        "brakesReadiness",
                        "consoleHeaders",
                        "deadLettersReadiness",
                        "httpThreads",
                        "identForRoutes",
                        "identReadiness",
                        "metricsRegistry",
                        "operations",
                        "receptionsReadiness",
                        "redisReadiness",
                        "smtp",
                        "sql");
    }

    @Test
    void a_bean_has_the_name_of_its_method_alone() {
        assertThat(makers().flatMap(of -> beans(of).stream())).isNotEmpty().allSatisfy(bean -> {
            assertThat(bean.getAnnotation(BindToRegistry.class).value()).isEmpty();
            assertThat(bean.getParameterTypes()).as("Camel's own, if anything").isSubsetOf(CamelContext.class);
        });
    }
}
