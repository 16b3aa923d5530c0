package dev.scientist.spring.quickstart;

import dev.scientist.spring.ParallelRun;
import java.math.BigDecimal;
import org.springframework.stereotype.Service;

// tag::spring-quick-start[]
@Service
class PricingService {

    @ParallelRun(candidate = "rewrittenPricing", key = "#request.customer")
    public Quote quote(QuoteRequest request) {
        return new Quote(request.amount().multiply(new BigDecimal("1.19"))); // as ever
    }
}
// end::spring-quick-start[]
