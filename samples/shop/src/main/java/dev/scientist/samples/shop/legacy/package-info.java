/** What is in service: hand-grown SQL and loops. The primaries, and the annotations that name their candidates. */
@NullMarked
package dev.scientist.samples.shop.legacy;

import org.jspecify.annotations.NullMarked;
