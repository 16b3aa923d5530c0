/** What the parallel run found, computed from what the library counted, and a check of it against the seeded defects. */
@NullMarked
package dev.scientist.samples.shop.report;

import org.jspecify.annotations.NullMarked;
