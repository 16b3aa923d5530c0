package dev.scientist.samples.shop.domain;

import dev.scientist.spring.ParallelRun;

/** Estimates when an order would arrive. */
public interface DeliveryEstimates {

    // The annotation is on the interface that callers inject. So the experiment stays when the primary's class is
    // renamed or replaced. The candidate implements the interface too, but calls of it are not an experiment.
    @ParallelRun(
            name = "delivery.estimate",
            candidate = "rewrittenDelivery",
            attributes = "country = #request.country",
            options = "deliveryOptions")
    DeliveryPromise estimate(DeliveryRequest request);
}
