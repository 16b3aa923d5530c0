package dev.scientist.comparators;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks what no report may show: a record component, a field, an accessor, or every value of a type. A {@link Redactor}
 * that shows other values hides these wherever it meets the object itself; that answers become JSON it learns from
 * {@link Redactor#hidingSecretsOf}.
 *
 * @since 0.1.0
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.RECORD_COMPONENT, ElementType.FIELD, ElementType.METHOD, ElementType.TYPE})
public @interface Secret {}
