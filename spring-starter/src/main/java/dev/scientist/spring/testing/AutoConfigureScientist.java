package dev.scientist.spring.testing;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;

/**
 * Makes every experiment of the application under test deterministic, and fails a test in
 * which one of them did not match.
 *
 * <p>It is for classes with {@code @SpringBootTest} or one of Spring Boot's test slices. Candidates run on the
 * caller's thread, after the primary, and every call is sampled, whatever code and properties say; an
 * experiment's condition still decides. After each test all recorded trials must have {@linkplain
 * dev.scientist.testing.RecordingPublisher#assertAllMatched() matched}. The error is thrown outside of the
 * application, so no {@code catch} there can hide it. A test that expects a disagreement injects the {@link
 * dev.scientist.testing.RecordingPublisher} and {@linkplain
 * dev.scientist.testing.RecordingPublisher#takeTrials() takes} the trials.
 *
 * <p>The application must have the {@link dev.scientist.Scientist} that Spring Boot configures, and not one of its own.
 * Tests of one context that run at the same time share their recorded trials: run them one after the other.
 *
 * @since 0.1.0
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Inherited
@ImportAutoConfiguration
public @interface AutoConfigureScientist {

    /**
     * Whether a test in which no trial ran fails, because it would pass whatever the candidates do. A test
     * that already failed is left alone. Trials whose caller was not the test, such as scheduled ones,
     * count as well. Default: false.
     */
    boolean requireTrials() default false;
}
