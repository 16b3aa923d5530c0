package dev.scientist.samples.shop.rewrite;

import dev.scientist.samples.shop.domain.DeliveryEstimates;
import dev.scientist.samples.shop.domain.DeliveryPromise;
import dev.scientist.samples.shop.domain.DeliveryRequest;
import java.time.LocalDate;
import java.time.ZonedDateTime;
import org.springframework.stereotype.Service;

/** Computes when an order arrives. */
@Service
class RewrittenDelivery implements DeliveryEstimates {

    private final Routes routes;

    RewrittenDelivery(Routes routes) {
        this.routes = routes;
    }

    @Override
    public DeliveryPromise estimate(DeliveryRequest request) {
        Routes.Route route = routes.to(request.country(), request.express());
        ZonedDateTime placed = request.placedAt().atZone(route.zone());
        LocalDate earliest = placed.toLocalDate().plusDays(placed.getHour() < route.cutOff() ? 0 : 1);
        LocalDate dispatched = routes.warehouseCalendar(route).firstOpenDay(earliest);
        LocalDate arrives = routes.roadCalendar(route).plusOpenDays(dispatched, route.days());
        return new DeliveryPromise(request.country(), dispatched, arrives);
    }
}
