/** The code of docs/spring.md, compiled and run. */
@NullMarked
package dev.scientist.spring.page;

import org.jspecify.annotations.NullMarked;
