@NullMarked
package dev.scientist.benchmarks.comparators;

import org.jspecify.annotations.NullMarked;
