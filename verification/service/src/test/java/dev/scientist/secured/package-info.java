/** The endpoint behind Spring Security. */
package dev.scientist.secured;
