package dev.scientist.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.scientist.Shadow;
import dev.scientist.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.aopalliance.intercept.MethodInterceptor;
import org.junit.jupiter.api.Test;
import org.springframework.aop.Advisor;
import org.springframework.aop.support.DefaultPointcutAdvisor;
import org.springframework.aop.support.NameMatchMethodPointcut;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.config.ConfigurableBeanFactory;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;
import org.springframework.context.annotation.Role;
import org.springframework.context.annotation.Scope;

/** Proves that the candidate is found by bean name, bean type or method, and called through its bean's own proxy. */
class CandidatesTest {

    static class Legacy {
        @ParallelRun(candidate = "rewrite")
        public String byName(Integer number) {
            return "number " + number;
        }

        @ParallelRun(candidateType = Rewrite.class)
        public String byType(Integer number) {
            return "number " + number;
        }

        @ParallelRun(candidate = "rewrite", method = "byName")
        public String byBeanAndMethod(Integer number) {
            return "number " + number;
        }

        @ParallelRun(method = "newer")
        public String byMethod(Integer number) {
            return "number " + number;
        }

        public String newer(Number number) {
            return "newer " + number;
        }
    }

    static class Rewrite {
        static final AtomicInteger MADE = new AtomicInteger();

        Rewrite() {
            MADE.incrementAndGet();
        }

        public String byName(Object number) {
            return "object " + number;
        }

        public String byName(Number number) {
            return "number " + number;
        }

        public String byName(String text) {
            return "text " + text;
        }

        public String byType(int number) {
            return "number " + number;
        }
    }

    /** Other advice of the application, which marks answers and records whether it was around a candidate. */
    @Configuration(proxyBeanMethods = false)
    static class Marking {
        static final List<String> SEEN = new ArrayList<>();

        @Bean
        @Role(BeanDefinition.ROLE_INFRASTRUCTURE)
        static Advisor marking() {
            NameMatchMethodPointcut newer = new NameMatchMethodPointcut();
            newer.addMethodName("newer");
            return new DefaultPointcutAdvisor(newer, (MethodInterceptor) call -> {
                SEEN.add(call.getMethod().getName() + (Shadow.isActive() ? " as candidate" : ""));
                return call.proceed();
            });
        }
    }

    private final ApplicationContextRunner application =
            Laboratory.application().withBean("legacy", Legacy.class).withBean("rewrite", Rewrite.class);

    @Test
    void theBeanIsFoundByItsName() {
        application.run(context -> {
            String answer = context.getBean(Legacy.class).byName(1);

            assertThat(answer).isEqualTo("number 1");
            assertThat(Laboratory.verdicts(context)).containsExactly(Verdict.MATCHED);
        });
    }

    @Test
    void theBeanIsFoundByItsType() {
        application.run(context -> {
            context.getBean(Legacy.class).byType(1);

            assertThat(Laboratory.verdicts(context)).containsExactly(Verdict.MATCHED);
        });
    }

    @Test
    void theMethodMayHaveAnotherName() {
        application.run(context -> {
            context.getBean(Legacy.class).byBeanAndMethod(1);

            assertThat(Laboratory.verdicts(context)).containsExactly(Verdict.MATCHED);
        });
    }

    @Test
    void aMethodOfTheSameBeanIsCalledWithItsAdvice() {
        application.withUserConfiguration(Marking.class).run(context -> {
            Marking.SEEN.clear();

            String answer = context.getBean(Legacy.class).byMethod(1);

            assertThat(answer).isEqualTo("number 1");
            assertThat(Laboratory.verdicts(context)).containsExactly(Verdict.MISMATCHED);
            assertThat(Marking.SEEN).containsExactly("newer as candidate");
        });
    }

    @Configuration(proxyBeanMethods = false)
    static class LazyRewrite {
        @Bean
        @Lazy
        Rewrite rewrite() {
            return new Rewrite();
        }
    }

