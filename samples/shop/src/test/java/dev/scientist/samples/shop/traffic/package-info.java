@NullMarked
package dev.scientist.samples.shop.traffic;

import org.jspecify.annotations.NullMarked;
