/** Guards data sources: a shadow reads, and has no more than its share of a pool. */
@NullMarked
package dev.scientist.jdbc;

import org.jspecify.annotations.NullMarked;
