package dev.scientist.spring;

import java.lang.reflect.Method;
import org.aopalliance.aop.Advice;
import org.springframework.aop.ClassFilter;
import org.springframework.aop.Pointcut;
import org.springframework.aop.framework.autoproxy.ProxyCreationContext;
import org.springframework.aop.support.AbstractPointcutAdvisor;
import org.springframework.aop.support.StaticMethodMatcherPointcut;

/** Tells Spring's proxies which methods are intercepted, and where this advice stands among the others. */
@SuppressWarnings("serial") // advisors are never serialized, whatever their superclass says
final class ParallelRunAdvisor extends AbstractPointcutAdvisor {

    private final transient Pointcut pointcut;
    private final transient Advice advice;

    ParallelRunAdvisor(Plans plans, int order) {
        this.pointcut = new AnnotatedPointcut(plans);
        this.advice = new ParallelRunInterceptor(plans::find);
        setOrder(order);
    }

    @Override
    public Pointcut getPointcut() {
        return pointcut;
    }

    @Override
    public Advice getAdvice() {
        return advice;
    }

    /** Matches the annotated methods of beans, except of a bean that is itself the candidate of all of them. */
    private static final class AnnotatedPointcut extends StaticMethodMatcherPointcut {
        private final AnnotatedMethods annotated;

        AnnotatedPointcut(Plans plans) {
            this.annotated = plans.annotated();
            setClassFilter(new ClassFilter() {
                @Override
                public boolean matches(Class<?> type) {
                    // Spring names the bean only while it makes a proxy; later it asks again without a name.
                    return plans.isPrimary(type, ProxyCreationContext.getCurrentProxiedBeanName());
                }
            });
        }

        @Override
        public boolean matches(Method method, Class<?> type) {
            return annotated.of(method, type) != null;
        }
    }
}
