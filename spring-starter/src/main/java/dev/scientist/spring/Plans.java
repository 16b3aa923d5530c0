package dev.scientist.spring;

import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.aop.scope.ScopedProxyUtils;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;

/**
 * Keeps the plans of all annotated methods. For beans whose class is known, plans are made at the start, where wrong
 * wiring stops the application; for other beans, and for calls before that, they are made at the first call.
 *
 * <p>Threads: any. Invariant: one thread makes a plan, and nobody waits for it. Consequence: an experiment is declared
 * once; a call that comes while its own plan is being made, on another thread or further up on this one, runs its
 * primary only, instead of waiting for a thread that may in turn wait for a lock of this one.
 */
final class Plans implements SmartInitializingSingleton {

    private static final Logger log = LoggerFactory.getLogger(ParallelRun.class);

    private record Key(Method method, Class<?> type) {
        static Key of(Wiring wiring) {
            return new Key(wiring.method(), wiring.type());
        }
    }

    private final ConfigurableListableBeanFactory beans;
    private final Candidates candidates;
    private final PlanMaker maker;
    private final StructureCheck structure;
    private final ProxyCheck proxies;
    private final AnnotatedMethods annotated;
    private final Map<Key, Plan> plans = new ConcurrentHashMap<>();
    private final Set<Key> inTheMaking = ConcurrentHashMap.newKeySet();
    private final Set<Key> reported = ConcurrentHashMap.newKeySet();
    private volatile boolean isStarted;

    Plans(
            ConfigurableListableBeanFactory beans,
            AnnotatedMethods annotated,
            StructureCheck structure,
            ProxyCheck proxies) {
        this.beans = beans;
        this.candidates = new Candidates(beans);
        this.maker = new PlanMaker(beans, candidates);
        this.structure = structure;
        this.proxies = proxies;
        this.annotated = annotated;
    }

    AnnotatedMethods annotated() {
        return annotated;
    }

    /** Whether a class has annotated methods and the bean is not just the candidate of all of them. */
    boolean isPrimary(Class<?> type, @Nullable String beanName) {
        Collection<Wiring> wirings = annotated.of(type).values();
        if (wirings.isEmpty() || beanName == null) {
            return !wirings.isEmpty();
        }
        return wirings.stream().anyMatch(wiring -> !candidates.isOwnCandidate(wiring, beanName));
    }

    /** The plan of a called method; null if it is being made, or if making it failed before the start was over. */
    @Nullable
    Plan find(Method called, Class<?> type) {
        Wiring wiring = annotated.of(called, type);
        if (wiring == null) {
            return Plan.PRIMARY_ONLY;
        }
        Key key = Key.of(wiring);
        Plan plan = plans.get(key);
        if (plan != null) {
            return plan;
        }
        try {
            if (isCandidateOnly(wiring)) {
                return settled(key);
            }
            return make(new Place("of " + Signature.simple(type), wiring));
        } catch (Throwable trouble) { // the caller must not see this error, whatever it is
            Plan settled = settled(key);
            report(key, wiring, trouble);
            return settled;
        }
    }

    /** Logs once that a method has no plan. It never throws. */
    private void report(Key key, Wiring wiring, Throwable trouble) {
        try {
            if (reported.add(key)) {
                log.error("{} runs its primary only, for its plan failed", Signature.of(wiring.method()), trouble);
            }
        } catch (Throwable broken) {
            // The logger failed or memory is exhausted; the plan is settled already.
        }
    }

    /**
     * The plan that runs the primary only, from now on; null before the start is over, so that
     * a later call tries again.
     */
    private @Nullable Plan settled(Key key) {
        return isStarted ? plans.computeIfAbsent(key, none -> Plan.PRIMARY_ONLY) : null;
    }

    /** Whether all known beans of the class inherit the annotation and are themselves the candidate that it names. */
    private boolean isCandidateOnly(Wiring wiring) {
        List<String> names = Arrays.stream(
                        beans.getBeanNamesForType(wiring.annotated().getDeclaringClass(), true, false))
                .filter(name -> candidates.typeOf(name) == wiring.type())
                .toList();
        return !names.isEmpty() && names.stream().allMatch(name -> candidates.isOwnCandidate(wiring, name));
    }

    @Override
    public void afterSingletonsInstantiated() {
        Map<Method, Place> ownCandidates = new LinkedHashMap<>();
        Set<Method> withPrimary = new HashSet<>();
        for (String beanName : beans.getBeanNamesForType(Object.class, true, false)) {
            Class<?> type = ScopedProxyUtils.isScopedTarget(beanName) ? null : candidates.typeOf(beanName);
            if (type == null || type.isInterface() || proxies.isLeftAlone(beanName, type)) {
                continue; // a scoped target, a class that is known only at its first call, or a mock
            }
            structure.check(beanName, type);
            for (Wiring wiring : annotated.of(type).values()) {
                Place place = new Place(beanName, wiring);
                if (candidates.isOwnCandidate(wiring, beanName)) {
                    ownCandidates.putIfAbsent(wiring.annotated(), place);
                } else {
                    if (make(place) != Plan.PRIMARY_ONLY) { // an absent candidate needs no proxy
                        proxies.check(place);
                    }
                    withPrimary.add(wiring.annotated());
                }
            }
        }
        ownCandidates.keySet().removeAll(withPrimary);
        ownCandidates.values().forEach(this::requireAnotherBean);
        proxies.end();
        maker.report();
        isStarted = true;
    }

    /** The plan; null while another call is making it, for which this call must not wait. */
    private @Nullable Plan make(Place place) {
        Key key = Key.of(place.wiring());
        Plan known = plans.get(key);
        if (known != null) {
            return known;
        }
        if (!inTheMaking.add(key)) {
            return null;
        }
        try {
            Plan made = plans.get(key);
            if (made == null) { // otherwise another thread has just made it
                made = maker.make(place);
                plans.put(key, made);
                if (isStarted) {
                    maker.report();
                }
            }
            return made;
        } finally {
            inTheMaking.remove(key);
        }
    }

    /**
     * Requires another bean to be the primary of a bean that is its own candidate. If the bean only inherits the
     * annotation, this is a warning: the primary may be in other applications, or be gone after the cutover.
     */
    private void requireAnotherBean(Place place) {
        Wiring wiring = place.wiring();
        Class<?> type = wiring.annotated().getDeclaringClass();
        for (String other : beans.getBeanNamesForType(type, true, false)) {
            if (!candidates.isOwnCandidate(wiring, other)) {
                return; // its class is known only at its first call
            }
        }
        if (type == wiring.type()) {
            throw place.wrong(
                    "The bean is its own candidate: no other bean has the method.",
                    "Name another bean as the candidate, or another method of this bean with method.");
        }
        log.warn(
                "nothing runs beside {}: the only bean with the method, \"{}\", is the candidate that @ParallelRun names",
                Signature.of(wiring.annotated()),
                place.bean());
    }
}
