package dev.scientist.spring;

import java.util.Collection;

/**
 * An annotated method of a bean.
 *
 * @param bean the name of the bean, or of one of several that share the class; or words about it where no name is known
 * @param wiring what the annotation says
 */
record Place(String bean, Wiring wiring) {

    /** For {@code throw}: what is wrong here, and what to do. */
    WrongWiringException wrong(String reason, String remedy) {
        return new WrongWiringException(bean, wiring.method(), reason, remedy, null);
    }

    /** The same, where something else failed first. */
    WrongWiringException wrong(String reason, String remedy, Throwable cause) {
        return new WrongWiringException(bean, wiring.method(), reason, remedy, cause);
    }

    /** The remedy for an unknown name: the one that was meant, if there is one like it, and what to do otherwise. */
    static String remedy(String unknown, Collection<String> known, String otherwise) {
        return Nearest.to(unknown, known)
                .map(name -> "Did you mean \"" + name + "\"? " + otherwise)
                .orElse(otherwise);
    }
}
