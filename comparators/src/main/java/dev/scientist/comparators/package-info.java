/**
 * Compares what two implementations returned and says where they differ.
 *
 * <p>{@link dev.scientist.comparators.JsonComparator} is the door. Behind it there are three speeds, and each goes on
 * where the one before has not seen equality: the same bytes; {@code JsonLockStep}, which reads the tokens of two documents
 * side by side and keeps nothing; and {@code Walk}, which goes through two trees and reports where they differ. Trees
 * of Jackson are walked as they are. Which elements of two arrays belong together is a matter of {@code ArrayInOrder} and
 * {@code ArrayInAnyOrder}. {@code RuleSet} says what does not matter; all speeds ask it by the same {@code
 * Reach}, and all end in the same verdict. Jackson 2 is touched by {@code Jackson2} alone, Jackson 3 by {@code Jackson3}
 * alone, and json-unit by {@code Placeholder} and {@code Numbers}.
 *
 * <p>{@link dev.scientist.comparators.ObjectComparator} is the door for objects. {@code ObjectLockStep} goes through two
 * graphs side by side and keeps nothing; where it has not seen equality, {@code ObjectReader} reads each of them once
 * into a plain tree, and {@code Walk} goes on. {@code Shape} says how the objects of one class are looked at.
 */
@NullMarked
package dev.scientist.comparators;

import org.jspecify.annotations.NullMarked;
