package io.identamocrm.routes;

import java.lang.reflect.Method;
import org.apache.camel.BeanScope;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.Expression;
import org.apache.camel.Predicate;
import org.apache.camel.Processor;
import org.apache.camel.RuntimeCamelException;
import org.apache.camel.language.bean.BeanLanguage;
import org.apache.camel.spi.BeanProcessorFactory;
import org.apache.camel.spi.Language;
import org.apache.camel.support.ExpressionAdapter;
import org.apache.camel.support.ExpressionToPredicateAdapter;

/** Takes the place of Camel's way to a bean: a step or an expression {@code ref}, {@code method} is a call of {@code ref.method}. */
final class PlayedBeans implements BeanProcessorFactory, Language {

    // Where Camel puts what a method expression names.
    private static final int METHOD = 2;
    private static final int REF = 4;

    private final Neighbours neighbours;
    private final BeanLanguage bodies = new BeanLanguage();

    PlayedBeans(Neighbours neighbours, CamelContext camel) {
        this.neighbours = neighbours;
        bodies.setCamelContext(camel);
    }

    @Override
    public Processor createBeanProcessor(
            CamelContext context,
            Object bean,
            String beanType,
            Class<?> beanClass,
            String ref,
            String method,
            BeanScope scope) {
        return exchange -> neighbours.step(ref + "." + method, exchange);
    }

    @Override
    public Processor createBeanProcessor(CamelContext context, Object bean, Method method) {
        throw new UnsupportedOperationException("Only steps of routes");
    }

    @Override
    public Expression createExpression(String expression, Object[] properties) {
        if (properties.length <= REF) {
            // Not a step's bean, but a method of the body in a simple expression.
            return bodies.createExpression(expression, properties);
        }
        String name = properties[REF] + "." + properties[METHOD];
        return new ExpressionAdapter() {
            @Override
            public Object evaluate(Exchange exchange) {
                try {
                    return neighbours.call(name, exchange);
                } catch (Exception e) {
                    throw RuntimeCamelException.wrapRuntimeCamelException(e);
                }
            }
        };
    }

    @Override
    public Predicate createPredicate(String expression, Object[] properties) {
        return ExpressionToPredicateAdapter.toPredicate(createExpression(expression, properties));
    }

    @Override
    public Expression createExpression(String expression) {
        throw new UnsupportedOperationException("Only expressions with ref and method");
    }

    @Override
    public Predicate createPredicate(String expression) {
        throw new UnsupportedOperationException("Only expressions with ref and method");
    }
}
