/** The Spring code of README.md, compiled and run. */
@NullMarked
package dev.scientist.spring.quickstart;

import org.jspecify.annotations.NullMarked;
