package dev.scientist.comparators;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks a record component, a field, an accessor, or every value of a type as secret: no report may show it. A {@link
 * Redactor} that shows other values hides these wherever it meets the object itself. For answers that become JSON it
 * has to be told by {@link Redactor#hidingSecretsOf}.
 *
 * @since 0.1.0
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.RECORD_COMPONENT, ElementType.FIELD, ElementType.METHOD, ElementType.TYPE})
public @interface Secret {}
