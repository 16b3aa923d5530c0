/** Guards candidates with Resilience4j. */
@NullMarked
package dev.scientist.resilience;

import org.jspecify.annotations.NullMarked;
