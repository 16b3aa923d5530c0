@NullMarked
package dev.scientist.samples.markdown;

import org.jspecify.annotations.NullMarked;
