package dev.scientist.spring.testing;

import static java.util.Objects.requireNonNull;

import dev.scientist.Scientist;
import dev.scientist.testing.RecordingPublisher;
import org.springframework.context.ApplicationContext;
import org.springframework.core.Ordered;
import org.springframework.test.context.TestContext;
import org.springframework.test.context.TestContextAnnotationUtils;
import org.springframework.test.context.TestExecutionListener;

/**
 * Clears the recorded trials before each test of a class with {@link AutoConfigureScientist}, and asserts after it that
 * all matched. The listener is registered for every test, and does nothing without the annotation.
 */
final class RecordingListener implements TestExecutionListener, Ordered {

    private static final String BEFORE = RecordingListener.class.getName() + ".published";

    RecordingListener() {}

    /** Comes last before a test and so first after it, when the application is still there. */
    @Override
    public int getOrder() {
        return LOWEST_PRECEDENCE;
    }

    @Override
    public void beforeTestMethod(TestContext test) {
        if (isAsked(test)) {
            RecordingPublisher recording = recording(test);
            recording.takeTrials();
            test.setAttribute(BEFORE, recording.published());
        }
    }

    @Override
    public void afterTestMethod(TestContext test) {
        if (isAsked(test)) {
            recording(test).assertAllMatched();
            if (areTrialsRequired(test) && test.getTestException() == null) {
                recording(test).assertPublishedSince((Long) requireNonNull(test.getAttribute(BEFORE)));
            }
        }
    }

    private static boolean isAsked(TestContext test) {
        return TestContextAnnotationUtils.hasAnnotation(test.getTestClass(), AutoConfigureScientist.class);
    }

    private static boolean areTrialsRequired(TestContext test) {
        AutoConfigureScientist asked =
                TestContextAnnotationUtils.findMergedAnnotation(test.getTestClass(), AutoConfigureScientist.class);
        return asked != null && asked.requireTrials();
    }

    /**
     * The application's recording; fails if there is none, because a test would then pass whatever the candidates do.
     */
    private static RecordingPublisher recording(TestContext test) {
        ApplicationContext application = test.getApplicationContext();
        // creates the bean now, if beans are lazy
        application.getBeanProvider(Scientist.class).ifAvailable(scientist -> {});
        Recording recording = application.getBeanProvider(Recording.class).getIfAvailable();
        if (recording == null || !recording.hasBegun()) {
            throw new IllegalStateException(test.getTestClass().getName()
                    + " has @AutoConfigureScientist, but nothing is recorded: make it a test of an application"
                    + " that has the Scientist which Spring Boot configures, and declares no Scientist of its own");
        }
        return recording.publisher();
    }
}
