package dev.scientist.samples.shop.domain;

import dev.scientist.spring.ParallelRun;

/** Says when an order would arrive. */
public interface DeliveryEstimates {

    // On the interface: callers inject it and do not care which class answers, so the experiment belongs to the
    // contract
    // and stays when the primary's class is renamed. The candidate implements it too and is left alone.
    @ParallelRun(
            name = "delivery.estimate",
            candidate = "rewrittenDelivery",
            attributes = "country = #request.country",
            options = "deliveryOptions")
    DeliveryPromise estimate(DeliveryRequest request);
}
