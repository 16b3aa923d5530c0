package dev.scientist.spring;

import org.jspecify.annotations.Nullable;
import org.springframework.aop.framework.Advised;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;

/**
 * Refuses annotated singletons that callers have without the advice, so that nothing would ever run beside them. Looks at
 * what is there when all have been made, and only where it is sure: a bean that somebody else wrapped or replaced is theirs.
 */
final class ProxyCheck {

    private final ConfigurableListableBeanFactory beans;
    private final EarlyBeans early;

    ProxyCheck(ConfigurableListableBeanFactory beans, EarlyBeans early) {
        this.beans = beans;
        this.early = early;
    }

    /**
     * Checks the bean of a primary.
     *
     * @throws WrongWiringException if it is a singleton that is made, and none of its proxies has the advice
     */
    void check(Place place) {
        EarlyBeans.Made made = early.of(place.bean());
        Object bean = beans.getSingleton(place.bean());
        if (made == null || bean == null || withoutAdvice(bean) != made.object()) {
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
    private static @Nullable Object withoutAdvice(Object bean) {
        Object behind = bean;
        while (behind instanceof Advised proxy) {
            if (hasAdvice(proxy) || !proxy.getTargetSource().isStatic()) {
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

    private static boolean hasAdvice(Advised proxy) {
        for (var advisor : proxy.getAdvisors()) {
            if (advisor.getAdvice() instanceof ParallelRunInterceptor) {
                return true;
            }
        }
        return false;
    }
}
