/**
 * Compares what two implementations returned and says where they differ.
 *
 * <p>{@link dev.scientist.comparators.JsonComparator} is the door. Behind it an answer goes one way: into JSON text,
 * through Jackson's tokens into a plain tree, past a walk that finds the places where the two trees are not the same,
 * to json-unit, which judges those places. Jackson 2 is touched by {@code Jackson2} alone, Jackson 3 by {@code
 * Jackson3} alone, and json-unit by {@code PlaceJudge} and {@code Numbers}.
 */
@NullMarked
package dev.scientist.comparators;

import org.jspecify.annotations.NullMarked;
