package dev.scientist.samples.shop;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;

@ShopTest
class DatabaseTest {

    @Autowired
    private DataSource dataSource;

    @Test
    void theTestsRunOnTheDatabaseThatWasAskedFor() throws SQLException {
        String asked = System.getProperty("shop.test.database", "H2");

        try (Connection connection = dataSource.getConnection()) {
            assertThat(connection.getMetaData().getDatabaseProductName()).isEqualTo(asked);
        }
    }

    @Test
    void theDatabaseIsARoundTripAway(@Autowired JdbcTemplate jdbc) {
        long started = System.nanoTime();

        for (int i = 0; i < 20; i++) {
            jdbc.queryForList("SELECT code FROM currency");
        }

        assertThat(System.nanoTime() - started).isGreaterThan(20_000_000);
    }
}
