package dev.scientist.samples.shop.rewrite;

import java.time.LocalDate;
import java.time.ZoneId;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The routes from warehouses to countries, and the calendars of their open days. */
@Component
final class Routes {

    /** The route from a warehouse to a country. */
    record Route(String country, ZoneId zone, String weekend, String home, int cutOff, int days) {}

    private final JdbcClient jdbc;

    Routes(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    Route to(String country, boolean express) {
        return jdbc.sql("""
                        SELECT c.code, c.zone, c.weekend, w.country AS home,
                          CASE WHEN :express THEN w.express_cut_off ELSE w.cut_off END AS cut_off,
                          CASE WHEN :express THEN c.express_days ELSE c.days END AS days
                        FROM country c JOIN warehouse w ON w.code = c.warehouse
                        WHERE c.code = :country
                        """)
                .param("express", express)
                .param("country", country)
                .query((row, number) -> new Route(
                        row.getString("code"),
                        ZoneId.of(row.getString("zone")),
                        row.getString("weekend"),
                        row.getString("home"),
                        row.getInt("cut_off"),
                        row.getInt("days")))
                .optional()
                .orElseThrow(() -> new NoSuchElementException("no country " + country));
    }

    OpenDays warehouseCalendar(Route route) {
        return new OpenDays("SAT,SUN", holidays(route.home()));
    }

    OpenDays roadCalendar(Route route) {
        return new OpenDays(route.weekend(), holidays(route.country()));
    }

    private Set<LocalDate> holidays(String country) {
        return jdbc
                .sql("SELECT on_day FROM holiday WHERE country = :country AND NOT abolished")
                .param("country", country)
                .query(LocalDate.class)
                .list()
                .stream()
                .collect(Collectors.toSet());
    }
}
