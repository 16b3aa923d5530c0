/** Measures what an experiment costs its caller: goals G1, G3 to G8 and the idle half of G12, beside two rivals. */
@NullMarked
package dev.scientist.benchmarks.caller;

import org.jspecify.annotations.NullMarked;
