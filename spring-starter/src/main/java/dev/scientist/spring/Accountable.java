package dev.scientist.spring;

import java.security.Principal;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Who changes something, and why, fit to be written into one line of a log.
 *
 * @param who the one who signed in; or who the request says, where nobody did
 * @param why what the request says
 */
record Accountable(String who, String why) {

    private static final Pattern CONTROL = Pattern.compile("[\\p{Cntrl}\\p{Cf}\\u0085\\u2028\\u2029]");
    private static final int LONGEST = 300; // chosen: a reason, not a report

    /**
     * Demands that both are there.
     *
     * @param principal who signed in
     * @param by who the request says
     * @param reason why, as the request says
     * @throws IllegalArgumentException if one is missing; the message says which
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

    /** On one line and without quotes, whatever was sent: it must forge neither a line of the log nor a part of one. */
    private static String shown(String text) {
        String line = CONTROL.matcher(text).replaceAll(" ").replace('"', '\'').strip();
        return line.length() <= LONGEST ? line : line.substring(0, LONGEST) + "...";
    }

    @Override
    public String toString() {
        return "by \"" + who + "\", because: \"" + why + "\"";
    }
}
