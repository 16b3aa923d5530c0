package dev.scientist.spring;

import dev.scientist.ContextCarrier;
import java.util.Locale;
import java.util.TimeZone;
import org.jspecify.annotations.Nullable;
import org.springframework.context.i18n.LocaleContext;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.context.i18n.SimpleTimeZoneAwareLocaleContext;
import org.springframework.context.i18n.TimeZoneAwareLocaleContext;

/**
 * Carries the caller's locale and time zone to the candidate. They are read on the caller's thread,
 * because Spring MVC's own locale context reads them from the request, which a servlet container reuses
 * for another caller after the response.
 *
 * <p>For the same reason {@code RequestContextHolder} is not carried at all: a candidate takes what it
 * needs of a request as an argument.
 */
final class LocaleCarrier implements ContextCarrier {

    private static final Snapshot NOTHING = () -> open(null);

    @Override
    public Snapshot capture() {
        LocaleContext callers = LocaleContextHolder.getLocaleContext();
        if (callers == null) {
            return NOTHING;
        }
        Locale locale = callers.getLocale();
        TimeZone zone = callers instanceof TimeZoneAwareLocaleContext aware ? aware.getTimeZone() : null;
        LocaleContext copy = new SimpleTimeZoneAwareLocaleContext(locale, zone);
        return () -> open(copy);
    }

    private static Scope open(@Nullable LocaleContext context) {
        LocaleContext before = LocaleContextHolder.getLocaleContext();
        // made first, so that what is set is always taken away
        Scope scope = () -> LocaleContextHolder.setLocaleContext(before);
        LocaleContextHolder.setLocaleContext(context);
        return scope;
    }
}
