/**
 * Compares commonmark-java with flexmark-java, which is to replace it, on the examples of two specifications and on
 * documents composed of them. Start reading at {@code MarkdownDemo}; the class that uses Scientist is
 * {@code SideBySide}.
 */
@NullMarked
package dev.scientist.samples.markdown;

import org.jspecify.annotations.NullMarked;
