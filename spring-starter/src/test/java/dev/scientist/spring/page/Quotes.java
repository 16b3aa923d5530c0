package dev.scientist.spring.page;

import dev.scientist.Experiment;
import dev.scientist.Scientist;
import dev.scientist.spring.page.PageApplication.Ledger;
import dev.scientist.spring.page.PageApplication.Rewrite;
import java.math.BigDecimal;
import org.springframework.stereotype.Service;

// tag::spring-programmatic[]
@Service
class Quotes {
    private final Ledger ledger;
    private final Rewrite rewrite;
    private final Experiment<BigDecimal> quotes;

    Quotes(Scientist scientist, Ledger ledger, Rewrite rewrite) {
        this.ledger = ledger;
        this.rewrite = rewrite;
        this.quotes = scientist.experiment("pricing.quote");
    }

    BigDecimal quote(String customer) {
        return quotes.call()
                .key(customer)
                .candidate(() -> rewrite.quote(customer))
                .run(() -> ledger.quote(customer));
    }
}
// end::spring-programmatic[]
