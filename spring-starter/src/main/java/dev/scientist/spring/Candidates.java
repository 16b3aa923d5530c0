package dev.scientist.spring;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Proxy;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.aop.framework.autoproxy.AutoProxyUtils;
import org.springframework.aop.scope.ScopedProxyUtils;
import org.springframework.beans.factory.BeanFactoryUtils;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.util.ClassUtils;

/** Finds the bean and the method that are the candidate of an annotated method. It creates no bean. */
final class Candidates {

    private final ConfigurableListableBeanFactory beans;

    Candidates(ConfigurableListableBeanFactory beans) {
        this.beans = beans;
    }

    /**
     * The name of the candidate's bean; null if it is the primary's own.
     *
     * @throws WrongWiringException if the annotation means no bean, or several
     */
    @Nullable
    String beanOf(Place place) {
        Wiring wiring = place.wiring();
        Class<?> type = wiring.candidateType();
        String unresolved = wiring.unresolved();
        if (unresolved != null) {
            throw place.wrong(
                    "The annotation's " + unresolved + ".",
                    "Set that property, or write a default into the placeholder, as in \"${some.property:default}\".");
        }
        if (wiring.optional() && !wiring.hasCandidateBean()) {
            throw place.wrong(
                    "The annotation says that the candidate's bean is optional, but names no bean.",
                    "Leave out optional, or set candidate to the name of a bean or candidateType to its type.");
        }
        if (!wiring.candidate().isEmpty() && type != null) {
            throw place.wrong(
                    "The annotation names the candidate twice, as the bean \"" + wiring.candidate()
                            + "\" and as a bean of type " + type.getName() + ".",
                    "Leave out candidate or candidateType.");
        }
        if (!wiring.candidate().isEmpty()) {
            return named(place);
        }
        if (type != null) {
            return typed(place, type);
        }
        if (wiring.candidateMethod().isEmpty()) {
            throw place.wrong(
                    "The annotation does not say what the candidate is.",
                    "Set candidate to the name of a bean, candidateType to the type of a bean, or method to the name of"
                            + " another method of this bean.");
        }
        return null;
    }

    /** A phrase that says why an optional candidate is absent; null if it is present or not optional. */
    @Nullable
    String absence(Place place) {
        Wiring wiring = place.wiring();
        Class<?> type = wiring.candidateType();
        if (!wiring.optional()
                || wiring.unresolved() != null
                || wiring.candidate().isEmpty() == (type == null)) {
            return null; // some of these are wrong wiring, which beanOf reports
        }
        if (type != null) {
            return ofType(type).isEmpty() ? "no bean of type " + type.getName() : null;
        }
        String name = wiring.candidate();
        if (beans.containsBean(name)) {
            return null;
        }
        return "no bean \"" + name + "\""
                + Spelling.nearest(name, List.of(beans.getBeanDefinitionNames()))
                        .map(near -> " (but a bean \"" + near + "\")")
                        .orElse("");
    }

    /**
     * Whether a bean has inherited the annotation from the primary and is itself the candidate that the annotation
     * names; false if that annotation is wrong.
     */
    boolean isOwnCandidate(Wiring wiring, String beanName) {
        if (!wiring.hasCandidateBean()
                || !wiring.candidateMethodName().equals(wiring.method().getName())) {
            return false;
        }
        Class<?> type = wiring.candidateType();
        if (type != null && !type.isAssignableFrom(wiring.type())) {
            return false;
        }
        try {
            String candidate = beanOf(new Place(beanName, wiring));
            return candidate != null && isSame(candidate, beanName);
        } catch (WrongWiringException toldLater) { // reported with all the others, when all beans are known
            return false;
        }
    }

    /**
     * The candidate's method.
     *
     * @param bean what {@link #beanOf} returned
     * @throws WrongWiringException if no method fits
     */
    Method methodOf(Place place, @Nullable String bean) {
        Class<?> type = bean == null ? place.wiring().type() : typeOf(bean);
        if (type == null) {
            throw place.wrong(
                    "The type of the candidate's bean \"" + bean + "\" is not known before it is created.",
                    "Declare a more specific return type for the method that makes it.");
        }
        Method method = new CandidateMethod(place, bean == null ? place.bean() : bean, type).find();
        String holder = bean == null ? place.bean() : bean;
        Class<?> proxy = beans.containsBean(holder) ? beans.getType(holder) : null;
        if (proxy != null) {
            requireReachable(place, method, proxy, bean == null);
        }
        return method;
    }

