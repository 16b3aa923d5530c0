package dev.scientist.samples.shop.rewrite;

import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The addresses of customers. */
@Component
public final class AddressBook {

    private final JdbcClient jdbc;

    AddressBook(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    public Map<String, @Nullable Object> recipient(long customerId) {
        return jdbc
                .sql("SELECT name, street, postcode, city, country, phone FROM customer WHERE id = :id")
                .param("id", customerId)
                .query()
                .singleRow()
                .entrySet()
                .stream()
                .filter(field -> field.getValue() != null) // toMap accepts no null values
                .collect(Collectors.toMap(field -> field.getKey().toLowerCase(Locale.ROOT), Map.Entry::getValue));
    }
}
