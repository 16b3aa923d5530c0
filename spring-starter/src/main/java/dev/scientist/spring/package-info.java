/** Scientist in Spring Boot applications: the annotation, its wiring, configuration and the actuator endpoint. */
@NullMarked
package dev.scientist.spring;

import org.jspecify.annotations.NullMarked;
