/** Proves the wiring of Scientist in Spring Boot applications. */
@NullMarked
package dev.scientist.spring;

import org.jspecify.annotations.NullMarked;
