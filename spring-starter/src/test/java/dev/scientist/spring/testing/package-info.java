/** Proves what users have in the tests of their applications. */
@NullMarked
package dev.scientist.spring.testing;

import org.jspecify.annotations.NullMarked;
