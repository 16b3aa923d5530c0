/**
 * Replaces commonmark-java by flexmark-java, over the examples of two specifications and a load made of them. Start at
 * {@code MarkdownDemo}; the part that uses the library is {@code SideBySide}.
 */
@NullMarked
package dev.scientist.samples.markdown;

import org.jspecify.annotations.NullMarked;
