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
 * Watches, while the application starts, which objects become the annotated beans, and who had one made before there was
 * anybody to make its proxy. Comes before all other post-processors, or it would not see what they ask for.
 *
 * <p>Threads: any that makes beans. Invariant: what is kept of a bean is the object that its constructor or factory method
 * gave. Consequence: a bean that somebody put into the context as it is, such as a mock, is not among them.
 */
final class EarlyBeans implements BeanDefinitionRegistryPostProcessor, PriorityOrdered {

    private static final StackWalker CALLERS = StackWalker.getInstance();
    private static final String START = "org.springframework.context.support.PostProcessorRegistrationDelegate";
    private static final Set<String> NOT_ASKING = Set.of("org.springframework.", "java.", "jdk.", "sun.");

    /**
     * An annotated bean.
     *
     * @param object before anybody wrapped it
     * @param isEarly whether there was nobody to make its proxy
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
        // It has all it wants.
    }

    /** What became of the definition of a bean; null if nothing was made of it, or it is not annotated. */
    @Nullable
    Made of(String beanName) {
        return made.get(beanName);
    }

    /** Lets go of the beans, once the application has started. */
    void end() {
        isOver = true;
        made.clear();
    }

    /** Who had an early bean made: words for the end of a sentence. */
    String cause(String beanName, Made early) {
        return early.asking != null ? early.asking + " asked for it" : needs(beanName);
    }

    /** Follows the beans that were given this one, to the post-processor that was made first. */
    private String needs(String beanName) {
        Map<String, String> needed = new LinkedHashMap<>(); // who needs it, and which of the beans on the way
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

    /** The code that asked, where that is not Spring's own. */
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

    /** Not a bean, so that it is where it was put. */
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
