package dev.scientist.spring;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

@DisplayName("Futures of candidates in Spring")
@Tag("promise-5")
class OwnedFuturesTest {

    static class Loader {

        final CompletableFuture<String> shared = new CompletableFuture<>();
        final CountDownLatch called = new CountDownLatch(1);

        @ParallelRun(name = "load", method = "loadOnce")
        public CompletableFuture<String> load() {
            return CompletableFuture.completedFuture("a");
        }

        public CompletableFuture<String> loadOnce() {
            called.countDown();
            return shared;
        }
    }

    @ParameterizedTest
    @CsvSource({
        "scientist.close-timeout=1ms, false",
        "scientist.defaults.owned-futures=true, true",
        "scientist.experiments.load.owned-futures=true, true"
    })
    void aFutureThatIsGivenUpIsCancelledOnlyIfAPropertySaysThatItIsOwned(String property, boolean isCancelled) {
        new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(ScientistAutoConfiguration.class))
                .withPropertyValues("scientist.close-timeout=1ms", property)
                .withBean(Loader.class)
                .run(context -> {
                    Loader loader = Laboratory.target(context.getBean(Loader.class));

                    CompletableFuture<String> answer =
                            context.getBean(Loader.class).load();
                    loader.called.await();
                    context.close();

                    assertThat(answer).isCompletedWithValue("a");
                    assertThat(loader.shared.isCancelled()).isEqualTo(isCancelled);
                });
    }
}
