/** The shop's HTTP endpoints, and a web page that shows the experiments. */
@NullMarked
package dev.scientist.samples.shop.web;

import org.jspecify.annotations.NullMarked;
