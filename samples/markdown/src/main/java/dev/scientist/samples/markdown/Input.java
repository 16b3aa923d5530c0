package dev.scientist.samples.markdown;

/**
 * One Markdown text.
 *
 * @param origin a description for people of where the text comes from
 * @param markdown the text
 */
record Input(String origin, String markdown) {}
