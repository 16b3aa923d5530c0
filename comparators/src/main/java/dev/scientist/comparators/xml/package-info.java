/**
 * Compares XML.
 *
 * <p>{@link dev.scientist.comparators.xml.XmlComparator} is the way in. {@code XmlAnswers} makes a tree of each answer
 * and refuses dangerous ones; {@code Trimming} takes out of the tree what does not matter; {@code Counterparts} says
 * which nodes belong together; XMLUnit compares these; and {@code XmlReport} says where they differ.
 */
@NullMarked
package dev.scientist.comparators.xml;

import org.jspecify.annotations.NullMarked;
