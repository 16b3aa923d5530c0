package dev.scientist.spring;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.aop.framework.autoproxy.AbstractAutoProxyCreator;
import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.beans.factory.config.InstantiationAwareBeanPostProcessor;
import org.springframework.beans.factory.support.AbstractBeanFactory;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.beans.factory.support.BeanDefinitionRegistryPostProcessor;
import org.springframework.core.Ordered;
import org.springframework.core.PriorityOrdered;

/**
 * Records, while the application starts, the objects that become annotated beans, and which code asked for
 * one before any post-processor could make its proxy. It comes before all other post-processors, or it
 * would not see what they ask for.
 *
 * <p>Threads: any that creates beans. Invariant: the object that is kept of a bean is the one that its constructor or
 * factory method returned. Consequence: a bean that somebody registered as an object, such as a mock, is not recorded.
 */
final class EarlyBeans implements BeanDefinitionRegistryPostProcessor, PriorityOrdered {

    private static final StackWalker CALLERS = StackWalker.getInstance();
    private static final String START = "org.springframework.context.support.PostProcessorRegistrationDelegate";
    private static final Set<String> NOT_ASKING = Set.of("org.springframework.", "java.", "jdk.", "sun.");

    /**
     * An annotated bean.
     *
     * @param object the object before anything wrapped it
     * @param isEarly whether it was created before anything could make its proxy
     * @param asking the class whose code asked for it early; null if none is known
     */
    record Made(Object object, boolean isEarly, @Nullable String asking) {}

    private final ConfigurableListableBeanFactory beans;
    private final AnnotatedMethods annotated;
    private final Map<String, Made> made = new ConcurrentHashMap<>();
    private volatile boolean isOver;

    EarlyBeans(ConfigurableListableBeanFactory beans, AnnotatedMethods annotated) {
        this.beans = beans;
        this.annotated = annotated;
    }

    @Override
    public int getOrder() {
        return HIGHEST_PRECEDENCE;
    }

    @Override
    public void postProcessBeanDefinitionRegistry(BeanDefinitionRegistry registry) {
        for (String name : beans.getSingletonNames()) {
            Object bean = beans.getSingleton(name);
            if (bean != null
                    && beans.containsBeanDefinition(name)
                    && !annotated.of(bean.getClass()).isEmpty()) {
                made.put(name, new Made(bean, true, null));
            }
        }
        beans.addBeanPostProcessor(new Watch());
    }

    @Override
    public void postProcessBeanFactory(ConfigurableListableBeanFactory factory) {
        // Everything is done in postProcessBeanDefinitionRegistry.
    }

    /**
     * The object that was created for a bean, with how it came about; null if none was, or if
     * the bean is not annotated.
     */
    @Nullable
    Made of(String beanName) {
        return made.get(beanName);
    }

    /** Releases the beans when the application has started. */
    void end() {
        isOver = true;
        made.clear();
    }

    /** A phrase for the end of a sentence that says why a bean was created early. */
    String cause(String beanName, Made early) {
        return early.asking != null ? early.asking + " asked for it" : needs(beanName);
    }

    /** Follows the beans that depend on this one to the nearest post-processor among them. */
    private String needs(String beanName) {
        // from a bean to the bean that it needs, one step nearer to the early one
        Map<String, String> needed = new LinkedHashMap<>();
        Deque<String> open = new ArrayDeque<>(Set.of(beanName));
        while (!open.isEmpty()) {
            String name = open.remove();
            Class<?> type = beans.containsBean(name) ? beans.getType(name, false) : null;
            if (type != null && !name.equals(beanName) && isPostProcessor(type)) {
                StringBuilder path = new StringBuilder();
                for (String next = needed.get(name); !beanName.equals(next); next = needed.get(next)) {
                    path.append(" by way of \"").append(next).append('"');
                }
                return "the post-processor \"" + name + "\" (" + type.getName() + ") needs it" + path;
            }
            for (String dependent : beans.getDependentBeans(name)) {
                if (!dependent.equals(beanName) && needed.putIfAbsent(dependent, name) == null) {
                    open.add(dependent);
                }
            }
        }
        return "who needed it is not known";
    }

    private static boolean isPostProcessor(Class<?> type) {
        return BeanPostProcessor.class.isAssignableFrom(type) || BeanFactoryPostProcessor.class.isAssignableFrom(type);
    }

    private boolean areProxiesMade() {
        return beans instanceof AbstractBeanFactory factory
                && factory.getBeanPostProcessors().stream().anyMatch(AbstractAutoProxyCreator.class::isInstance);
    }

    /** The class that asked for the bean, from the stack; null if only Spring's own code did. */
    private static @Nullable String asking() {
        return CALLERS.walk(frames -> frames.map(StackWalker.StackFrame::getClassName)
                .takeWhile(name -> !name.equals(START))
                .filter(name -> !name.equals(EarlyBeans.class.getName())
                        && !name.equals(Watch.class.getName())
                        && NOT_ASKING.stream().noneMatch(name::startsWith))
                .map(name -> name.replaceFirst("\\$\\$.*", ""))
                .findFirst()
                .orElse(null));
    }

    /**
     * Sees each bean right after its instantiation. It is registered as an object and not as a bean,
     * so that it keeps its position.
     */
    private final class Watch implements InstantiationAwareBeanPostProcessor, Ordered {

        @Override
        public int getOrder() {
            return HIGHEST_PRECEDENCE;
        }

        @Override
        public boolean postProcessAfterInstantiation(Object bean, String beanName) {
            if (!isOver && !annotated.of(bean.getClass()).isEmpty()) {
                boolean isEarly = !areProxiesMade();
                made.put(beanName, new Made(bean, isEarly, isEarly ? asking() : null));
            }
            return true;
        }
    }
}
