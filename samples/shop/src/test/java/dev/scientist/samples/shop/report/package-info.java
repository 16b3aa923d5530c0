@NullMarked
package dev.scientist.samples.shop.report;

import org.jspecify.annotations.NullMarked;
