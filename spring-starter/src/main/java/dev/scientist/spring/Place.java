package dev.scientist.spring;

import java.util.Collection;

/**
 * An annotated method of a bean.
 *
 * @param bean the name of the bean, or of one of several that share the class; a phrase about
 *     the bean if no name is known
 * @param wiring what the annotation says
 */
record Place(String bean, Wiring wiring) {

    /** An exception for the caller to throw, which says what is wrong here and what to do. */
    WrongWiringException wrong(String reason, String remedy) {
        return new WrongWiringException(bean, wiring.method(), reason, remedy, null);
    }

    /** The same, with the error that came first. */
    WrongWiringException wrong(String reason, String remedy, Throwable cause) {
        return new WrongWiringException(bean, wiring.method(), reason, remedy, cause);
    }

    /** The remedy for an unknown name: the name that was probably meant, if there is one, and what to do otherwise. */
    static String remedy(String unknown, Collection<String> known, String otherwise) {
        return Spelling.nearest(unknown, known)
                .map(name -> "Did you mean \"" + name + "\"? " + otherwise)
                .orElse(otherwise);
    }
}
