/** Checks the dashboard, the rules and the pages against the meters that a real registry emits. */
@NullMarked
package dev.scientist.samples.observability;

import org.jspecify.annotations.NullMarked;
