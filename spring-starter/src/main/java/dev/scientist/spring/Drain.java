package dev.scientist.spring;

import dev.scientist.Scientist;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.beans.factory.support.AbstractBeanDefinition;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ApplicationListener;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.event.ContextClosedEvent;

/**
 * Closes the {@link Scientist} of a context that is being closed while every bean is still there: candidates may be in
 * flight in beans that were made after it, such as lazy ones, and Spring destroys those first. The web server has stopped by
 * then, so that only what is not a request still calls.
 *
 * <p>Threads: the one that closes the context, and those that stop it for a while. Invariant: a Scientist is closed here only
 * when its context is closed for good. Consequence: a context that is stopped and started again goes on with its experiments.
 */
final class Drain implements SmartLifecycle, ApplicationListener<ContextClosedEvent> {

    /** Spring Boot stops taking requests at 1024 below the default phase, and the web server at 2048. */
    static final int PHASE = DEFAULT_PHASE - 3072;

    private final ApplicationContext context;
    private final ConfigurableListableBeanFactory beans;
    private volatile boolean isRunning;
    private volatile boolean isClosing;

    Drain(ApplicationContext context, ConfigurableListableBeanFactory beans) {
        this.context = context;
        this.beans = beans;
    }

    /** Published before anything is stopped. */
    @Override
    public void onApplicationEvent(ContextClosedEvent event) {
        if (event.getApplicationContext() == context) { // and not a child
            isClosing = true;
        }
    }

    /** What is stopped next has to know. */
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
            for (String name : beans.getBeanNamesForType(Scientist.class, false, false)) {
                if (beans.containsSingleton(name) && isClosedWithTheContext(name)) {
                    beans.getBean(name, Scientist.class).close();
                }
            }
        }
    }

    /** Not one of the application's own that it said to leave alone. */
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
