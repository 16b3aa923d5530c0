/** How well counts decide: false alarms, defects found, delays, and what a decision costs. */
@NullMarked
package dev.scientist.benchmarks.decision;

import org.jspecify.annotations.NullMarked;
