/** Scientist in Spring Boot applications: the annotation, its wiring and configuration. */
@NullMarked
package dev.scientist.spring;

import org.jspecify.annotations.NullMarked;
