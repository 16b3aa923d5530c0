package dev.scientist.comparators;

import dev.scientist.Side;
import org.jspecify.annotations.Nullable;

/** The subject of a rule: places of both documents, or the document of one side. Immutable. */
sealed interface RuleSubject {

    /** Returns the application's own code, which the text of the rule cannot show; null if there is none. */
    @Nullable
    Object code();

    /** The places of both documents that a path names, and the effect of the rule there. */
    record Place(PathPattern path, Effect effect) implements RuleSubject {

        public Place {
            boolean hidesAll = effect == Effect.Plain.IGNORED || effect == Effect.Plain.PRESENCE_ONLY;
            if (hidesAll && path.isWhole()) {
                throw new IllegalArgumentException(
                        "must be about a part of the document: about the whole, it would make all answers equal");
            }
        }

        @Override
        public @Nullable Object code() {
            return effect instanceof PredicateEffect decided ? decided.predicate() : null;
        }
    }

    /** The document of one side, and how the rule restructures it. */
    record Structure(Side side, Restructuring restructuring) implements RuleSubject {

        @Override
        public @Nullable Object code() {
            return restructuring instanceof Transform transform ? transform.operator() : null;
        }
    }
}
