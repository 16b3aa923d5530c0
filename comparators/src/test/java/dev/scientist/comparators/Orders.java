package dev.scientist.comparators;

import jakarta.persistence.CascadeType;
import jakarta.persistence.ElementCollection;
import jakarta.persistence.Embeddable;
import jakarta.persistence.Embedded;
import jakarta.persistence.Entity;
import jakarta.persistence.FetchType;
import jakarta.persistence.Id;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.OneToMany;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.hibernate.Hibernate;
import org.hibernate.Session;
import org.hibernate.SessionFactory;
import org.hibernate.cfg.Configuration;

/** Orders in a database, with lines that know their order, as real ones do. */
final class Orders implements AutoCloseable {

    final SessionFactory sessions = new Configuration()
            .addAnnotatedClass(Customer.class)
            .addAnnotatedClass(Order.class)
            .addAnnotatedClass(Line.class)
            .setProperty("hibernate.connection.url", "jdbc:h2:mem:" + System.nanoTime() + ";DB_CLOSE_DELAY=-1")
            .setProperty("hibernate.hbm2ddl.auto", "create")
            .setProperty("hibernate.generate_statistics", "true")
            .buildSessionFactory();

    Orders(int lines) {
        sessions.inTransaction(session -> {
            Customer customer = new Customer();
            customer.id = 1;
            customer.name = "Ann";
            session.persist(customer);
            Order order = new Order();
            order.id = 1;
            order.customer = customer;
            order.address = new Address("Main Street");
            for (int i = 1; i <= lines; i++) {
                Line line = new Line();
                line.id = i;
                line.order = order;
                line.quantity = 1;
                line.tags.add("tag " + i);
                order.lines.add(line);
            }
            session.persist(order);
        });
    }

    /** An order from a session of its own, which is closed; with what the function loads of it. */
    Order detached(Function<Order, ?> loading) {
        return sessions.fromSession(session -> {
            Order order = session.find(Order.class, 1);
            if (loading.apply(order) == null) {
                throw new IllegalStateException("there is nothing that could be loaded");
            }
            return order;
        });
    }

    /** How many statements something takes. */
    long statements(Runnable work) {
        long before = sessions.getStatistics().getPrepareStatementCount();
        work.run();
        return sessions.getStatistics().getPrepareStatementCount() - before;
    }

    static int quantities(Order order) {
        return order.getLines().stream().mapToInt(Line::getQuantity).sum();
    }

    static void raise(Session session, int quantity) {
        session.createMutationQuery("update Line set quantity = :quantity")
                .setParameter("quantity", quantity)
                .executeUpdate();
    }

    @Override
    public void close() {
        sessions.close();
    }

    /** Who orders. */
    @Entity(name = "Customer")
    public static class Customer {
        @Id
        int id;

        String name;

        public int getId() {
            return id;
        }

        public String getName() {
            return name;
        }
    }

    /** A part of an order. */
    @Embeddable
    public static class Address {
        String street;

        Address() {}

        Address(String street) {
            this.street = street;
        }

        public String getStreet() {
            return street;
        }
    }

    /** What is ordered. */
    @Entity(name = "Ordered")
    public static class Order {
        @Id
        int id;

        @ManyToOne(fetch = FetchType.LAZY)
        Customer customer;

        @Embedded
        Address address;

        @OneToMany(mappedBy = "order", cascade = CascadeType.ALL)
        List<Line> lines = new ArrayList<>();

        public int getId() {
            return id;
        }

        public Customer getCustomer() {
            return customer;
        }

        public Address getAddress() {
            return address;
        }

        public List<Line> getLines() {
            Hibernate.initialize(lines); // as careless getters do
            return lines;
        }

        /** No property of a field: it loads. */
        public int getTotal() {
            return quantities(this);
        }
    }

    /** A part of an order that knows it. */
    @Entity(name = "Line")
    public static class Line {
        @Id
        int id;

        @ManyToOne(fetch = FetchType.LAZY)
        Order order;

        int quantity;

        @ElementCollection
        List<String> tags = new ArrayList<>();

        public int getId() {
            return id;
        }

        public Order getOrder() {
            return order;
        }

        public int getQuantity() {
            return quantity;
        }

        public List<String> getTags() {
            return tags;
        }
    }
}
