package dev.scientist.samples.shop.rewrite;

import java.time.LocalDate;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A calendar of working days.
 *
 * @param weekend the days of the week that are off, by the first three letters of their names
 */
record OpenDays(String weekend, Set<LocalDate> holidays) {

    /** The day itself if it is open, otherwise the first open day after it. */
    LocalDate firstOpenDay(LocalDate day) {
        return from(day).findFirst().orElseThrow();
    }

    /** The day that is a number of open days later. */
    LocalDate plusOpenDays(LocalDate day, int days) {
        return from(day.plusDays(1)).skip(days - 1L).findFirst().orElseThrow();
    }

    private Stream<LocalDate> from(LocalDate day) {
        return Stream.iterate(day, next -> next.plusDays(1)).filter(this::isOpen);
    }

    private boolean isOpen(LocalDate day) {
        return !weekend.contains(day.getDayOfWeek().name().substring(0, 3)) && !holidays.contains(day);
    }
}
