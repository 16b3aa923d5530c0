@NullMarked
package dev.scientist.benchmarks;

import org.jspecify.annotations.NullMarked;
