/** The replacements of the legacy code: the candidates. They know nothing of experiments. */
@NullMarked
package dev.scientist.samples.shop.rewrite;

import org.jspecify.annotations.NullMarked;
