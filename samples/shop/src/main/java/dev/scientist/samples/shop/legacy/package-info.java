/** The implementations in service: the primaries, with the annotations that name their candidates. */
@NullMarked
package dev.scientist.samples.shop.legacy;

import org.jspecify.annotations.NullMarked;
