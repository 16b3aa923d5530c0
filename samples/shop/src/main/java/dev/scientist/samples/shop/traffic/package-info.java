/** Customers, played over HTTP: seeded, skewed, and with time to think. */
@NullMarked
package dev.scientist.samples.shop.traffic;

import org.jspecify.annotations.NullMarked;
