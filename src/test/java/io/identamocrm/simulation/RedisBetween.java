package io.identamocrm.simulation;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.redisson.api.RBatch;
import org.redisson.api.RedissonClient;

/** Stands between a process and Redis: before each round trip something may happen. */
final class RedisBetween {

    private static final Map<Class<?>, Class<?>[]> INTERFACES = new ConcurrentHashMap<>();

    private final Consumer<Object[]> before;

    /** Calls this before each round trip, with the arguments of the call. */
    RedisBetween(Consumer<Object[]> before) {
        this.before = before;
    }

    RedissonClient around(RedissonClient redis) {
        return proxy(redis, (method, arguments) -> {
            Object made = method.call(redis, arguments);
            return made instanceof RBatch batch
                    ? batch(batch)
                    : made != null
                                    && made.getClass().getName().startsWith("org.redisson.Redisson")
                                    && !(made instanceof RedissonClient)
                            ? object(made)
                            : made;
        });
    }

    /** What is collected in a batch goes in one round trip. */
    private RBatch batch(RBatch batch) {
        return proxy(batch, (method, arguments) -> {
            if (method.name().equals("execute")) {
                before.accept(new Object[0]);
            }
            return method.call(batch, arguments);
        });
    }

    private Object object(Object made) {
        return proxy(made, (method, arguments) -> {
            if (!method.name().equals("getName")) {
                before.accept(arguments == null ? new Object[0] : arguments);
            }
            return method.call(made, arguments);
        });
    }

    private interface Method {
        String name();

        Object call(Object target, Object[] arguments) throws Throwable;
    }

    private interface Call {
        Object handle(Method method, Object[] arguments) throws Throwable;
    }

    @SuppressWarnings("unchecked")
    private static <T> T proxy(T target, Call call) {
        return (T) Proxy.newProxyInstance(
                RedisBetween.class.getClassLoader(),
                interfacesOf(target.getClass()),
                (self, method, arguments) -> call.handle(
                        new Method() {
                            @Override
                            public String name() {
                                return method.getName();
                            }

                            @Override
                            public Object call(Object on, Object[] with) throws Throwable {
                                try {
                                    return method.invoke(on, with);
                                } catch (InvocationTargetException e) {
                                    throw e.getCause();
                                }
                            }
                        },
                        arguments));
    }

    private static Class<?>[] interfacesOf(Class<?> type) {
        return INTERFACES.computeIfAbsent(type, RedisBetween::findInterfaces);
    }

    private static Class<?>[] findInterfaces(Class<?> type) {
        Set<Class<?>> all = new LinkedHashSet<>();
        for (Class<?> one = type; one != null; one = one.getSuperclass()) {
            for (Class<?> each : one.getInterfaces()) {
                if (each.getName().startsWith("org.redisson.api.")
                        || each.getName().startsWith("java.util.")) {
                    all.add(each);
                }
            }
        }
        return all.toArray(Class<?>[]::new);
    }
}