    @Test
    void aLazyBeanIsMadeByTheFirstCandidateOnly() {
        Rewrite.MADE.set(0);

        Laboratory.application(LazyRewrite.class)
                .withBean("legacy", Legacy.class)
                .run(context -> {
                    int atStart = Rewrite.MADE.get();
                    context.getBean(Legacy.class).byName(1);
                    context.getBean(Legacy.class).byName(2);

                    assertThat(atStart).isZero();
                    assertThat(Rewrite.MADE).hasValue(1);
                    assertThat(Laboratory.verdicts(context)).containsExactly(Verdict.MATCHED, Verdict.MATCHED);
                });
    }

    @Configuration(proxyBeanMethods = false)
    static class PrototypeRewrite {
        @Bean
        @Scope(ConfigurableBeanFactory.SCOPE_PROTOTYPE)
        Rewrite rewrite() {
            return new Rewrite();
        }
    }

    @Test
    void aPrototypeIsMadeForEachCandidate() {
        Rewrite.MADE.set(0);

        Laboratory.application(PrototypeRewrite.class)
                .withBean("legacy", Legacy.class)
                .run(context -> {
                    context.getBean(Legacy.class).byName(1);
                    context.getBean(Legacy.class).byName(2);

                    assertThat(Rewrite.MADE).hasValue(2);
                    assertThat(Laboratory.verdicts(context)).containsExactly(Verdict.MATCHED, Verdict.MATCHED);
                });
    }

    @Configuration(proxyBeanMethods = false)
    static class BrokenRewrite {
        @Bean
        @Lazy
        Rewrite rewrite() {
            throw new IllegalStateException("cannot be made");
        }
    }

    @Test
    void aCandidateThatCannotBeMadeIsAFailureOfTheCandidate() {
        Laboratory.application(BrokenRewrite.class)
                .withBean("legacy", Legacy.class)
                .run(context -> {
                    String answer = context.getBean(Legacy.class).byName(1);

                    assertThat(answer).isEqualTo("number 1");
                    assertThat(Laboratory.verdicts(context)).containsExactly(Verdict.CANDIDATE_FAILED);
                });
    }

    @Test
    void theCandidateMayBeInTheParentContext() {
        new ApplicationContextRunner()
                .withBean("rewrite", Rewrite.class)
                .run(parent -> Laboratory.application()
                        .withParent(parent)
                        .withBean("legacy", Legacy.class)
                        .run(context -> {
                            context.getBean(Legacy.class).byName(1);
                            context.getBean(Legacy.class).byType(1);

                            assertThat(Laboratory.verdicts(context)).containsExactly(Verdict.MATCHED, Verdict.MATCHED);
                        }));
    }

    @Test
    void experimentsAreDeclaredAtTheStart() {
        application.run(context -> {
            List<String> names = context.getBean(Laboratory.Declared.class).names();

            assertThat(names)
                    .containsExactly(
                            "CandidatesTest.Legacy.byBeanAndMethod",
                            "CandidatesTest.Legacy.byMethod",
                            "CandidatesTest.Legacy.byName",
                            "CandidatesTest.Legacy.byType");
        });
    }

    static class Changing {
        @ParallelRun(method = "newer", options = "copying")
        public String older(StringBuilder text) {
            return text.toString();
        }

        public String newer(StringBuilder text) {
            String before = text.toString();
            text.append(" changed");
            return before;
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class Copying {
        @Bean
        ExperimentCustomizer<String> copying() {
            return options -> options.argumentCopier(StringBuilder.class, StringBuilder::new);
        }
    }

    @Test
    void argumentsAreCopiedForTheCandidateWhereTheOptionsSaySo() {
        Laboratory.application(Copying.class).withBean(Changing.class).run(context -> {
            StringBuilder text = new StringBuilder("text");

            context.getBean(Changing.class).older(text);

            assertThat(text).hasToString("text");
            assertThat(Laboratory.verdicts(context)).containsExactly(Verdict.MATCHED);
        });
    }
}
