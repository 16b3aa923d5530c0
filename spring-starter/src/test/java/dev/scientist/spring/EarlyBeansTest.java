package dev.scientist.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.scientist.Verdict;
import org.aopalliance.intercept.MethodInterceptor;
import org.aopalliance.intercept.MethodInvocation;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.mockito.Mockito;
import org.springframework.beans.factory.FactoryBean;
import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.beans.factory.config.ConfigurableBeanFactory;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.beans.factory.support.BeanDefinitionRegistryPostProcessor;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;
import org.springframework.context.annotation.Scope;
import org.springframework.context.annotation.ScopedProxyMode;
import org.springframework.context.support.SimpleThreadScope;
import org.springframework.core.Ordered;
import org.springframework.core.PriorityOrdered;
import org.springframework.test.context.ContextConfiguration;
import org.springframework.test.context.TestContextManager;
import org.springframework.test.context.bean.override.mockito.MockitoBean;
import org.springframework.test.context.bean.override.mockito.MockitoSpyBean;

/**
 * Proves that an annotated singleton that callers have without its proxy stops the application, and no other bean does.
 */
class EarlyBeansTest {

    static class Pricing {
        @ParallelRun(method = "newer")
        public String quote() {
            return "quote";
        }

        public String newer() {
            return "quote";
        }
    }

    /** A post-processor that is created before there are proxies, together with the beans that it is given. */
    static class Early implements BeanPostProcessor, PriorityOrdered {
        @Override
        public int getOrder() {
            return 0;
        }
    }

    static class Holder {}

    private static void assertStops(Class<?> configuration, String... words) {
        Laboratory.application(configuration).run(context -> {
            assertThat(context).hasFailed();
            assertThat(context.getStartupFailure())
                    .isInstanceOf(WrongWiringException.class)
                    .hasMessageContainingAll(words)
                    .hasMessageContaining("EarlyBeansTest.Pricing.quote() of the bean \"pricing\"");
        });
    }

    private static void assertRuns(ApplicationContextRunner application) {
        application.run(context -> {
            context.getBean(Pricing.class).quote();

            assertThat(Laboratory.verdicts(context)).containsExactly(Verdict.MATCHED);
        });
    }

    @Configuration(proxyBeanMethods = false)
    static class OfTheDefinitions {
        @Bean
        Pricing pricing() {
            return new Pricing();
        }

        @Bean
        static BeanFactoryPostProcessor asking() {
            return beans -> beans.getBean(Pricing.class);
        }
    }

    @Test
    void aPostProcessorOfDefinitionsThatAsksForTheBeanIsNamed() {
        assertStops(
                OfTheDefinitions.class,
                "The bean was made before anybody makes proxies, so that nothing would run beside the method: "
                        + OfTheDefinitions.class.getName() + " asked for it.",
                "@Lazy");
    }

    @Configuration(proxyBeanMethods = false)
    static class OfTheRegistry {
        @Bean
        Pricing pricing() {
            return new Pricing();
        }

        @Bean
        static First first(Pricing pricing) {
            return new First();
        }
    }

    static class First implements BeanDefinitionRegistryPostProcessor, PriorityOrdered {
        @Override
        public int getOrder() {
            return Ordered.HIGHEST_PRECEDENCE;
        }

        @Override
        public void postProcessBeanDefinitionRegistry(BeanDefinitionRegistry registry) {
            // It does nothing; only the time of its creation matters.
        }

        @Override
        public void postProcessBeanFactory(ConfigurableListableBeanFactory factory) {
            // It does nothing; only the time of its creation matters.
        }
    }

    @Test
    void aPostProcessorThatIsMadeBeforeAllOthersIsNamed() {
        assertStops(OfTheRegistry.class, "the post-processor \"first\" (" + First.class.getName() + ") needs it.");
    }

    @Configuration(proxyBeanMethods = false)
    static class OfAProcessor {
        @Bean
        Pricing pricing() {
            return new Pricing();
        }

        @Bean
        Holder holder(Pricing pricing) {
            return new Holder();
        }

        @Bean
        static Early early(Holder holder) {
            return new Early();
        }
    }

    @Test
    void aPostProcessorThatNeedsTheBeanIsNamedWithTheWayToIt() {
        assertStops(
                OfAProcessor.class,
                "the post-processor \"early\" (" + Early.class.getName() + ") needs it by way of \"holder\".");
    }

    @Configuration(proxyBeanMethods = false)
    static class OfItsConfiguration {
        OfItsConfiguration(Pricing pricing) {}

        @Configuration(proxyBeanMethods = false)
        static class Other {
            @Bean
            Pricing pricing() {
                return new Pricing();
            }
        }

        @Bean
        Ordinary ordinary() {
            return new Ordinary();
        }
    }

    static class Ordinary implements BeanPostProcessor, Ordered {
        @Override
        public int getOrder() {
            return 0;
        }
    }

    @Test
    void aConfigurationThatIsMadeForItsPostProcessorIsOnTheWay() {
        assertStops(
                OfItsConfiguration.class, "the post-processor \"ordinary\" (", "by way of \"", "make a @Bean method");
    }

