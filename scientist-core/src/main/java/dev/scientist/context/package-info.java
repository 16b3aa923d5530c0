/** Carries ambient context with Micrometer's context-propagation, where that library is present. */
@NullMarked
package dev.scientist.context;

import org.jspecify.annotations.NullMarked;
