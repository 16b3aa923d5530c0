@NullMarked
package dev.scientist.samples.shop;

import org.jspecify.annotations.NullMarked;
