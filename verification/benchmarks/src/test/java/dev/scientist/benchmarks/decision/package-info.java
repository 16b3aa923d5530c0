@NullMarked
package dev.scientist.benchmarks.decision;

import org.jspecify.annotations.NullMarked;
