/** The database: its contents, and its simulated distance. */
@NullMarked
package dev.scientist.samples.shop.data;

import org.jspecify.annotations.NullMarked;
