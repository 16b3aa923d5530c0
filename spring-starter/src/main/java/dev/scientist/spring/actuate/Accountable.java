package dev.scientist.spring.actuate;

import java.security.Principal;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Says who changes something and why. Both texts are short and safe to be written into one line of a log.
 *
 * @param who who signed in, and for whom the request says it is; without a sign-in, who the request says
 * @param why the reason that the request gives
 */
record Accountable(String who, String why) {

    private static final Pattern CONTROL = Pattern.compile("[\\p{Cntrl}\\p{Cf}\\u0085\\u2028\\u2029]");
    private static final int LONGEST = 300; // chosen: long enough for a reason, too short for a report

    /**
     * Requires that a person and a reason are given, and cleans both texts.
     *
     * @param principal who signed in; null where nobody did
     * @param by who the request says makes the change
     * @param reason the reason that the request gives
     * @throws IllegalArgumentException if the person or the reason is missing; the message says which
     */
    static Accountable of(@Nullable Principal principal, @Nullable String by, @Nullable String reason) {
        String said = by == null ? "" : shown(by);
        String who = principal == null ? said : shown(principal.getName()) + (said.isEmpty() ? "" : " for " + said);
        if (who.isEmpty()) {
            throw new IllegalArgumentException("by must say who changes this, because nobody has signed in");
        }
        String why = reason == null ? "" : shown(reason);
        if (why.isEmpty()) {
            throw new IllegalArgumentException("reason must say why this is changed");
        }
        return new Accountable(who, why);
    }

    /**
     * Replaces control characters and double quotes, so that the text can forge neither a line of the log nor a part of
     * one, and cuts it to {@link #LONGEST} characters.
     */
    private static String shown(String text) {
        String line = CONTROL.matcher(text).replaceAll(" ").replace('"', '\'').strip();
        return line.length() <= LONGEST ? line : line.substring(0, LONGEST) + "...";
    }

    @Override
    public String toString() {
        return "by \"" + who + "\", because: \"" + why + "\"";
    }
}
