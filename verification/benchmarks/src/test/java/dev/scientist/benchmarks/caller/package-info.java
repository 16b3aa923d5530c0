@NullMarked
package dev.scientist.benchmarks.caller;

import org.jspecify.annotations.NullMarked;
