/** Holds the dashboard, the rules and the pages to what a real registry emits. */
@NullMarked
package dev.scientist.samples.observability;

import org.jspecify.annotations.NullMarked;
