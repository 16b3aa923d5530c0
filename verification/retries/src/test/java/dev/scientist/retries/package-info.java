/** The annotation on methods that are called again when they fail. */
@NullMarked
package dev.scientist.retries;

import org.jspecify.annotations.NullMarked;
