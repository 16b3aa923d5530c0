package dev.scientist.spring;

import java.lang.reflect.Method;
import java.util.Collection;
import org.jspecify.annotations.Nullable;
import org.springframework.aot.hint.ExecutableMode;
import org.springframework.aot.hint.ReflectionHints;
import org.springframework.beans.factory.aot.BeanRegistrationAotContribution;
import org.springframework.beans.factory.aot.BeanRegistrationAotProcessor;
import org.springframework.beans.factory.support.RegisteredBean;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.Environment;

/**
 * Tells native images what the annotated methods of a bean need: the method itself, its candidate, and what its expressions
 * read. Wrong wiring stops the build, as it would stop the application.
 */
final class ParallelRunAotProcessor implements BeanRegistrationAotProcessor {

    @Override
    public @Nullable BeanRegistrationAotContribution processAheadOfTime(RegisteredBean bean) {
        Environment environment =
                bean.getBeanFactory().getBean(ConfigurableApplicationContext.ENVIRONMENT_BEAN_NAME, Environment.class);
        Collection<Wiring> wirings =
                new AnnotatedMethods(environment).of(bean.getBeanClass()).values();
        if (wirings.isEmpty()) {
            return null;
        }
        Candidates candidates = new Candidates(bean.getBeanFactory());
        return (generation, code) -> {
            ReflectionHints hints = generation.getRuntimeHints().reflection();
            for (Wiring wiring : wirings) {
                contribute(new Place(bean.getBeanName(), wiring), candidates, hints);
            }
        };
    }

    private static void contribute(Place place, Candidates candidates, ReflectionHints hints) {
        hints.registerMethod(place.wiring().method(), ExecutableMode.INVOKE);
        if (candidates.isOwnCandidate(place.wiring(), place.bean()) // which the primary's bean takes care of
                || candidates.absence(place) != null) {
            return;
        }
        Method candidate = candidates.methodOf(place, candidates.beanOf(place));
        hints.registerMethod(candidate, ExecutableMode.INVOKE);
        CallDescription description = Expressions.of(place);
        if (description != null) {
            new ReadProperties(place.wiring(), description)
                    .methods()
                    .forEach(read -> hints.registerMethod(read, ExecutableMode.INVOKE));
        }
    }
}
