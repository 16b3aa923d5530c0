/** A shop whose pricing and orders are being rewritten under live traffic. */
@NullMarked
package dev.scientist.samples.shop;

import org.jspecify.annotations.NullMarked;
