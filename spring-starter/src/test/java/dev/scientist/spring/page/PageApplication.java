package dev.scientist.spring.page;

import dev.scientist.comparators.JsonComparator;
import dev.scientist.spring.ScientistCustomizer;
import java.math.BigDecimal;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Bean;

/** The application of the page. */
@SpringBootApplication(proxyBeanMethods = false)
class PageApplication {

    // tag::spring-customizer[]
    @Bean
    ScientistCustomizer moneyIsComparedAsADocument(JsonComparator json) {
        return builder -> builder.defaults(options -> options.comparator(json.ignoring("/issuedAt")));
    }
    // end::spring-customizer[]

    @Bean
    Ledger ledger() {
        return customer -> BigDecimal.TEN;
    }

    @Bean
    Rewrite rewrite() {
        return customer -> {
            if (customer.equals("a stranger")) {
                throw new IllegalArgumentException("unknown customer");
            }
            return new BigDecimal("10.00");
        };
    }

    /** The implementation in service. */
    interface Ledger {
        BigDecimal quote(String customer);
    }

    /** Its replacement. */
    interface Rewrite {
        BigDecimal quote(String customer);
    }
}
