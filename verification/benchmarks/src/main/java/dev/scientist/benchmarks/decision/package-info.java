/** Measures how well counts decide: false alarms, defects found, delays, and the cost of a decision. */
@NullMarked
package dev.scientist.benchmarks.decision;

import org.jspecify.annotations.NullMarked;
