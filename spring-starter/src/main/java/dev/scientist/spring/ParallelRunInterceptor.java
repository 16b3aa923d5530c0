package dev.scientist.spring;

import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Objects;
import org.aopalliance.intercept.MethodInterceptor;
import org.aopalliance.intercept.MethodInvocation;
import org.jspecify.annotations.Nullable;
import org.springframework.aop.framework.Advised;

/**
 * Runs the plan of each annotated method that is called.
 *
 * <p>Threads: any caller. Invariant: an array in {@code known} never changes; a new one with settled plans replaces it.
 * Consequence: the usual call finds its plan by comparing two references, without a lock; a race loses an entry at
 * worst, which the next call adds again.
 */
final class ParallelRunInterceptor implements MethodInterceptor {

    // chosen; annotated methods beyond that number need one more hash lookup
    private static final int MOST_KNOWN = 1 << 10;

    /** Finds the plan of a called method; null if there is none yet, so that a later call asks again. */
    @FunctionalInterface
    interface Finder {
        @Nullable
        Plan find(Method called, Class<?> type);
    }

    private record Entry(Method method, Class<?> type, Plan plan) {}

    private final Finder plans;
    private volatile @Nullable Entry[] known = new Entry[16]; // a hash table; at least half of it is empty

    ParallelRunInterceptor(Finder plans) {
        this.plans = plans;
    }

    @Override
    @SuppressWarnings("ReferenceEquality") // an equal method that is another object is looked up, and added as well
    public @Nullable Object invoke(MethodInvocation call) throws Throwable {
        Method method = call.getMethod(); // always the same object, because it is a constant of the proxy's class
        Object target = call.getThis();
        Class<?> type = target == null ? method.getDeclaringClass() : target.getClass();
        @Nullable Entry[] entries = known;
        int mask = entries.length - 1;
        for (int at = System.identityHashCode(method) & mask; ; at = (at + 1) & mask) {
            Entry entry = entries[at];
            if (entry == null) {
                return planFor(method, type, target).run(call);
            }
            if (entry.method == method && entry.type == type) {
                return entry.plan.run(call);
            }
        }
    }

    private Plan planFor(Method method, Class<?> type, @Nullable Object target) {
        // If two proxy creators have made a proxy around a proxy, only the inner one runs the
        // experiment, or it would run twice.
        Plan plan = target instanceof Advised inner && isAdviceOf(inner) ? Plan.PRIMARY_ONLY : plans.find(method, type);
        if (plan == null) {
            return Plan.PRIMARY_ONLY;
        }
        known = with(new Entry(method, type, plan), known); // loses to another thread's entry, or wins over it
        return plan;
    }

    @SuppressWarnings("ReferenceEquality") // this very advice
    private boolean isAdviceOf(Advised proxy) {
        return Arrays.stream(proxy.getAdvisors()).anyMatch(advisor -> advisor.getAdvice() == this);
    }

    private static @Nullable Entry[] with(Entry added, @Nullable Entry[] before) {
        long count = Arrays.stream(before).filter(Objects::nonNull).count() + 1;
        if (count > MOST_KNOWN) {
            return before;
        }
        @Nullable Entry[] after = new Entry[count * 2 > before.length ? before.length * 2 : before.length];
        for (Entry entry : before) {
            if (entry != null) {
                put(entry, after);
            }
        }
        put(added, after);
        return after;
    }

    private static void put(Entry entry, @Nullable Entry[] entries) {
        int mask = entries.length - 1;
        int at = System.identityHashCode(entry.method) & mask;
        while (entries[at] != null) {
            at = (at + 1) & mask;
        }
        entries[at] = entry;
    }
}
