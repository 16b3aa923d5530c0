package dev.scientist.spring;

import dev.scientist.Scientist;
import java.util.Arrays;
import java.util.List;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.beans.factory.support.AbstractBeanDefinition;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ApplicationListener;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.core.PriorityOrdered;

/**
 * Drains the {@link Scientist} of a context as the first thing when the context is closed, and closes it before any
 * bean is destroyed. Spring's own pools refuse work from the {@link ContextClosedEvent} on, or soon after it, and a
 * candidate whose work they refuse has done nothing wrong; so no candidate is running any more when the pools are told.
 * Until the web server has stopped, callers still get their primary's answer, and the meters go on showing these calls.
 *
 * <p>Threads: the one that closes the context, and those that stop it for a while. Invariant: a Scientist is
 * drained and closed here only when its context is closed for good. Consequence: a context that is stopped and
 * started again goes on with its experiments.
 */
final class Drain implements SmartLifecycle, ApplicationListener<ContextClosedEvent>, PriorityOrdered {

    /**
     * The phase after those of the web server: Spring Boot stops taking requests at 1024 below the default phase, and
     * stops the web server at 2048 below it.
     */
    static final int PHASE = DEFAULT_PHASE - 3072;

    private final ApplicationContext context;
    private final ConfigurableListableBeanFactory beans;
    private volatile boolean isRunning;
    private volatile boolean isClosing;

    Drain(ApplicationContext context, ConfigurableListableBeanFactory beans) {
        this.context = context;
        this.beans = beans;
    }

    /** Comes before the pools, which have no order and so come last. */
    @Override
    public int getOrder() {
        return HIGHEST_PRECEDENCE;
    }

    /** Drains when the event arrives, which is published before anything is stopped. */
    @Override
    public void onApplicationEvent(ContextClosedEvent event) {
        if (event.getApplicationContext() == context) { // not a child context
            isClosing = true;
            closedWithTheContext().forEach(Scientist::drain);
        }
    }

    /** Returns false, because the later listeners, and what is stopped afterwards, have to wait for the drain. */
    @Override
    public boolean supportsAsyncExecution() {
        return false;
    }

    @Override
    public void start() {
        isRunning = true;
    }

    @Override
    public void stop() {
        if (isClosing) {
            isRunning = false;
            closedWithTheContext().forEach(Scientist::close);
        }
    }

    /** The Scientists that exist already; none is created. */
    private List<Scientist> closedWithTheContext() {
        return Arrays.stream(beans.getBeanNamesForType(Scientist.class, false, false))
                .filter(name -> beans.containsSingleton(name) && isClosedWithTheContext(name))
                .map(name -> beans.getBean(name, Scientist.class))
                .toList();
    }

    /**
     * Whether Spring closes a Scientist with the context. The application may have declared its own with another
     * destroy method or with none, to be left alone.
     */
    private boolean isClosedWithTheContext(String name) {
        String method = beans.containsBeanDefinition(name)
                ? beans.getMergedBeanDefinition(name).getDestroyMethodName()
                : "";
        return method == null || method.equals(AbstractBeanDefinition.INFER_METHOD) || method.equals("close");
    }

    @Override
    public boolean isRunning() {
        return isRunning;
    }

    @Override
    public int getPhase() {
        return PHASE;
    }
}
