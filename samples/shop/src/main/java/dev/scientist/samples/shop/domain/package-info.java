/** The requests and answers of the shop, which are the same for both implementations. */
@NullMarked
package dev.scientist.samples.shop.domain;

import org.jspecify.annotations.NullMarked;
