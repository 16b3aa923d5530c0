/** Carries OpenTelemetry's context, where that library is present. */
@NullMarked
package dev.scientist.opentelemetry;

import org.jspecify.annotations.NullMarked;
