package dev.scientist.spring;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.core.BridgeMethodResolver;
import org.springframework.core.ResolvableType;
import org.springframework.util.ClassUtils;
import org.springframework.util.ReflectionUtils;

/** Finds the candidate's method by its name and, among several of that name, by the parameters. */
final class CandidateMethod {

    private final Place place;
    private final String bean;
    private final Class<?> type;

    /**
     * Creates a finder for one class.
     *
     * @param bean the name of the candidate's bean, for messages
     * @param type the class of that bean
     */
    CandidateMethod(Place place, String bean, Class<?> type) {
        this.place = place;
        this.bean = bean;
        this.type = type;
    }

    /**
     * The candidate's method.
     *
     * @throws WrongWiringException if no method can take the primary's arguments and return an answer that can
     *     be compared with the primary's
     */
    Method find() {
        Method primary = place.wiring().method();
        String name = place.wiring().candidateMethodName();
        List<Method> named = named(name);
        if (named.isEmpty()) {
            throw place.wrong(
                    "The candidate's bean \"" + bean + "\" (" + type.getName() + ") has no method \"" + name + "\".",
                    Place.remedy(name, names(), "Set method to the name of the candidate's method."));
        }
        List<Method> fitting = named.stream().filter(this::takesTheSame).toList();
        if (fitting.isEmpty()) {
            throw differs(named, "does not take the same parameters as the primary, or wider ones");
        }
        Method chosen = narrowest(fitting);
        if (chosen.equals(primary)
                && type == place.wiring().type()
                && !place.wiring().hasCandidateBean()) {
            throw isThePrimary();
        }
        if (Modifier.isPrivate(chosen.getModifiers()) || Modifier.isStatic(chosen.getModifiers())) {
            throw place.wrong(
                    "The candidate " + Signature.of(chosen) + " is "
                            + (Modifier.isStatic(chosen.getModifiers()) ? "static" : "private")
                            + ", so it cannot be called on the bean.",
                    "Make it an instance method that is not private.");
        }
        if (!answersTheSame(chosen)) {
            throw differs(List.of(chosen), "does not return the same kind of answer as the primary");
        }
        return chosen;
    }

    private WrongWiringException isThePrimary() {
        return place.wrong(
                "The candidate is the annotated method itself, so there is nothing to compare it with.",
                "Set method to the name of another method, or candidate to the name of another bean.");
    }

    private WrongWiringException differs(List<Method> found, String how) {
        Method primary = place.wiring().method();
        boolean isTold = found.stream().noneMatch(method -> parameters(method).equals(parameters(primary)))
                || found.stream()
                        .anyMatch(method -> !Signature.simple(method.getGenericReturnType())
                                .equals(Signature.simple(primary.getGenericReturnType())));
        String candidates = found.stream()
                .map(method -> isTold ? Signature.of(method) : Signature.inFull(method))
                .sorted()
                .collect(Collectors.joining("\n    candidate: ", "\n    candidate: ", ""));
        return place.wrong(
                "The candidate's method in the bean \"" + bean + "\" " + how + ":\n\n    primary:   "
                        + (isTold ? Signature.of(primary) : Signature.inFull(primary)) + candidates,
                "Give the candidate the parameters and the kind of answer that the primary has, or set method to the name of"
                        + " one that has them; a method that adapts the two will do.");
    }

    private static String parameters(Method method) {
        return Arrays.stream(method.getGenericParameterTypes())
                .map(Signature::simple)
                .toList()
                .toString();
    }

    private List<Method> named(String name) {
        return all().stream().filter(method -> method.getName().equals(name)).toList();
    }

    private Set<String> names() {
        return all().stream().map(Method::getName).collect(Collectors.toSet());
    }

    /** All methods of the class, once each; inherited methods and default methods of interfaces are included. */
    private Set<Method> all() {
        Set<Method> all = new LinkedHashSet<>();
        for (Method method : ReflectionUtils.getUniqueDeclaredMethods(type, ReflectionUtils.USER_DECLARED_METHODS)) {
            all.add(method);
        }
        // interface methods, if the type is an interface or does not override them
        for (Method method : type.getMethods()) {
            Method own = BridgeMethodResolver.findBridgedMethod(ClassUtils.getMostSpecificMethod(method, type));
            if (method.getDeclaringClass() != Object.class && !own.isBridge()) {
                all.add(own);
            }
        }
        return all;
    }

    private boolean takesTheSame(Method method) {
        Class<?>[] own = parameterTypes(method, type);
        Class<?>[] wanted =
                parameterTypes(place.wiring().method(), place.wiring().type());
        return accepts(own, wanted);
    }

    private static boolean accepts(Class<?>[] own, Class<?>[] given) {
        if (own.length != given.length) {
            return false;
        }
        for (int i = 0; i < own.length; i++) {
            if (!ClassUtils.isAssignable(own[i], given[i])) {
                return false;
            }
        }
        return true;
    }

    /** The method whose parameters all the others accept too, which is the one that the compiler would choose. */
    private Method narrowest(List<Method> fitting) {
        List<Method> narrowest = fitting.stream()
                .filter(one -> fitting.stream()
                        .allMatch(other -> accepts(parameterTypes(other, type), parameterTypes(one, type))))
                .toList();
        if (narrowest.isEmpty()) {
            throw place.wrong(
                    "Several methods of the candidate's bean \"" + bean + "\" could be meant: "
                            + fitting.stream().map(Signature::of).sorted().collect(Collectors.joining(", ")) + ".",
                    "Set method to a name that only one of them has.");
        }
        return narrowest.get(0);
    }

    private boolean answersTheSame(Method method) {
        Class<?> wanted = returnType(place.wiring().method(), place.wiring().type());
        Class<?> own = returnType(method, type);
        if (Answer.of(wanted) != Answer.of(own)) {
            return false;
        }
        boolean isVoid = wanted == void.class || own == void.class;
        return isVoid ? wanted == own : Answer.of(wanted) != Answer.VALUE || ClassUtils.isAssignable(wanted, own);
    }

    /** The parameter types, with the type variables of generic superclasses resolved. */
    private static Class<?>[] parameterTypes(Method method, Class<?> type) {
        Class<?>[] types = new Class<?>[method.getParameterCount()];
        for (int i = 0; i < types.length; i++) {
            types[i] = ResolvableType.forMethodParameter(method, i, type).resolve(method.getParameterTypes()[i]);
        }
        return types;
    }

    private static Class<?> returnType(Method method, Class<?> type) {
        return ResolvableType.forMethodReturnType(method, type).resolve(method.getReturnType());
    }
}
