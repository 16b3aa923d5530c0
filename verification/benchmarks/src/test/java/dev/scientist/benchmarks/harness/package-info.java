@NullMarked
package dev.scientist.benchmarks.harness;

import org.jspecify.annotations.NullMarked;
