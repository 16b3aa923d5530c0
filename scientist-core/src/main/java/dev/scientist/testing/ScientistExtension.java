package dev.scientist.testing;

import static java.util.Objects.requireNonNull;

import dev.scientist.Scientist;
import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives each test a {@link Scientist} whose candidates run deterministically, and fails the test if one of them does
 * not match.
 *
 * <p>Candidates run on the test's thread, after the primary; comparison and publishing end before the call returns, so
 * a test need not wait. Every call is sampled, whatever the experiment's own rate, key and cap say; its condition still
 * decides. After the test the extension calls {@link RecordingPublisher#assertAllMatched()}: the {@link AssertionError}
 * comes from the extension, so no {@code catch} in the application can hide it.
 *
 * <pre>{@code
 * @ExtendWith(ScientistExtension.class)
 * class QuotesTest {
 *     @Test
 *     void theRewriteQuotesLikeTheLedger(Scientist scientist) {
 *         new Quotes(scientist).quote(request);
 *     }
 * }
 * }</pre>
 *
 * @since 0.1.0
 */
@SuppressWarnings("exports") // the types are of an optional library, which every user of this class has
public final class ScientistExtension implements ParameterResolver, BeforeEachCallback, AfterEachCallback {

    private static final ExtensionContext.Namespace NAMESPACE =
            ExtensionContext.Namespace.create(ScientistExtension.class);

    private static final String BEFORE = "published before this test";

    private final Consumer<? super Scientist.Builder> configuration;
    private final boolean isTrialRequired;

    /** Creates an extension with the default configuration; for {@code @ExtendWith}. */
    public ScientistExtension() {
        this(builder -> {});
    }

    /**
     * Creates an extension with further configuration; for {@code @RegisterExtension}.
     *
     * @param configuration changes the builder of each test's scientist
     */
    public ScientistExtension(Consumer<? super Scientist.Builder> configuration) {
        this(configuration, false);
    }

    private ScientistExtension(Consumer<? super Scientist.Builder> configuration, boolean isTrialRequired) {
        this.configuration = configuration;
        this.isTrialRequired = isTrialRequired;
    }

    /**
     * Returns an extension with the same configuration that also fails each test in which no trial ran: such a test
     * would pass whatever its candidates do. For {@code @RegisterExtension}; by default tests need no trial. A test
     * that has failed already is not checked.
     */
    public ScientistExtension requiringTrials() {
        return new ScientistExtension(configuration, true);
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        Class<?> type = parameter.getParameter().getType();
        return type == Scientist.class || type == RecordingPublisher.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        Laboratory laboratory = laboratory(context);
        return parameter.getParameter().getType() == Scientist.class ? laboratory.scientist : laboratory.recording;
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        Laboratory laboratory = known(context);
        if (laboratory != null) {
            context.getStore(NAMESPACE).put(BEFORE, laboratory.recording.published());
        }
    }

    @Override
    public void afterEach(ExtensionContext context) {
        Laboratory laboratory = known(context);
        if (laboratory != null) {
            laboratory.recording.assertAllMatched();
        }
        if (isTrialRequired && context.getExecutionException().isEmpty()) {
            Long before = context.getStore(NAMESPACE).get(BEFORE, Long.class);
            RecordingPublisher recording = laboratory == null ? new RecordingPublisher() : laboratory.recording;
            recording.assertPublishedSince(before == null ? 0 : before);
        }
    }

    /**
     * The Scientist and recorder of this test, or null if it has none yet. Those that were given to a constructor or to
     * a {@code @BeforeAll} method are found too, because a store also looks into its parents.
     */
    private static @Nullable Laboratory known(ExtensionContext context) {
        return context.getStore(NAMESPACE).get(Laboratory.class, Laboratory.class);
    }

    @SuppressWarnings("deprecation") // the new method does not exist in JUnit 5, which Spring Boot 3.5 still brings
    private Laboratory laboratory(ExtensionContext context) {
        ExtensionContext.Store store = context.getStore(NAMESPACE);
        return requireNonNull(
                store.getOrComputeIfAbsent(Laboratory.class, key -> new Laboratory(configuration), Laboratory.class));
    }

    /** The Scientist and recorder of one test, or of several that share them. Closed with the store that holds it. */
    @SuppressWarnings("deprecation") // as above
    private static final class Laboratory implements ExtensionContext.Store.CloseableResource, AutoCloseable {
        private final RecordingPublisher recording = new RecordingPublisher();
        private final Scientist scientist;

        Laboratory(Consumer<? super Scientist.Builder> configuration) {
            Scientist.Builder builder = Scientist.builder().logging(false).closeTimeout(Duration.ofSeconds(1));
            configuration.accept(builder);
            recording.record(builder);
            this.scientist = builder.build();
        }

        @Override
        public void close() {
            scientist.close();
        }
    }
}
