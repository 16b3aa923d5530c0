/** Guards data sources: a shadow can only read, and holds no more than its share of the connection pool. */
@NullMarked
package dev.scientist.jdbc;

import org.jspecify.annotations.NullMarked;
