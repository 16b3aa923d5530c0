package dev.scientist.spring;

import dev.scientist.Effects;
import dev.scientist.Experiment;
import dev.scientist.Scientist;
import io.ebean.bean.EntityBean;
import java.util.List;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.cache.CacheManager;
import org.springframework.cache.concurrent.ConcurrentMapCacheManager;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.PriorityOrdered;
import org.springframework.jdbc.datasource.SimpleDriverDataSource;

/** A shop with an experiment of each kind. */
final class Shop {

    private Shop() {}

    record Order(int id) implements EntityBean {}

    static class Orders {

        @ParallelRun(name = "orders.find", method = "findAgain")
        public List<Order> find(String customer) {
            return List.of();
        }

        public List<Order> findAgain(String customer) {
            return find(customer);
        }

        @ParallelRun(name = "orders.history", method = "findAgain")
        public List<Order> history(String customer) {
            return find(customer);
        }

        @ParallelRun(name = "orders.price", method = "priceAgain")
        public int price(Order order) {
            return order.id();
        }

        @ParallelRun(name = "orders.tax", method = "priceAgain")
        public int tax(Order order) {
            return order.id();
        }

        public int priceAgain(Order order) {
            return order.id();
        }

        @ParallelRun(name = "orders.reserve", method = "reserveAgain", effects = Effects.ALLOWED)
        public int reserve(int pieces) {
            return pieces;
        }

        public int reserveAgain(int pieces) {
            return pieces;
        }
    }

    /** A service with an experiment in plain code. */
    static final class Quotes {
        final Experiment<Integer> experiment;

        Quotes(Scientist scientist) {
            experiment = scientist.experiment("quotes");
        }
    }

    /** The services with experiments. */
    @Configuration(proxyBeanMethods = false)
    static class Open {

        @Bean
        Orders orders() {
            return new Orders();
        }

        @Bean
        Quotes quotes(Scientist scientist) {
            return new Quotes(scientist);
        }
    }

    /** Adds caches. */
    @Configuration(proxyBeanMethods = false)
    static class Cached {
        @Bean
        CacheManager cacheManager() {
            return new ConcurrentMapCacheManager();
        }
    }

    /** Adds a data source that is created for a bean that is created early. */
    @Configuration(proxyBeanMethods = false)
    static class Ledger {

        @Bean
        static SimpleDriverDataSource ledger() {
            return new SimpleDriverDataSource();
        }

        @Bean
        static EarlyBird earlyLedger(@Qualifier("ledger") SimpleDriverDataSource source) {
            return new EarlyBird();
        }
    }

    /** A post-processor that is created before all others, together with what it needs. */
    static final class EarlyBird implements BeanPostProcessor, PriorityOrdered {

        @Override
        public int getOrder() {
            return HIGHEST_PRECEDENCE;
        }
    }
}
