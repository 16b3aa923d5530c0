/**
 * Benchmarks: what this library costs, beside a direct call and beside the libraries that came before. Never deployed.
 */
@NullMarked
package dev.scientist.benchmarks;

import org.jspecify.annotations.NullMarked;
