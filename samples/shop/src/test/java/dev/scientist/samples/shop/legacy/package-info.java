@NullMarked
package dev.scientist.samples.shop.legacy;

import org.jspecify.annotations.NullMarked;
