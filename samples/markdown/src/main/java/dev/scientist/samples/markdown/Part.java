package dev.scientist.samples.markdown;

/**
 * One experiment of the run.
 *
 * @param key its name in the JSON report
 * @param title its name for people
 * @param calls how often it was called, counted by the caller
 * @param verdicts what the calls came to, counted by the experiment
 */
record Part(String key, String title, long calls, Verdicts verdicts) {}
