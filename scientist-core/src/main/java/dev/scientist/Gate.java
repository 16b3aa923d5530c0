package dev.scientist;

import dev.scientist.Tally.Hook;
import dev.scientist.Verdict.Reason;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Decides on the caller's thread whether the candidate of a call may start. Cheapest question first; until the
 * first user's hook it costs some field reads. Fails closed: a hook that throws means no.
 *
 * <p>Threads: any caller. Invariant: {@code second} counts the calls let through in the current second and never
 * exceeds the cap by more than a changed cap allows. Consequence: callers need no lock.
 */
final class Gate {

    /** What a call brings along. Told only when asked, because telling may be the user's code: both may throw. */
    interface Details {

        /** Of a call that brings nothing along. */
        Details NONE = new Details() {
            @Override
            public @Nullable Object key() {
                return null;
            }

            @Override
            public Map<String, Object> attributes() {
                return Map.of();
            }
        };

        /** What sampling by key looks at, or null. */
        @Nullable
        Object key();

        /** The attributes of the call, unmodifiable. */
        Map<String, Object> attributes();
    }

    private static final int COUNT_BITS = 32;

    private final Engine engine;
    private final Hooks hooks;
    private final LongSupplier ticker;
    private final boolean byKey;
    private final long salt;
    private final @Nullable Sampler sampler;
    private final @Nullable Predicate<Map<String, Object>> runIf;
    private final CandidateGuard[] guards;
    private final @Nullable AdaptiveSampling adaptive;
    // High half: the second; low half: how many calls it let through.
    private final AtomicLong second = new AtomicLong();

    Gate(Setup<?> setup) {
        ExperimentOptions<?> options = setup.options();
        this.engine = setup.engine();
        this.hooks = setup.hooks();
        this.adaptive = setup.adaptive();
        this.ticker = engine.ticker();
        this.byKey = options.sampleByKey;
        this.salt = SamplePosition.salt(setup.name());
        this.sampler = options.sampler;
        this.runIf = options.runIf;
        this.guards = options.guards.toArray(new CandidateGuard[0]);
    }

    /**
     * NONE to go on: what can be said about a call of which nothing is known. Costs no hook, and takes nothing.
     *
     * @param random 64 random bits, of which the upper 53 are used
     */
    Reason earlyRefusal(ExperimentSettings settings, long random) {
        Reason closed = engine.refusal();
        if (closed != Reason.NONE) {
            return closed;
        }
        if (!settings.isEnabled()) {
            return Reason.DISABLED;
        }
        return !byKey && SamplePosition.ofBits(random) >= settings.share() ? Reason.NOT_SAMPLED : Reason.NONE;
    }

    /**
     * NONE to go on; the early refusal included.
     *
     * @throws StackOverflowError if there is no room for what follows
     */
    Reason refusal(ExperimentSettings settings, long random, Details details) {
        Reason early = earlyRefusal(settings, random);
        return early == Reason.NONE ? lateRefusal(settings, details) : early;
    }

    /**
     * NONE to go on, for a call without an early refusal.
     *
     * @throws StackOverflowError if there is no room for what follows
     */
    Reason lateRefusal(ExperimentSettings settings, Details details) {
        StackRoom.require();
        if ((byKey || sampler != null) && !isSampled(settings.share(), details)) {
            return Reason.NOT_SAMPLED;
        }
        if (Shadow.isInTheWay()) {
            return Reason.NESTED;
        }
        Reason unwanted = runIf == null ? Reason.NONE : conditionRefusal(runIf, details);
        if (unwanted != Reason.NONE) {
            return unwanted;
        }
        Reason guarded = guards.length == 0 ? Reason.NONE : guardRefusal();
        if (guarded != Reason.NONE) {
            return guarded;
        }
        int cap = settings.maxPerSecond();
        if (cap == Integer.MAX_VALUE || isUnderCap(cap)) {
            return Reason.NONE;
        }
        if (adaptive != null) {
            adaptive.capped();
        }
        return Reason.NOT_SAMPLED;
    }

    /** The attributes of a call; null, reported, if they could not be told. */
    @Nullable
    Map<String, Object> attributes(Details details) {
        try {
            return details.attributes();
        } catch (Throwable thrown) {
            hooks.failed(Hook.ATTRIBUTES, thrown);
            return null;
        }
    }

    private boolean isSampled(double rate, Details details) {
        try {
            Object key = details.key();
            if (byKey && (key == null || SamplePosition.ofKey(salt, key) >= rate)) {
                return false;
            }
            if (sampler == null) {
                return true;
            }
            Map<String, Object> attributes = attributes(details);
            return attributes != null && sampler.isSampled(key, attributes);
        } catch (Throwable thrown) {
            hooks.failed(Hook.SAMPLER, thrown);
            return false;
        }
    }

    private Reason conditionRefusal(Predicate<Map<String, Object>> condition, Details details) {
        Map<String, Object> attributes = attributes(details);
        if (attributes == null) {
            return Reason.NOT_SAMPLED;
        }
        try {
            return condition.test(attributes) ? Reason.NONE : Reason.RUN_IF;
        } catch (Throwable thrown) {
            hooks.failed(Hook.RUN_IF, thrown);
            return Reason.RUN_IF;
        }
    }

    private Reason guardRefusal() {
        try {
            for (CandidateGuard guard : guards) {
                Reason refusal = Admission.checked(guard.refusal());
                if (refusal != Reason.NONE) {
                    return refusal;
                }
            }
            return Reason.NONE;
        } catch (Throwable thrown) {
            hooks.failed(Hook.GUARD, thrown);
            return Reason.UNSAFE;
        }
    }

    private boolean isUnderCap(int cap) {
        long now = TimeUnit.NANOSECONDS.toSeconds(ticker.getAsLong()) & 0x7fff_ffffL;
        while (true) {
            long seen = second.get();
            // A caller that read its clock and was then held up must not open a second that is over again.
            long current = seen >>> COUNT_BITS == now + 1 ? now + 1 : now;
            long count = seen >>> COUNT_BITS == current ? seen & 0xffff_ffffL : 0;
            if (count >= cap) {
                return false;
            }
            if (second.compareAndSet(seen, (current << COUNT_BITS) | (count + 1))) { // loses to another caller
                return true;
            }
        }
    }
}
