package dev.scientist.spring;

import java.lang.reflect.Method;
import java.util.Collection;
import org.jspecify.annotations.Nullable;
import org.springframework.aot.hint.ExecutableMode;
import org.springframework.aot.hint.ReflectionHints;
import org.springframework.beans.factory.aot.BeanRegistrationAotContribution;
import org.springframework.beans.factory.aot.BeanRegistrationAotProcessor;
import org.springframework.beans.factory.support.RegisteredBean;

/**
 * Tells native images what the annotated methods of a bean need: the method itself, its candidate, and what its expressions
 * read. Wrong wiring stops the build, as it would stop the application.
 */
final class ParallelRunAotProcessor implements BeanRegistrationAotProcessor {

    private final AnnotatedMethods annotated = new AnnotatedMethods();

    @Override
    public @Nullable BeanRegistrationAotContribution processAheadOfTime(RegisteredBean bean) {
        Collection<Wiring> wirings = annotated.of(bean.getBeanClass()).values();
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
        if (candidates.isOwnCandidate(place.wiring(), place.bean())) {
            return; // which the primary's bean takes care of
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
