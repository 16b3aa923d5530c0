package dev.scientist.spring;

import dev.scientist.Effects;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.core.annotation.MergedAnnotation;
import org.springframework.core.annotation.MergedAnnotations;
import org.springframework.core.annotation.MergedAnnotations.SearchStrategy;
import org.springframework.core.env.PropertyResolver;
import org.springframework.util.StringUtils;

/**
 * The settings of {@link ParallelRun} for one method of one class of beans.
 *
 * @param type the class of the beans, never that of a proxy
 * @param method the method as this class has it
 * @param annotated the method that has the annotation: this one, the one that it overrides, or that of an interface
 * @param name the name of the experiment
 * @param candidate the name of the candidate's bean; empty if it is not set
 * @param candidateType the type of the candidate's bean; null if it is not set
 * @param optional whether the candidate's bean may be absent
 * @param candidateMethod the name of the candidate's method; empty if it is not set
 * @param key the key in SpEL; empty for none
 * @param attributes the attributes; each is a name, = and SpEL
 * @param effects what the candidate may do; empty if it is not set
 * @param options the name of the bean with options; empty for none
 * @param unresolved a phrase that says which placeholder of which attribute has no value; null if all have one
 */
record Wiring(
        Class<?> type,
        Method method,
        Method annotated,
        String name,
        String candidate,
        @Nullable Class<?> candidateType,
        boolean optional,
        String candidateMethod,
        String key,
        List<String> attributes,
        List<Effects> effects,
        String options,
        @Nullable String unresolved) {

    /**
     * Reads the annotation of a method from the method itself or from one that it overrides or
     * implements; null if none has it.
     */
    static @Nullable Wiring of(Class<?> type, Method method, PropertyResolver properties) {
        // The attributes are read one by one: a merged annotation as an object would be a proxy, which
        // native images need a hint for.
        MergedAnnotation<ParallelRun> annotation =
                MergedAnnotations.from(method, SearchStrategy.TYPE_HIERARCHY).get(ParallelRun.class);
        if (!annotation.isPresent()) {
            return null;
        }
        Method annotated = annotation.getSource() instanceof Method source ? source : method;
        Texts texts = new Texts(annotation, properties, new ArrayList<>());
        String name = texts.resolved("name");
        Class<?> candidateType = annotation.getClass("candidateType");
        return new Wiring(
                type,
                method,
                annotated,
                name.isEmpty() ? nameOf(annotated) : name,
                texts.candidate(),
                candidateType == void.class ? null : candidateType,
                annotation.getBoolean("optional"),
                texts.resolved("method"),
                annotation.getString("key").strip(),
                Arrays.asList(annotation.getStringArray("attributes")),
                Arrays.asList(annotation.getEnumArray("effects", Effects.class)),
                texts.resolved("options"),
                texts.unresolved.isEmpty() ? null : texts.unresolved.get(0));
    }

    /** Reads the attributes that are names, and resolves their placeholders as far as possible. */
    private record Texts(
            MergedAnnotation<ParallelRun> annotation, PropertyResolver properties, List<String> unresolved) {

        String resolved(String attribute) {
            String text = annotation.getString(attribute).strip();
            try {
                return text.contains("${")
                        ? properties.resolveRequiredPlaceholders(text).strip()
                        : text;
            } catch (IllegalArgumentException missing) {
                unresolved.add(attribute + " = \"" + text + "\" cannot be resolved: " + missing.getMessage());
                return text;
            }
        }

        /**
         * The name of the candidate's bean. A placeholder that resolves to nothing is kept, because the annotation
         * still names a bean, which does not exist.
         */
        String candidate() {
            String resolved = resolved("candidate");
            return resolved.isEmpty() ? annotation.getString("candidate").strip() : resolved;
        }
    }

    /** Whether the annotation names the candidate's bean or its type, so that it is in another bean. */
    boolean hasCandidateBean() {
        return StringUtils.hasLength(candidate) || candidateType != null;
    }

    /** Whether the annotation means this bean as its candidate, and so does not make it a primary. */
    boolean namesAsCandidate(String beanName) {
        boolean isMeant = candidateType == null ? beanName.equals(candidate) : candidateType.isAssignableFrom(type);
        return isMeant && candidateMethodName().equals(method.getName());
    }

    /** The name of the candidate's method. */
    String candidateMethodName() {
        return candidateMethod.isEmpty() ? method.getName() : candidateMethod;
    }

    private static String nameOf(Method annotated) {
        Class<?> type = annotated.getDeclaringClass();
        String withoutPackage = type.getName()
                .substring(
                        type.getPackageName().isEmpty()
                                ? 0
                                : type.getPackageName().length() + 1);
        return withoutPackage.replace('$', '.') + "." + annotated.getName();
    }
}
