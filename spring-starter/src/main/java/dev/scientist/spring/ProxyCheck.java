package dev.scientist.spring;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.aop.framework.Advised;
import org.springframework.aop.support.AopUtils;
import org.springframework.beans.factory.FactoryBean;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;

/**
 * Checks the proxies of annotated singletons when all have been created. It refuses a bean that callers get
 * without the annotation's advice, so that no candidate would ever run, but only if that is certain, because a
 * bean that was wrapped or replaced by the application is the application's affair. It warns of retry advice
 * outside the annotation's advice.
 */
final class ProxyCheck {

    private static final Logger log = LoggerFactory.getLogger(ParallelRun.class);
    private static final String MOCK = "$MockitoMock$"; // part of the names of the classes that Mockito creates

    private final ConfigurableListableBeanFactory beans;
    private final EarlyBeans early;

    ProxyCheck(ConfigurableListableBeanFactory beans, EarlyBeans early) {
        this.beans = beans;
        this.early = early;
    }

    /**
     * Whether the annotations of a bean are not checked, because it is a mock or another object that was registered as
     * it is: it has no proxy, and no candidate ever runs. Most mocks are objects of the mocked class itself, and look
     * like any other object that was registered.
     */
    boolean isLeftAlone(String beanName, Class<?> type) {
        if (type.getName().contains(MOCK)) {
            return true;
        }
        Object bean = beans.getSingleton(beanName);
        return bean != null
                && !(bean instanceof FactoryBean)
                && !AopUtils.isAopProxy(bean)
                && early.of(beanName) == null;
    }

    /**
     * Checks the bean of a primary.
     *
     * @throws WrongWiringException if it is an existing singleton and none of its proxies has the advice
     */
    void check(Place place) {
        EarlyBeans.Made made = early.of(place.bean());
        Object bean = beans.getSingleton(place.bean());
        Object bare = bean == null ? null : withoutAdvice(bean, place.wiring());
        if (made == null || bare != made.object()) {
            return;
        }
        if (made.isEarly()) {
            throw place.wrong(
                    "The bean was made before anybody makes proxies, so that nothing would run beside the method: "
                            + early.cause(place.bean(), made) + ".",
                    "Let what is made so early take the bean later, as an ObjectProvider or a parameter with @Lazy; make a"
                            + " @Bean method of a post-processor static, where its class needs the bean; or run a"
                            + " dev.scientist.Experiment in the code of the method.");
        }
        throw place.wrong(
                "The bean has no proxy with the advice of the annotation, so that nothing would run beside the method:"
                        + " Spring makes none for aspects, advice and post-processors, nor where somebody else's proxies are"
                        + " made instead.",
                "Move the method to another bean, or run a dev.scientist.Experiment in its code.");
    }

    /** Ends the watch over early beans, because the start is over. */
    void end() {
        early.end();
    }

    /**
     * The object behind all proxies of a bean; null if one of them has the advice, or does not tell what is behind it.
     */
    private static @Nullable Object withoutAdvice(Object bean, Wiring wiring) {
        Object behind = bean;
        String retry = null;
        while (behind instanceof Advised proxy) {
            String around = AroundRetries.outside(proxy, wiring);
            retry = around == null ? retry : around;
            if (AroundRetries.placeOfOwn(proxy.getAdvisors()) >= 0) {
                warnOf(retry, wiring);
                return null;
            }
            if (!proxy.getTargetSource().isStatic()) {
                return null;
            }
            try {
                behind = proxy.getTargetSource().getTarget();
            } catch (Exception untold) { // a static source does not throw
                return null;
            }
        }
        return behind;
    }

    private static void warnOf(@Nullable String retry, Wiring wiring) {
        if (retry != null) {
            log.warn(
                    "experiment {}: {} is around @ParallelRun on {}, and cannot be put behind it: each of its attempts is a call"
                            + " of the experiment, with a verdict of its own. Leave the proxy of the bean to Spring's own, not"
                            + " frozen, or run a dev.scientist.Experiment around the retries",
                    wiring.name(),
                    retry,
                    Signature.of(wiring.method()));
        }
    }
}
