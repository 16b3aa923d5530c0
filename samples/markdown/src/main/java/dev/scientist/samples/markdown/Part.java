package dev.scientist.samples.markdown;

/**
 * One experiment of the run.
 *
 * @param key the name in the JSON report
 * @param title the name for people
 * @param calls how often it was called, counted by the caller
 * @param verdicts the verdicts of the calls, counted by the experiment
 */
record Part(String key, String title, long calls, Verdicts verdicts) {}
