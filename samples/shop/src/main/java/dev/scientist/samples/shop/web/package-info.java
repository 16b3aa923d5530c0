/** HTTP: the shop's endpoints, and a page that shows what runs. */
@NullMarked
package dev.scientist.samples.shop.web;

import org.jspecify.annotations.NullMarked;
