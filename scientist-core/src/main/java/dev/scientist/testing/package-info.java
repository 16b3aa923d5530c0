/** Makes disagreements fail a test, with candidates run deterministically. */
@NullMarked
package dev.scientist.testing;

import org.jspecify.annotations.NullMarked;
