package dev.scientist.comparators;

import jakarta.persistence.Basic;
import jakarta.persistence.Entity;
import jakarta.persistence.FetchType;
import jakarta.persistence.Id;
import jakarta.persistence.ManyToOne;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.function.Function;
import org.hibernate.Session;
import org.hibernate.SessionFactory;
import org.hibernate.boot.registry.BootstrapServiceRegistryBuilder;
import org.hibernate.bytecode.enhance.spi.DefaultEnhancementContext;
import org.hibernate.bytecode.enhance.spi.Enhancer;
import org.hibernate.bytecode.enhance.spi.UnloadedClass;
import org.hibernate.bytecode.internal.bytebuddy.BytecodeProviderImpl;
import org.hibernate.cfg.Configuration;

/** Documents in a database, whose classes Hibernate has enhanced, so that single attributes are lazy. */
final class EnhancedDocuments implements AutoCloseable {

    /** What a document can do, whoever has loaded its class. */
    public interface LazyDocument {

        String getTitle();

        String getBody();

        Object getAuthor();
    }

    /** Something written, whose text is not loaded with it. */
    @Entity(name = "Document")
    public static class Document implements LazyDocument {
        @Id
        public int id;

        public String title;

        @Basic(fetch = FetchType.LAZY)
        public String body;

        @ManyToOne(fetch = FetchType.LAZY)
        public Author author;

        @Override
        public String getTitle() {
            return title;
        }

        @Override
        public String getBody() {
            return body;
        }

        @Override
        public Author getAuthor() {
            return author;
        }
    }

    /** Who has written it. */
    @Entity(name = "Author")
    public static class Author {
        @Id
        public int id;

        public String name;

        public String getName() {
            return name;
        }
    }

    private final Enhancing loader = new Enhancing();
    private final Class<?> document = loader.enhanced(Document.class);
    private final SessionFactory sessions;

    EnhancedDocuments() {
        sessions = new Configuration(new BootstrapServiceRegistryBuilder()
                        .applyClassLoader(loader)
                        .build())
                .addAnnotatedClass(document)
                .addAnnotatedClass(loader.enhanced(Author.class))
                .setProperty("hibernate.connection.url", "jdbc:h2:mem:" + System.nanoTime() + ";DB_CLOSE_DELAY=-1")
                .setProperty("hibernate.hbm2ddl.auto", "create")
                .setProperty("hibernate.generate_statistics", "true")
                .buildSessionFactory();
        sessions.inTransaction(session -> List.of(
                        "insert into Author (id, name) values (1, 'Ann')",
                        "insert into Document (id, title, body, author_id) values (1, 'one', 'text', 1)",
                        "insert into Document (id, title, body, author_id) values (2, 'one', 'other', 1)")
                .forEach(sql -> session.createNativeMutationQuery(sql).executeUpdate()));
    }

    /** What comes of a document while its session is open. */
    <R> R with(int id, Function<LazyDocument, R> use) {
        return sessions.fromSession(session -> use.apply((LazyDocument) session.find(document, id)));
    }

    /** What comes of something that stands for a document, of which only the key is known. */
    <R> R withReference(int id, Function<Object, R> use) {
        return sessions.fromSession((Session session) -> use.apply(session.getReference(document, id)));
    }

    long statements() {
        return sessions.getStatistics().getPrepareStatementCount();
    }

    @Override
    public void close() {
        sessions.close();
    }

    /** Loads the entities anew, as Hibernate's own enhancer writes them. */
    private static final class Enhancing extends ClassLoader {

        private static final List<String> ENTITIES = List.of(Document.class.getName(), Author.class.getName());

        private final Enhancer enhancer = new BytecodeProviderImpl().getEnhancer(new DefaultEnhancementContext() {
            @Override
            public ClassLoader getLoadingClassLoader() {
                return EnhancedDocuments.class.getClassLoader();
            }

            @Override
            public boolean hasLazyLoadableAttributes(UnloadedClass type) {
                return true;
            }
        });

        Enhancing() {
            super(EnhancedDocuments.class.getClassLoader());
        }

        @Override
        public Class<?> loadClass(String name) throws ClassNotFoundException {
            Class<?> known = findLoadedClass(name);
            return known != null || !ENTITIES.contains(name) ? super.loadClass(name) : define(name);
        }

        Class<?> enhanced(Class<?> entity) {
            try {
                return loadClass(entity.getName());
            } catch (ClassNotFoundException impossible) { // this test has it
                throw new IllegalStateException(impossible);
            }
        }

        private Class<?> define(String name) throws ClassNotFoundException {
            try (InputStream code = getParent().getResourceAsStream(name.replace('.', '/') + ".class")) {
                byte[] enhanced = enhancer.enhance(name, code.readAllBytes());
                return defineClass(name, enhanced, 0, enhanced.length);
            } catch (IOException failed) {
                throw new ClassNotFoundException(name, failed);
            }
        }
    }
}
