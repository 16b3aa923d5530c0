package dev.scientist.spring;

import dev.scientist.Experiment;
import dev.scientist.Scientist;
import java.lang.reflect.Executable;
import java.lang.reflect.Field;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.core.NativeDetector;
import org.springframework.core.env.Environment;
import org.springframework.util.ClassUtils;

/**
 * Whether an application is going to have experiments, asked before its beans are made: a bean has an annotated method, or
 * its class speaks of a {@link Scientist} or an {@link Experiment}. Otherwise nothing of the application is touched.
 *
 * <p>Threads: any. Invariant: none but the beans' definitions. Consequence: two threads that ask first find the same.
 */
final class ExperimentsAhead {

    private static final String GUARDED = "scientist.guard-data-sources";
    private static final Set<String> OURS = Set.of(
            ScientistAutoConfiguration.class.getName(),
            ParallelRunConfiguration.class.getName(),
            "dev.scientist.spring.ExperimentsEndpointAutoConfiguration",
            "dev.scientist.spring.testing.RecordingAutoConfiguration");
    private static final Set<String> STRANGERS = Set.of("java.", "javax.", "jakarta.", "org.springframework.");

    private final ConfigurableListableBeanFactory beans;
    private final AnnotatedMethods annotated;
    private final Environment environment;
    private volatile @Nullable Boolean answer;

    ExperimentsAhead(ConfigurableListableBeanFactory beans, AnnotatedMethods annotated, Environment environment) {
        this.beans = beans;
        this.annotated = annotated;
        this.environment = environment;
    }

    /** Whether there are going to be any, or somebody said that they are to be expected, and guards can be made. */
    boolean areToBeGuarded() {
        return !NativeDetector.inNativeImage() && areThere();
    }

    private boolean areThere() {
        Boolean known = answer;
        if (known == null) {
            known = environment.containsProperty(GUARDED)
                    || Arrays.stream(beans.getBeanDefinitionNames()).anyMatch(this::declares);
            answer = known;
        }
        return known;
    }

    private boolean declares(String beanName) {
        Class<?> type = beans.getType(beanName, false);
        if (type == null) {
            return false;
        }
        Class<?> own = ClassUtils.getUserClass(type);
        try {
            return !annotated.of(own).isEmpty() || hierarchy(own).anyMatch(ExperimentsAhead::mentions);
        } catch (LinkageError | TypeNotPresentException unreadable) {
            return false; // a class that mentions a library which is absent
        }
    }

    private static Stream<Class<?>> hierarchy(Class<?> type) {
        return Stream.<Class<?>>iterate(type, each -> each != null && isOfApplication(each), Class::getSuperclass);
    }

    private static boolean isOfApplication(Class<?> type) {
        String name = type.getName();
        boolean isOurs = OURS.contains(name.replaceFirst("\\$.*", "")) || type == Scientist.class;
        return !isOurs && STRANGERS.stream().noneMatch(name::startsWith);
    }

    private static boolean mentions(Class<?> type) {
        Stream<Executable> executables =
                Stream.concat(Arrays.stream(type.getDeclaredConstructors()), Arrays.stream(type.getDeclaredMethods()));
        Stream<Type> types = Stream.concat(
                Arrays.stream(type.getDeclaredFields()).map(Field::getGenericType),
                executables.flatMap(executable -> Arrays.stream(executable.getGenericParameterTypes())));
        return types.map(Type::getTypeName)
                .anyMatch(
                        name -> name.contains(Scientist.class.getName()) || name.contains(Experiment.class.getName()));
    }
}
