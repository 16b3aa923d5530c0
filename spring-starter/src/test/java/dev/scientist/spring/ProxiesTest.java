package dev.scientist.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.scientist.Verdict;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.aop.support.AopUtils;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.LazyInitializationBeanFactoryPostProcessor;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.aop.AopAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Proves that the annotation needs no other proxies, and creates none where there is nothing to intercept. */
@ExtendWith(OutputCaptureExtension.class)
class ProxiesTest {

    static class Pricing {
        @ParallelRun(method = "newer")
        public String quote() {
            return "quote";
        }

        public String newer() {
            return "quote";
        }
    }

    static final class Unrelated {
        String answer() {
            return "final, and left alone";
        }
    }

    private final ApplicationContextRunner application =
            Laboratory.application().withBean(Pricing.class).withBean(Unrelated.class);

    @Test
    void itWorksWithoutAnyOtherAdvice() {
        application.run(context -> {
            context.getBean(Pricing.class).quote();

            assertThat(AopUtils.isCglibProxy(context.getBean(Pricing.class))).isTrue();
            assertThat(AopUtils.isAopProxy(context.getBean(Unrelated.class))).isFalse();
            assertThat(Laboratory.verdicts(context)).containsExactly(Verdict.MATCHED);
        });
    }

    @Test
    void itWorksBesideTheApplicationsOwnProxies() {
        application
                .withConfiguration(AutoConfigurations.of(AopAutoConfiguration.class))
                .run(context -> {
                    context.getBean(Pricing.class).quote();

                    assertThat(Laboratory.verdicts(context)).containsExactly(Verdict.MATCHED);
                });
    }

    @Test
    void itWorksWhereTheApplicationSwitchedOffItsOwn() {
        application
                .withConfiguration(AutoConfigurations.of(AopAutoConfiguration.class))
                .withPropertyValues("spring.aop.auto=false")
                .run(context -> {
                    context.getBean(Pricing.class).quote();

                    assertThat(Laboratory.verdicts(context)).containsExactly(Verdict.MATCHED);
                });
    }

    /** Requests beans of the application before all post-processors exist, as real applications do. */
    @Configuration(proxyBeanMethods = false)
    static class EarlyBeans {
        @Bean
        static BeanPostProcessor early() {
            return new BeanPostProcessor() {};
        }
    }

    @Test
    void noBeanIsMadeTooEarlyToGetItsProxy(CapturedOutput output) {
        application.withUserConfiguration(EarlyBeans.class).run(context -> {
            context.getBean(Pricing.class).quote();

            assertThat(output).doesNotContain("is not eligible for getting processed by all BeanPostProcessors");
            assertThat(Laboratory.verdicts(context)).containsExactly(Verdict.MATCHED);
        });
    }

    @Test
    void itStartsLazilyToo() {
        application
                .withInitializer(context ->
                        context.addBeanFactoryPostProcessor(new LazyInitializationBeanFactoryPostProcessor()))
                .run(context -> {
                    context.getBean(Pricing.class).quote();

                    assertThat(context.getBean(Laboratory.Declared.class).names())
                            .containsExactly("ProxiesTest.Pricing.quote");
                    assertThat(Laboratory.verdicts(context)).containsExactly(Verdict.MATCHED);
                });
    }
}
