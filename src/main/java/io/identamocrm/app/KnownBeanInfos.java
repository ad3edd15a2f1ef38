package io.identamocrm.app;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import javax.management.modelmbean.InvalidTargetObjectTypeException;
import javax.management.modelmbean.ModelMBean;
import javax.management.modelmbean.ModelMBeanInfo;
import org.apache.camel.CamelContext;
import org.apache.camel.api.management.ManagedInstance;
import org.apache.camel.api.management.ManagedResource;
import org.apache.camel.api.management.NotificationSenderAware;
import org.apache.camel.support.management.DefaultManagementMBeanAssembler;
import org.apache.camel.support.management.MixinRequiredModelMBean;
import org.jspecify.annotations.Nullable;

/**
 * Makes the JMX beans of steps, with the description of each class made once. Camel's own makes it for each of hundreds of steps, some hundred
 * attributes and operations each time, which is half of what a service does to start.
 */
final class KnownBeanInfos extends DefaultManagementMBeanAssembler {

    private final Map<Class<?>, ModelMBeanInfo> infos = new ConcurrentHashMap<>();

    KnownBeanInfos(CamelContext context) {
        super(context);
    }

    @Override
    public @Nullable ModelMBean assemble(MBeanServer server, Object bean, ObjectName name) throws JMException {
        if (bean instanceof NotificationSenderAware || hasMore(bean)) {
            return super.assemble(server, bean, name);
        }
        ModelMBeanInfo info = infos.get(bean.getClass());
        if (info == null) {
            info = assembler.getMBeanInfo(camelContext, bean, null, name.toString());
            if (info == null) {
                return null;
            }
            infos.put(bean.getClass(), info);
        }
        boolean masked = Boolean.TRUE.equals(
                camelContext.getManagementStrategy().getManagementAgent().getMask());
        ModelMBean made = new MixinRequiredModelMBean(info, masked, null, null);
        try {
            made.setManagedResource(bean, "ObjectReference");
        } catch (InvalidTargetObjectTypeException e) {
            throw new JMException(e.getMessage());
        }
        return made;
    }

    /** A step of a kind that adds attributes of its own to those that all steps have. */
    private static boolean hasMore(Object bean) {
        return bean instanceof ManagedInstance managed
                && managed.getInstance() != null
                && managed.getInstance().getClass().isAnnotationPresent(ManagedResource.class);
    }
}
