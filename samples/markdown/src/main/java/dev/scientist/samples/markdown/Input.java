package dev.scientist.samples.markdown;

/**
 * One Markdown text.
 *
 * @param origin where it comes from, for people
 * @param markdown the text
 */
record Input(String origin, String markdown) {}
