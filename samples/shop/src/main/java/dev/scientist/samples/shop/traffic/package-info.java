/** Simulates customers over HTTP: with seeded, skewed requests, and time to think between them. */
@NullMarked
package dev.scientist.samples.shop.traffic;

import org.jspecify.annotations.NullMarked;
