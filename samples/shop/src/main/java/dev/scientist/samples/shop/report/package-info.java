/** Reports what the parallel run found, from the counts of the library, and checks that against the seeded defects. */
@NullMarked
package dev.scientist.samples.shop.report;

import org.jspecify.annotations.NullMarked;