    /**
     * Requires that the proxy of the candidate's bean passes the method on: it does so neither with a final method nor,
     * if it is a proxy of interfaces, with a method that is in none of them.
     */
    private static void requireReachable(Place place, Method method, Class<?> proxy, boolean isPrimarys) {
        // The primary's own bean always gets a proxy, even if it is not created yet.
        boolean isOfClass = proxy.getName().contains(ClassUtils.CGLIB_CLASS_SEPARATOR)
                || (isPrimarys && !Proxy.isProxyClass(proxy));
        if (isOfClass && Modifier.isFinal(method.getModifiers())) {
            throw place.wrong(
                    "The candidate " + Signature.of(method) + " is final, so the proxy of its bean cannot pass it on.",
                    "Make it not final.");
        }
        boolean isOfInterfaces =
                Proxy.isProxyClass(proxy) && !method.getDeclaringClass().isInterface();
        if (isOfInterfaces && !ClassUtils.hasMethod(proxy, method.getName(), method.getParameterTypes())) {
            throw place.wrong(
                    "The candidate " + Signature.of(method)
                            + " is in no interface of its bean, which has a proxy of its" + " interfaces.",
                    "Add it to an interface, or leave out spring.aop.proxy-target-class=false.");
        }
    }

    /** The class of a bean behind its proxies; an interface or null if no more is known. */
    @Nullable
    Class<?> typeOf(String beanName) {
        Class<?> type = AutoProxyUtils.determineTargetClass(beans, beanName);
        return type == null ? null : ClassUtils.getUserClass(type);
    }

    private boolean isSame(String candidate, String beanName) {
        String other = ScopedProxyUtils.isScopedTarget(beanName)
                ? beanName.substring(ScopedProxyUtils.getTargetBeanName("").length())
                : beanName;
        return candidate.equals(other) || List.of(beans.getAliases(candidate)).contains(other);
    }

    private String named(Place place) {
        String wanted = place.wiring().candidate();
        if (!beans.containsBean(wanted)) {
            throw place.wrong(
                    "There is no bean \"" + wanted + "\", which the annotation names as the candidate.",
                    imported(wanted)
                            .map(name -> importedRemedy(wanted, name))
                            .orElseGet(() -> Place.remedy(
                                    wanted,
                                    List.of(beans.getBeanDefinitionNames()),
                                    "Set candidate to the name of a bean, or declare a bean of that name.")));
        }
        return wanted;
    }

    /**
     * The bean of a class that was imported, and so has the full class name as its bean name, where a component scan
     * would have given it the wanted name.
     */
    private Optional<String> imported(String wanted) {
        return Arrays.stream(beans.getBeanDefinitionNames())
                .filter(name -> {
                    Class<?> type = name.indexOf('.') < 0 ? null : typeOf(name);
                    return type != null
                            && type.getName().equals(name)
                            && ClassUtils.getShortNameAsProperty(type).equals(wanted);
                })
                .findFirst();
    }

    private static String importedRemedy(String wanted, String name) {
        String type = ClassUtils.getShortName(name);
        String simple = type.substring(type.lastIndexOf('.') + 1);
        return "There is a bean of class " + simple + " named \"" + name
                + "\", as @Import names what it imports: import a @Configuration with a @Bean method \"" + wanted
                + "\" instead, or set candidateType = " + simple + ".class.";
    }

    private String typed(Place place, Class<?> type) {
        List<String> all = ofType(type);
        if (all.isEmpty()) {
            throw place.wrong(
                    "There is no bean of type " + type.getName() + ", which the annotation names as the candidate.",
                    "Declare such a bean, for example with @Component on the class, or set candidateType to the type of a"
                            + " bean there is.");
        }
        if (all.size() == 1) {
            return all.get(0);
        }
        List<String> primary = all.stream().filter(this::isPrimary).toList();
        List<String> regular = all.stream().filter(name -> !isFallback(name)).toList();
        List<String> meant = primary.isEmpty() ? regular : primary;
        if (meant.size() != 1) {
            throw place.wrong(
                    "There are " + all.size() + " beans of type " + type.getName()
                            + ", which the annotation names as the candidate: "
                            + all.stream().sorted().collect(Collectors.joining("\", \"", "\"", "\".")),
                    "Set candidate to one of these names instead of candidateType, or candidateType to a type that only"
                            + " one of them has.");
        }
        return meant.get(0);
    }

    private List<String> ofType(Class<?> type) {
        return Arrays.stream(BeanFactoryUtils.beanNamesForTypeIncludingAncestors(beans, type, true, false))
                .filter(name -> !ScopedProxyUtils.isScopedTarget(name))
                .toList();
    }

    private boolean isPrimary(String name) {
        BeanDefinition definition = definitionOf(name);
        return definition != null && definition.isPrimary();
    }

    private boolean isFallback(String name) {
        BeanDefinition definition = definitionOf(name);
        return definition != null && definition.isFallback();
    }

    private @Nullable BeanDefinition definitionOf(String name) {
        return beans.containsBeanDefinition(name) ? beans.getMergedBeanDefinition(name) : null;
    }
}
