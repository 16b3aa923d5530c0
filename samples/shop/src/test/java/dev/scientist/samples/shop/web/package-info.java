@NullMarked
package dev.scientist.samples.shop.web;

import org.jspecify.annotations.NullMarked;
