@NullMarked
package dev.scientist.samples.shop.rewrite;

import org.jspecify.annotations.NullMarked;
