package dev.scientist.spring;

import dev.scientist.Experiment;
import dev.scientist.ExperimentListener;
import dev.scientist.Scientist;
import java.lang.reflect.Executable;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.core.NativeDetector;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.util.ClassUtils;

/**
 * Decides, before beans are created, whether an application is going to have experiments: a bean has an
 * annotated method, or its class has a {@link Scientist} or an {@link Experiment} as a field or a parameter. If
 * not, nothing of the application is touched. Beans of this library do not count, and neither do publishers
 * that are only told of experiments.
 *
 * <p>Threads: any. Invariant: the answer depends on bean definitions alone. Consequence: two threads that
 * ask first get the same answer.
 */
final class ExperimentsAhead {

    private static final String GUARDED = "guard-data-sources";
    // By convention, a configuration of this starter is a class in this package or below it, named so at its end.
    private static final String OUR_PREFIX = ExperimentsAhead.class.getPackageName() + ".";
    private static final String OUR_SUFFIX = "Configuration";
    private static final Set<String> OUR_PACKAGES =
            Set.of("dev.scientist", "dev.scientist.decision", "dev.scientist.metrics", "dev.scientist.testing");
    private static final Set<String> STRANGERS = Set.of("java.", "javax.", "jakarta.", "org.springframework.");
    // The pattern matches the whole name of a type, also as a type argument or an array's component, but not
    // a nested type or a longer name.
    private static final Pattern SPEAKS = Pattern.compile("(?<![\\w.$])(" + Pattern.quote(Scientist.class.getName())
            + "|" + Pattern.quote(Experiment.class.getName()) + ")(?![\\w.$])");

    private final ConfigurableListableBeanFactory beans;
    private final AnnotatedMethods annotated;
    private final ConfigurableEnvironment environment;
    private volatile @Nullable Boolean answer;

    ExperimentsAhead(
            ConfigurableListableBeanFactory beans, AnnotatedMethods annotated, ConfigurableEnvironment environment) {
        this.beans = beans;
        this.annotated = annotated;
        this.environment = environment;
    }

    /** Whether there are going to be experiments and guards can be made, which is not so in a native image. */
    boolean areToBeGuarded() {
        return !NativeDetector.inNativeImage() && areThere();
    }

    /** Whether there are going to be experiments, or {@code scientist.guard-data-sources} says so. */
    boolean areThere() {
        Boolean known = answer;
        if (known == null) {
            known = Switches.isOn(environment, GUARDED, false)
                    || Arrays.stream(beans.getBeanDefinitionNames()).anyMatch(this::declares);
            answer = known;
        }
        return known;
    }

    private boolean declares(String beanName) {
        Class<?> type = beans.getType(beanName, false);
        if (type == null || isOurConfiguration(maker(beanName))) {
            return false;
        }
        Class<?> own = ClassUtils.getUserClass(type);
        try {
            return Experiment.class.isAssignableFrom(own)
                    || !annotated.of(own).isEmpty()
                    || hierarchy(own).anyMatch(ExperimentsAhead::speaks);
        } catch (LinkageError | TypeNotPresentException unreadable) {
            return false; // the class mentions a library that is absent
        }
    }

    /** Whether a class, or the class around it, is a configuration of this starter. */
    private static boolean isOurConfiguration(String className) {
        int nested = className.indexOf('$');
        String outer = nested < 0 ? className : className.substring(0, nested);
        return outer.startsWith(OUR_PREFIX) && outer.endsWith(OUR_SUFFIX);
    }

    /** The name of the class whose method creates a bean, else of the bean's own class; empty if neither is known. */
    private String maker(String beanName) {
        BeanDefinition definition = beans.getMergedBeanDefinition(beanName);
        String factory = definition.getFactoryBeanName();
        Class<?> type = factory == null ? null : beans.getType(factory, false);
        String name = type == null
                ? definition.getBeanClassName()
                : ClassUtils.getUserClass(type).getName();
        return name == null ? "" : name;
    }

    private static Stream<Class<?>> hierarchy(Class<?> type) {
        return Stream.<Class<?>>iterate(type, each -> each != null && isOfApplication(each), Class::getSuperclass);
    }

    private static boolean isOfApplication(Class<?> type) {
        return !OUR_PACKAGES.contains(type.getPackageName())
                && STRANGERS.stream().noneMatch(type.getName()::startsWith);
    }

    private static boolean speaks(Class<?> type) {
        Stream<Executable> executables = Stream.concat(
                Arrays.stream(type.getDeclaredConstructors()),
                Arrays.stream(type.getDeclaredMethods()).filter(method -> !isOnlyTold(method)));
        Stream<Type> types = Stream.concat(
                Arrays.stream(type.getDeclaredFields()).map(Field::getGenericType),
                executables.flatMap(executable -> Arrays.stream(executable.getGenericParameterTypes())));
        return types.map(Type::getTypeName)
                .anyMatch(name -> SPEAKS.matcher(name).find());
    }

    /** Whether a method is one by which a listener, or a publisher, is told of experiments. */
    private static boolean isOnlyTold(Method method) {
        return ExperimentListener.class.isAssignableFrom(method.getDeclaringClass())
                && ClassUtils.hasMethod(ExperimentListener.class, method.getName(), method.getParameterTypes());
    }
}
