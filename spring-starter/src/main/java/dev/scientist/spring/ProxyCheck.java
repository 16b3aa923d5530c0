package dev.scientist.spring;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.aop.framework.Advised;
import org.springframework.aop.support.AopUtils;
import org.springframework.beans.factory.FactoryBean;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;

/**
 * Looks at the proxies of annotated singletons, when all have been made. Refuses those that callers have without the advice,
 * so that nothing would ever run beside them; but only where it is sure, for a bean that somebody else wrapped or replaced is
 * theirs. Warns where advice that retries is around that of the annotation.
 */
final class ProxyCheck {

    private static final Logger log = LoggerFactory.getLogger(ParallelRun.class);
    private static final String MOCK = "$MockitoMock$"; // in the names of the classes that Mockito makes

    private final ConfigurableListableBeanFactory beans;
    private final EarlyBeans early;

    ProxyCheck(ConfigurableListableBeanFactory beans, EarlyBeans early) {
        this.beans = beans;
        this.early = early;
    }

    /**
     * Whether nothing is asked of the annotations of a bean: it is a mock, or another object that somebody put into the
     * context as it is, so that it has no proxy, and nothing ever runs beside it. Most mocks are objects of the mocked
     * class itself, and look like any other object that was put there.
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
     * @throws WrongWiringException if it is a singleton that is made, and none of its proxies has the advice
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

    /** The start is over. */
    void end() {
        early.end();
    }

    /** The object behind all proxies of a bean; null if one of them has the advice, or does not tell what is behind it. */
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
            } catch (Exception untold) { // which a static source does not throw
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
