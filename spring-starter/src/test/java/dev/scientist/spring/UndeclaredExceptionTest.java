package dev.scientist.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.lang.reflect.UndeclaredThrowableException;
import org.aopalliance.intercept.MethodInterceptor;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.aop.Advisor;
import org.springframework.aop.support.AopUtils;
import org.springframework.aop.support.DefaultPointcutAdvisor;
import org.springframework.aop.support.NameMatchMethodPointcut;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Role;

/**
 * Proves that a checked exception that a method does not declare becomes what every Spring proxy
 * makes of it, and nothing else.
 */
@Tag("promise-1")
class UndeclaredExceptionTest {

    interface Quotes {
        String quote(Exception thrown) throws IOException;

        default String newer(Exception thrown) {
            return "quote";
        }
    }

    /** A bean with advice that does nothing. */
    static class Advised implements Quotes {
        @Override
        public String quote(Exception thrown) throws IOException {
            return fail(thrown);
        }
    }

    static class UnderExperiment implements Quotes {
        @Override
        @ParallelRun(name = "quotes", method = "newer")
        public String quote(Exception thrown) throws IOException {
            return fail(thrown);
        }
    }

    /** Throws a checked exception without declaring it, as Lombok's SneakyThrows does. */
    @SuppressWarnings("unchecked") // the unchecked cast hides the exception from the compiler
    private static <X extends Throwable> String fail(Exception thrown) throws X {
        throw (X) thrown;
    }

    @Configuration(proxyBeanMethods = false)
    static class WithoutEffect {
        @Bean
        @Role(BeanDefinition.ROLE_INFRASTRUCTURE)
        static Advisor nothing() {
            NameMatchMethodPointcut quotes = new NameMatchMethodPointcut();
            quotes.setMappedName("quote");
            quotes.setClassFilter(type -> type == Advised.class);
            return new DefaultPointcutAdvisor(quotes, (MethodInterceptor) call -> call.proceed());
        }
    }

    @ParameterizedTest
    @CsvSource({"true,1", "true,0", "false,1", "false,0"})
    void itIsAsWithAdviceThatDoesNothing(boolean isOfClass, double rate) {
        Laboratory.application(WithoutEffect.class)
                .withPropertyValues("spring.aop.proxy-target-class=" + isOfClass)
                .withBean("advised", Advised.class)
                .withBean("underExperiment", UnderExperiment.class)
                .run(context -> {
                    Quotes advised = context.getBean("advised", Quotes.class);
                    Quotes underExperiment = context.getBean("underExperiment", Quotes.class);
                    context.getBean(Laboratory.Declared.class)
                            .experiment("quotes")
                            .change(settings -> settings.sampleRate(rate));
                    IOException declared = new IOException("declared");
                    InterruptedException undeclared = new InterruptedException("undeclared");

                    Throwable expected = catchThrowable(() -> advised.quote(undeclared));
                    Throwable thrown = catchThrowable(() -> underExperiment.quote(undeclared));
                    Throwable asItIs = catchThrowable(() -> underExperiment.quote(declared));

                    assertThat(AopUtils.isCglibProxy(advised)).isEqualTo(isOfClass);
                    assertThat(AopUtils.isCglibProxy(underExperiment)).isEqualTo(isOfClass);
                    assertThat(expected).isExactlyInstanceOf(UndeclaredThrowableException.class);
                    assertThat(thrown).hasSameClassAs(expected).hasMessage(expected.getMessage());
                    assertThat(thrown.getCause()).isSameAs(expected.getCause()).isSameAs(undeclared);
                    assertThat(asItIs).isSameAs(declared);
                });
    }
}
