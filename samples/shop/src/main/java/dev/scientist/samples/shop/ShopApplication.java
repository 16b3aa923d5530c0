package dev.scientist.samples.shop;

import java.time.InstantSource;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.cache.annotation.EnableCaching;
import org.springframework.context.annotation.Bean;

/** The shop without customers. {@link ShopDemo} starts the shop with customers. */
@SpringBootApplication(proxyBeanMethods = false)
@EnableCaching
class ShopApplication {

    public static void main(String... arguments) {
        SpringApplication.run(ShopApplication.class, arguments);
    }

    @Bean
    InstantSource clock() {
        return InstantSource.system();
    }
}
