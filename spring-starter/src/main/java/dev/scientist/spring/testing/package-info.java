/** Makes disagreements fail the tests of a Spring Boot application. */
@NullMarked
package dev.scientist.spring.testing;

import org.jspecify.annotations.NullMarked;
