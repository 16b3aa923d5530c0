package dev.scientist.spring;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@DisplayName("What candidates return is released in Spring")
class ReleasedAnswersTest {

    /** An answer that is open until it is closed. */
    static final class Download implements AutoCloseable {

        private final AtomicInteger closed = new AtomicInteger();

        @Override
        public void close() {
            closed.incrementAndGet();
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Download;
        }

        @Override
        public int hashCode() {
            return 1;
        }
    }

    static class Documents {

        final Download ofCandidate = new Download();

        @ParallelRun(method = "downloadAnew", options = "downloadOptions")
        public Download download() {
            return new Download();
        }

        public Download downloadAnew() {
            return ofCandidate;
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class Options {

        // tag::annotation-release[]
        @Bean
        ExperimentCustomizer<Download> downloadOptions() {
            return options -> options.release(Download::close);
        }
        // end::annotation-release[]
    }

    @Test
    void aCustomizerSaysHowTheAnswersOfCandidatesAreReleased() {
        new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(ScientistAutoConfiguration.class))
                .withPropertyValues("scientist.defaults.start=same-thread")
                .withUserConfiguration(Options.class)
                .withBean(Documents.class)
                .run(context -> {
                    Documents documents = Laboratory.target(context.getBean(Documents.class));

                    Download ofCaller = context.getBean(Documents.class).download();

                    assertThat(ofCaller.closed).hasValue(0);
                    assertThat(documents.ofCandidate.closed).hasValue(1);
                });
    }
}
