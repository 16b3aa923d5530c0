package dev.scientist.spring;

import static java.util.Objects.requireNonNull;

import dev.scientist.comparators.Rule;
import dev.scientist.comparators.Rule.Places;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Makes rules from the keys that an entry of {@code comparator.rules} can set for places without the help of a bean.
 */
final class RuleEffects {

    /**
     * The makers by key, in the order in which keys are shown. Each reads its own key, and is
     * called only if the entry sets it.
     */
    static final Map<String, BiFunction<Places, RuleProperties, Rule>> ALL = Collections.unmodifiableMap(all());

    private RuleEffects() {}

    private static Map<String, BiFunction<Places, RuleProperties, Rule>> all() {
        Map<String, BiFunction<Places, RuleProperties, Rule>> all = new LinkedHashMap<>();
        all.put("ignored", flag(RuleProperties::ignored, Places::ignored));
        all.put("presence-only", flag(RuleProperties::presenceOnly, Places::presenceOnly));
        all.put("within", value(RuleProperties::within, Places::within));
        all.put("within-relative", value(RuleProperties::withinRelative, Places::withinRelative));
        all.put("scale", value(RuleProperties::scale, RuleEffects::scale));
        all.put("within-time", RuleEffects::withinTime);
        all.put("shape", value(RuleProperties::shape, RuleEffects::shape));
        all.put("matching", value(RuleProperties::matching, Places::matching));
        all.put("ignoring-case", flag(RuleProperties::ignoringCase, Places::ignoringCase));
        all.put("blank-as-missing", flag(RuleProperties::blankAsMissing, Places::blankAsMissing));
        all.put("placeholder", value(RuleProperties::placeholder, Places::placeholder));
        all.put("any-order", flag(RuleProperties::anyOrder, Places::anyOrder));
        all.put("by-key", value(RuleProperties::byKey, (places, keys) -> places.byKey(keys.toArray(String[]::new))));
        all.put("mapped", value(RuleProperties::mapped, Places::mapped));
        return all;
    }

    private static BiFunction<Places, RuleProperties, Rule> flag(
            Function<RuleProperties, @Nullable Boolean> property, Function<Places, Rule> effect) {
        return value(property, (places, isSo) -> {
            if (!isSo) {
                throw new IllegalArgumentException("must be true: what a rule does not say does not hold");
            }
            return effect.apply(places);
        });
    }

    private static <V> BiFunction<Places, RuleProperties, Rule> value(
            Function<RuleProperties, @Nullable V> property, BiFunction<Places, V, Rule> effect) {
        return (places, entry) -> effect.apply(places, requireNonNull(property.apply(entry)));
    }

    private static Rule scale(Places places, RuleProperties.Scale scale) {
        if (scale.digits() == null || scale.rounding() == null) {
            throw new IllegalArgumentException(
                    "must have digits and rounding, such as {digits: 2, rounding: half-even}");
        }
        return places.scale(scale.digits(), scale.rounding());
    }

    private static Rule withinTime(Places places, RuleProperties entry) {
        Duration limit = requireNonNull(entry.withinTime(), "within-time");
        return entry.zone() == null ? places.withinTime(limit) : places.withinTime(limit, entry.zone());
    }

    private static Rule shape(Places places, RuleProperties.Shape shape) {
        return switch (shape) {
            case UUID -> places.uuid();
            case ULID -> places.ulid();
            case HASH -> places.hash();
        };
    }
}
