@NullMarked
package dev.scientist.benchmarks.spring;

import org.jspecify.annotations.NullMarked;
