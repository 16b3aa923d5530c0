/**
 * Compares what two implementations returned and says where they differ.
 *
 * <p>{@link dev.scientist.comparators.JsonComparator} is the way in for JSON. It has three speeds, and each goes on
 * where the one before has not seen equality: the same bytes; {@code JsonLockStep}, which reads the tokens of two
 * documents side by side and keeps nothing; and {@code Walk}, which goes through two trees and reports where they
 * differ. Trees of Jackson are walked as they are. {@code ArrayInOrder} and {@code ArrayInAnyOrder} find out which
 * elements of two arrays belong together. {@code RuleSet} says what does not matter; all speeds ask it through the same
 * {@code PathState}, and all come to the same verdict. Only the types whose names begin with {@code Jackson2} or {@code
 * Jackson3} touch that library, and only {@code Placeholder} and {@code Numbers} call json-unit.
 *
 * <p>{@link dev.scientist.comparators.ObjectComparator} is the way in for objects. {@code ObjectLockStep} goes through
 * two graphs side by side and keeps nothing; where it has not seen equality, {@code ObjectReader} reads each of them
 * once into a plain tree, and {@code Walk} goes on. {@code Shape} says how the objects of one class are looked at.
 */
@NullMarked
package dev.scientist.comparators;

import org.jspecify.annotations.NullMarked;
