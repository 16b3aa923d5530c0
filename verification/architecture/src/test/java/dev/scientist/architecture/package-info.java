/** The rules of the house, over all modules: what may import what, and what code, tests and pages must look like. */
@NullMarked
package dev.scientist.architecture;

import org.jspecify.annotations.NullMarked;
