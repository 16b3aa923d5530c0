package dev.scientist.samples.shop.legacy;

import dev.scientist.samples.shop.domain.DeliveryEstimates;
import dev.scientist.samples.shop.domain.DeliveryPromise;
import dev.scientist.samples.shop.domain.DeliveryRequest;
import java.time.LocalDate;
import java.util.Calendar;
import java.util.GregorianCalendar;
import java.util.HashSet;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.TimeZone;
import org.springframework.context.annotation.Primary;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Service;

/**
 * Computes when an order arrives. The cut-off, the weekends and the holidays of the warehouse decide when it is
 * dispatched; the weekends and holidays of the country it goes to decide how long it travels.
 */
@Service
@Primary
class LegacyDelivery implements DeliveryEstimates {

    private record Route(String weekend, String home, String zone, int cutOff, int days) {}

    private final JdbcTemplate jdbc;

    LegacyDelivery(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public DeliveryPromise estimate(DeliveryRequest request) {
        Route route = route(request);
        Set<String> holidays = holidays(route.home(), request.country());

        Calendar day = new GregorianCalendar(TimeZone.getTimeZone(route.zone()));
        day.setTimeInMillis(request.placedAt().toEpochMilli());
        if (day.get(Calendar.HOUR_OF_DAY) >= route.cutOff()) {
            day.add(Calendar.DATE, 1);
        }
        while (isClosed(day, "SAT,SUN", route.home(), holidays)) {
            day.add(Calendar.DATE, 1);
        }
        LocalDate dispatched = date(day);
        int days = route.days();
        while (days > 0) {
            day.add(Calendar.DATE, 1);
            if (!isClosed(day, route.weekend(), request.country(), holidays)) {
                days--;
            }
        }
        return new DeliveryPromise(request.country(), dispatched, date(day));
    }

    private Route route(DeliveryRequest request) {
        StringBuilder sql = new StringBuilder("SELECT c.weekend, w.country AS home, w.zone,");
        sql.append(request.express() ? " c.express_days AS days, w.express_cut_off AS cut_off" : " c.days, w.cut_off");
        sql.append(" FROM country c JOIN warehouse w ON w.code = c.warehouse WHERE c.code = ?");
        for (Route route : jdbc.query(
                sql.toString(),
                (row, i) -> new Route(
                        row.getString("weekend"),
                        row.getString("home"),
                        row.getString("zone"),
                        row.getInt("cut_off"),
                        row.getInt("days")),
                request.country())) {
            return route;
        }
        throw new NoSuchElementException("no country " + request.country());
    }

    private Set<String> holidays(String home, String country) {
        Set<String> holidays = new HashSet<>();
        jdbc.query(
                "SELECT country, on_day FROM holiday WHERE country = ? OR country = ?",
                row -> {
                    holidays.add(row.getString("country") + " " + row.getString("on_day"));
                },
                home,
                country);
        return holidays;
    }

    private static boolean isClosed(Calendar day, String weekend, String country, Set<String> holidays) {
        String name = date(day).getDayOfWeek().name().substring(0, 3);
        return weekend.contains(name) || holidays.contains(country + " " + date(day));
    }

    // The months of a Calendar start at 0.
    private static LocalDate date(Calendar day) {
        return LocalDate.of(day.get(Calendar.YEAR), day.get(Calendar.MONTH) + 1, day.get(Calendar.DATE));
    }
}
