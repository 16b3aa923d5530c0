/** The database: its contents, and how far away it is. */
@NullMarked
package dev.scientist.samples.shop.data;

import org.jspecify.annotations.NullMarked;
