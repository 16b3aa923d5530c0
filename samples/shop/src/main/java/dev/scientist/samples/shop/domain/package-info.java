/** What the shop talks about: questions and answers, the same for both implementations. */
@NullMarked
package dev.scientist.samples.shop.domain;

import org.jspecify.annotations.NullMarked;
