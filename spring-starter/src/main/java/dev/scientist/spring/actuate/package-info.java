/** Shows and changes experiments through an actuator endpoint of Spring Boot. */
@NullMarked
package dev.scientist.spring.actuate;

import org.jspecify.annotations.NullMarked;
