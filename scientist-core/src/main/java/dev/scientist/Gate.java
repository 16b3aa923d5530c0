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
 * Decides on the caller's thread whether the candidate of a call may start. The cheapest checks come first; before the
 * first user hook they cost a few field reads. The gate fails closed: a hook that throws means no.
 *
 * <p>Threads: any caller. Invariant: {@code second} counts the calls let through in the current second and never
 * exceeds the cap by more than a changed cap allows. Consequence: callers need no lock.
 */
final class Gate {

    /**
     * The key and attributes of a call. They are read only when needed, because they may come from user code. Both
     * methods may throw.
     */
    interface Details {

        /** The details of a call without key and attributes. */
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

        /** Returns the key of the call, or null. */
        @Nullable
        Object key();

        /** Returns the attributes of the call, unmodifiable. */
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
    // The high half is the second, the low half is the number of calls let through in it.
    private final AtomicLong second = new AtomicLong();

    Gate(ExperimentRuntime<?> runtime) {
        ExperimentOptions<?> options = runtime.options();
        this.engine = runtime.engine();
        this.hooks = runtime.hooks();
        this.adaptive = runtime.adaptive();
        this.ticker = engine.ticker();
        this.byKey = options.sampleByKey;
        this.salt = SamplePosition.salt(runtime.name());
        this.sampler = options.sampler;
        this.runIf = options.runIf;
        this.guards = options.guards.toArray(new CandidateGuard[0]);
    }

    /**
     * Returns why a call is skipped, as far as that is known without its key and attributes; NONE to go on. Calls no
     * hook and takes no permit.
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
     * Returns why a call is skipped, including the early refusal; NONE to go on.
     *
     * @throws StackOverflowError if there is not enough stack for starting a candidate
     */
    Reason refusal(ExperimentSettings settings, long random, Details details) {
        Reason early = earlyRefusal(settings, random);
        return early == Reason.NONE ? lateRefusal(settings, details) : early;
    }

    /**
     * Returns why a call that has no early refusal is skipped; NONE to go on.
     *
     * @throws StackOverflowError if there is not enough stack for starting a candidate
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

    /** Returns the attributes of a call; null if they could not be obtained, which is reported. */
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
            // A caller that was delayed after reading the clock must not start an old second again.
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
