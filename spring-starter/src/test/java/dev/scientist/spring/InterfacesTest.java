package dev.scientist.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.scientist.Verdict;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.reflect.Proxy;
import org.junit.jupiter.api.Test;
import org.springframework.aop.support.AopUtils;
import org.springframework.core.annotation.AliasFor;

/**
 * Proves that the annotation works wherever it is in the hierarchy of a method, through
 * proxies of classes and of interfaces.
 */
class InterfacesTest {

    interface Pricing {
        @ParallelRun(candidate = "rewrite")
        String quote(String request);
    }

    static class Legacy implements Pricing {
        @Override
        public String quote(String request) {
            return "quote of " + request;
        }
    }

    static class Rewrite implements Pricing {
        @Override
        public String quote(String request) {
            return "quote of " + request;
        }
    }

    @Test
    void anAnnotationOnAnInterfaceIsAboutEveryBeanButTheCandidate() {
        Laboratory.application()
                .withBean("legacy", Legacy.class)
                .withBean("rewrite", Rewrite.class)
                .run(context -> {
                    context.getBean(Legacy.class).quote("a");
                    context.getBean(Rewrite.class).quote("a");

                    assertThat(context.getBean("rewrite")).matches(bean -> !AopUtils.isAopProxy(bean));
                    assertThat(Laboratory.verdicts(context)).containsExactly(Verdict.MATCHED);
                    assertThat(context.getBean(Laboratory.Declared.class).names())
                            .containsExactly("InterfacesTest.Pricing.quote");
                });
    }

    @Test
    void beansHaveProxiesOfTheirInterfacesWhereTheApplicationWantsThem() {
        Laboratory.application()
                .withPropertyValues("spring.aop.proxy-target-class=false")
                .withBean("legacy", Legacy.class)
                .withBean("rewrite", Rewrite.class)
                .run(context -> {
                    Pricing legacy = context.getBean("legacy", Pricing.class);

                    legacy.quote("a");

                    assertThat(Proxy.isProxyClass(legacy.getClass())).isTrue();
                    assertThat(Laboratory.verdicts(context)).containsExactly(Verdict.MATCHED);
                });
    }

    @Test
    void aBeanThatIsAProxyOfAnInterfaceAlreadyCanBeThePrimary() {
        Pricing client = (Pricing) Proxy.newProxyInstance(
                Pricing.class.getClassLoader(), new Class<?>[] {Pricing.class}, (proxy, method, args) -> "remote");

        Laboratory.application()
                .withBean("client", Pricing.class, () -> client)
                .withBean("rewrite", Rewrite.class)
                .run(context -> {
                    String quote = context.getBean("client", Pricing.class).quote("a");

                    assertThat(quote).isEqualTo("remote");
                    assertThat(Laboratory.verdicts(context)).containsExactly(Verdict.MISMATCHED);
                });
    }

    @Test
    void aBeanThatIsALambdaCanBeThePrimary() {
        Laboratory.application()
                .withBean("client", Pricing.class, () -> request -> "lambda")
                .withBean("rewrite", Rewrite.class)
                .run(context -> {
                    String quote = context.getBean("client", Pricing.class).quote("a");

                    assertThat(quote).isEqualTo("lambda");
                    assertThat(Laboratory.verdicts(context)).containsExactly(Verdict.MISMATCHED);
                });
    }

    static class Configured {
        private final String endpoint;

        Configured() {
            this("none");
        }

        Configured(String endpoint) {
            this.endpoint = endpoint;
        }

        @ParallelRun(candidate = "green")
        public String quote(String request) {
            return endpoint + " quotes " + request;
        }
    }

    @Test
    void primaryAndCandidateMayBeTwoBeansOfOneClass() {
        Laboratory.application()
                .withBean("blue", Configured.class, () -> new Configured("blue"))
                .withBean("green", Configured.class, () -> new Configured("green"))
                .run(context -> {
                    String quote = context.getBean("blue", Configured.class).quote("a");

                    assertThat(quote).isEqualTo("blue quotes a");
                    assertThat(AopUtils.isAopProxy(context.getBean("green"))).isFalse();
                    assertThat(Laboratory.verdicts(context)).containsExactly(Verdict.MISMATCHED);
                });
    }