    static class Advising extends Pricing implements MethodInterceptor {
        @Override
        public @Nullable Object invoke(MethodInvocation call) throws Throwable {
            return call.proceed();
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class OfAdvice {
        @Bean
        Advising pricing() {
            return new Advising();
        }
    }

    @Test
    void aBeanThatSpringNeverMakesAProxyOfIsRefused() {
        assertStops(OfAdvice.class, "The bean has no proxy with the advice of the annotation", "another bean");
    }

    @Configuration(proxyBeanMethods = false)
    static class Later {
        @Bean
        Pricing pricing() {
            return new Pricing();
        }

        @Bean
        static Early early(@Lazy Pricing pricing) {
            return new Early();
        }
    }

    @Test
    void theRemedyHelps() {
        assertRuns(Laboratory.application(Later.class));
    }

    static class Inheriting {
        @ParallelRun(candidate = "rewrite")
        public String quote() {
            return "quote";
        }
    }

    static class InheritingRewrite extends Inheriting {}

    @Configuration(proxyBeanMethods = false)
    static class EarlyCandidate {
        @Bean
        Inheriting inheriting() {
            return new Inheriting();
        }

        @Bean
        InheritingRewrite rewrite() {
            return new InheritingRewrite();
        }

        @Bean
        static Early early(InheritingRewrite rewrite) {
            return new Early();
        }
    }

    @Test
    void aCandidateMayBeMadeEarly() {
        Laboratory.application(EarlyCandidate.class).run(context -> {
            context.getBean("inheriting", Inheriting.class).quote();

            assertThat(Laboratory.verdicts(context)).containsExactly(Verdict.MATCHED);
        });
    }

    @Configuration(proxyBeanMethods = false)
    static class Scoped {
        @Bean
        static BeanFactoryPostProcessor threads() {
            return beans -> beans.registerScope("thread", new SimpleThreadScope());
        }

        @Bean
        @Scope(value = "thread", proxyMode = ScopedProxyMode.TARGET_CLASS)
        Pricing pricing() {
            return new Pricing();
        }

        @Bean
        static Early early(Pricing pricing) {
            return new Early();
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class OnePerUse {
        @Bean
        @Scope(ConfigurableBeanFactory.SCOPE_PROTOTYPE)
        Pricing pricing() {
            return new Pricing();
        }

        @Bean
        static Early early(Pricing pricing) {
            return new Early();
        }
    }

    @Test
    void aPrototypeThatWasMadeEarlyIsNotTheOneThatOthersGet() {
        assertRuns(Laboratory.application(OnePerUse.class));
    }

    @Test
    void beansOfScopesAreMadeAgain() {
        Laboratory.application(Scoped.class).run(context -> {
            context.getBean("pricing", Pricing.class).quote();

            assertThat(Laboratory.verdicts(context)).containsExactly(Verdict.MATCHED);
        });
    }

    @Test
    void aLazyBeanIsNotMadeForTheCheck() {
        assertRuns(Laboratory.application()
                .withBean("pricing", Pricing.class, Pricing::new, definition -> definition.setLazyInit(true)));
    }

    static class Factory implements FactoryBean<Pricing> {
        @Override
        public Pricing getObject() {
            return new Pricing();
        }

        @Override
        public Class<?> getObjectType() {
            return Pricing.class;
        }
    }

    @Test
    void whatAFactoryMakesIsLeftToIt() {
        assertRuns(Laboratory.application().withBean("pricing", Factory.class));
    }

    @Test
    void anObjectThatIsPutIntoTheContextAsItIsHasNoProxyByIntent() {
        Laboratory.application()
                .withInitializer(context -> context.getBeanFactory().registerSingleton("pricing", new Pricing()))
                .run(context -> assertThat(context).hasNotFailed());
    }

    static class Decorated extends Pricing {}

    @Configuration(proxyBeanMethods = false)
    static class Decorating {
        @Bean
        Pricing pricing() {
            return new Pricing();
        }

        @Bean
        static BeanPostProcessor decorating() {
            return new BeanPostProcessor() {
                @Override
                public Object postProcessAfterInitialization(Object bean, String beanName) {
                    return bean instanceof Pricing ? new Decorated() : bean;
                }
            };
        }
    }

    @Test
    void whatSomebodyElseMadeOfTheBeanIsTheirs() {
        Laboratory.application(Decorating.class)
                .run(context -> assertThat(context).hasNotFailed());
    }

    @ContextConfiguration(classes = {Laboratory.class, Later.class})
    static class Mocked {
        @MockitoBean
        Pricing pricing;
    }

    @ContextConfiguration(classes = {Laboratory.class, Later.class})
    static class Spied {
        @MockitoSpyBean
        Pricing pricing;
    }

    @Test
    void aMockNeedsNoProxy() throws Exception {
        Mocked test = new Mocked();

        new TestContextManager(Mocked.class).prepareTestInstance(test);

        assertThat(Mockito.mockingDetails(test.pricing).isMock()).isTrue();
    }

    @Test
    void aSpyIsRunInItsProxy() throws Exception {
        TestContextManager tests = new TestContextManager(Spied.class);

        tests.prepareTestInstance(new Spied());

        tests.getTestContext().getApplicationContext().getBean(Pricing.class).quote();
        assertThat(Laboratory.verdicts(tests.getTestContext().getApplicationContext()))
                .containsExactly(Verdict.MATCHED);
    }
}
