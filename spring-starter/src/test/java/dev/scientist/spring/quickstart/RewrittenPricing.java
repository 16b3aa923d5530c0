package dev.scientist.spring.quickstart;

import java.math.BigDecimal;
import org.springframework.stereotype.Service;

@Service
class RewrittenPricing {

    public Quote quote(QuoteRequest request) {
        return new Quote(request.amount().add(request.amount().multiply(new BigDecimal("0.19"))));
    }
}