    @Test
    void twoPrimariesOfOneClassShareTheExperiment() {
        Laboratory.application()
                .withBean("blue", Configured.class, () -> new Configured("one"))
                .withBean("red", Configured.class, () -> new Configured("one"))
                .withBean("green", Configured.class, () -> new Configured("one"))
                .run(context -> {
                    context.getBean("blue", Configured.class).quote("a");
                    context.getBean("red", Configured.class).quote("a");

                    assertThat(Laboratory.verdicts(context)).containsExactly(Verdict.MATCHED, Verdict.MATCHED);
                    assertThat(context.getBean(Laboratory.Declared.class).names())
                            .containsExactly("InterfacesTest.Configured.quote");
                });
    }

    static class Base {
        @ParallelRun(candidate = "rewrite")
        public String quote(String request) {
            return "base";
        }
    }

    static class Derived extends Base {
        @Override
        public String quote(String request) {
            return "derived";
        }
    }

    @Test
    void theAnnotationOfAnOverriddenMethodCounts() {
        Laboratory.application()
                .withBean("derived", Derived.class)
                .withBean("rewrite", Rewrite.class)
                .run(context -> {
                    String quote = context.getBean(Derived.class).quote("a");

                    assertThat(quote).isEqualTo("derived");
                    assertThat(context.getBean(Laboratory.Declared.class).names())
                            .containsExactly("InterfacesTest.Base.quote");
                });
    }

    interface Generic<A, T> {
        @ParallelRun(candidate = "rewrite", method = "quote")
        T price(A request);
    }

    static class Specific implements Generic<String, String> {
        @Override
        public String price(String request) {
            return "quote of " + request;
        }
    }

    @Test
    void typeVariablesAreFilledIn() {
        Laboratory.application()
                .withBean("specific", Specific.class)
                .withBean("rewrite", Rewrite.class)
                .run(context -> {
                    Generic<String, String> specific = context.getBean(Specific.class);

                    specific.price("a");

                    assertThat(Laboratory.verdicts(context)).containsExactly(Verdict.MATCHED);
                });
    }

    @Retention(RetentionPolicy.RUNTIME)
    @ParallelRun(candidate = "rewrite")
    @interface Rewritten {
        @AliasFor(annotation = ParallelRun.class, attribute = "method")
        String by();
    }

    static class OwnAnnotation {
        @Rewritten(by = "quote")
        public String price(String request) {
            return "quote of " + request;
        }
    }

    @Test
    void anAnnotationOfOnesOwnMayCarryIt() {
        Laboratory.application()
                .withBean("own", OwnAnnotation.class)
                .withBean("rewrite", Rewrite.class)
                .run(context -> {
                    context.getBean(OwnAnnotation.class).price("a");

                    assertThat(Laboratory.verdicts(context)).containsExactly(Verdict.MATCHED);
                });
    }

    interface Both extends Pricing {
        @ParallelRun(candidate = "old")
        String cancel(String request);
    }

    static class OldBoth implements Both {
        @Override
        public String quote(String request) {
            return "one";
        }

        @Override
        public String cancel(String request) {
            return "one";
        }
    }

    static class NewBoth extends OldBoth {}

    @Test
    void aBeanMayBeThePrimaryOfOneMethodAndTheCandidateOfAnother() {
        Laboratory.application()
                .withBean("old", OldBoth.class)
                .withBean("rewrite", NewBoth.class)
                .run(context -> {
                    context.getBean("old", Both.class).quote("a");
                    context.getBean("old", Both.class).cancel("a");
                    context.getBean("rewrite", Both.class).quote("a");
                    context.getBean("rewrite", Both.class).cancel("a");

                    assertThat(context.getBean(Laboratory.Declared.class).names())
                            .containsExactly("InterfacesTest.Both.cancel", "InterfacesTest.Pricing.quote");
                    assertThat(Laboratory.verdicts(context)).containsExactly(Verdict.MATCHED, Verdict.MATCHED);
                });
    }
}
