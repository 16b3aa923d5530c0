package dev.scientist.spring;

import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Collection;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.aot.hint.ExecutableMode;
import org.springframework.aot.hint.ReflectionHints;
import org.springframework.beans.factory.aot.BeanRegistrationAotContribution;
import org.springframework.beans.factory.aot.BeanRegistrationAotProcessor;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.beans.factory.support.RegisteredBean;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.annotation.MergedAnnotations;
import org.springframework.core.env.Environment;
import org.springframework.util.ReflectionUtils;

/**
 * Registers, for native images, what the annotated methods of a bean need: the method itself, its candidate, and
 * the methods that its expressions read. Wrong wiring stops the build, as it would stop the application.
 * Placeholders are resolved again when the image runs, where they may choose another candidate; so every method
 * that they may choose is registered.
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
        ConfigurableListableBeanFactory beans = bean.getBeanFactory();
        return (generation, code) -> {
            ReflectionHints hints = generation.getRuntimeHints().reflection();
            for (Wiring wiring : wirings) {
                contribute(new Place(bean.getBeanName(), wiring), beans, hints);
            }
        };
    }

    private static void contribute(Place place, ConfigurableListableBeanFactory beans, ReflectionHints hints) {
        Wiring wiring = place.wiring();
        Candidates candidates = new Candidates(beans);
        hints.registerMethod(wiring.method(), ExecutableMode.INVOKE);
        if (candidates.isOwnCandidate(wiring, place.bean())) { // the primary's bean registers it
            return;
        }
        boolean isChosenLater = hasPlaceholder(wiring, "candidate") || hasPlaceholder(wiring, "method");
        if (isChosenLater) {
            candidatesOf(wiring, candidates, beans)
                    .forEach(method -> hints.registerMethod(method, ExecutableMode.INVOKE));
        }
        boolean isAbsent = candidates.absence(place) != null;
        if (!isAbsent) {
            hints.registerMethod(candidates.methodOf(place, candidates.beanOf(place)), ExecutableMode.INVOKE);
        }
        CallDescription description = isAbsent && !isChosenLater ? null : Expressions.of(place);
        if (description != null) {
            new ReadProperties(wiring, description)
                    .methods()
                    .forEach(read -> hints.registerMethod(read, ExecutableMode.INVOKE));
        }
    }

    private static boolean hasPlaceholder(Wiring wiring, String attribute) {
        return MergedAnnotations.from(wiring.annotated())
                .get(ParallelRun.class)
                .getString(attribute)
                .contains("${");
    }

    /**
     * Every method that a placeholder may choose when the image runs, because the property may then have
     * another value than during the build.
     */
    private static Stream<Method> candidatesOf(
            Wiring wiring, Candidates candidates, ConfigurableListableBeanFactory beans) {
        boolean isAnyName = hasPlaceholder(wiring, "method");
        boolean isAnyBean = hasPlaceholder(wiring, "candidate");
        Stream<String> names = isAnyBean
                ? Arrays.stream(beans.getBeanNamesForType(Object.class, true, false))
                : Stream.of(wiring.candidate()).filter(name -> !name.isEmpty());
        Stream<Class<?>> types = isAnyBean || !wiring.candidate().isEmpty()
                ? names.map(candidates::typeOf).flatMap(Stream::ofNullable)
                : Stream.of(wiring.candidateType() == null ? wiring.type() : wiring.candidateType());
        return types.distinct()
                .flatMap(type -> Arrays.stream(ReflectionUtils.getUniqueDeclaredMethods(type)))
                .filter(method -> isAnyName || method.getName().equals(wiring.candidateMethodName()))
                .filter(method -> method.getDeclaringClass() != Object.class
                        && method.getParameterCount() == wiring.method().getParameterCount());
    }
}
