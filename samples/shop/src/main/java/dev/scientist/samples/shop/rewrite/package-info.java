/** What is to replace the legacy code. The candidates: they know nothing of experiments. */
@NullMarked
package dev.scientist.samples.shop.rewrite;

import org.jspecify.annotations.NullMarked;
