package dev.scientist.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.scientist.Experiment;
import dev.scientist.Scientist;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.Banner;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;

/**
 * Proves that wrong wiring stops the application at the start, with a message that names bean,
 * method, reason and remedy.
 */
@ExtendWith(OutputCaptureExtension.class)
class WrongWiringTest {

    record Request(String customerId) {}

    record Quote(String text) {}

    static class Rewrite {
        public Quote quote(Request request) {
            return new Quote("rewrite");
        }
    }

    static class OtherRewrite extends Rewrite {}

    static class Misspelt {
        @ParallelRun(candidate = "rewritenPricing")
        public Quote quote(Request request) {
            return new Quote("primary");
        }
    }

    @Test
    void aBeanThatDoesNotExist() {
        String told = told(application ->
                application.withBean("pricing", Misspelt.class).withBean("rewrittenPricing", Rewrite.class));

        assertThat(told).isEqualTo("""
                        A method with @ParallelRun is wired wrongly:

                            Bean:   pricing
                            Method: WrongWiringTest.Quote WrongWiringTest.Misspelt.quote(WrongWiringTest.Request)

                        There is no bean "rewritenPricing", which the annotation names as the candidate.
                        -> Did you mean "rewrittenPricing"? Set candidate to the name of a bean, or declare a bean of that name.""");
    }

    static class OfType {
        @ParallelRun(candidateType = Rewrite.class)
        public Quote quote(Request request) {
            return new Quote("primary");
        }
    }

    @Test
    void aTypeOfWhichThereIsNoBean() {
        String told = told(application -> application.withBean("pricing", OfType.class));

        assertThat(told)
                .contains("There is no bean of type dev.scientist.spring.WrongWiringTest$Rewrite, which the annotation"
                        + " names as the candidate.")
                .contains("-> Declare such a bean, for example with @Component on the class");
    }

    @Test
    void aTypeOfWhichThereAreSeveralBeans() {
        String told = told(application -> application
                .withBean("pricing", OfType.class)
                .withBean("two", Rewrite.class)
                .withBean("one", OtherRewrite.class));

        assertThat(told)
                .contains("There are 2 beans of type dev.scientist.spring.WrongWiringTest$Rewrite, which the annotation"
                        + " names as the candidate: \"one\", \"two\".")
                .contains("-> Set candidate to one of these names instead of candidateType");
    }

    static class WithMethod {
        @ParallelRun(candidate = "rewrite", method = "quotes")
        public Quote quote(Request request) {
            return new Quote("primary");
        }
    }

    @Test
    void aMethodThatDoesNotExist() {
        String told = told(
                application -> application.withBean("pricing", WithMethod.class).withBean("rewrite", Rewrite.class));

        assertThat(told)
                .contains(
                        "The candidate's bean \"rewrite\" (dev.scientist.spring.WrongWiringTest$Rewrite) has no method"
                                + " \"quotes\".")
                .contains("-> Did you mean \"quote\"? Set method to the name of the candidate's method.");
    }

    static class Named {
        @ParallelRun(candidate = "rewrite")
        public Quote quote(Request request) {
            return new Quote("primary");
        }
    }

    static class OtherParameters {
        public Quote quote(String customerId) {
            return new Quote("rewrite");
        }

        public Quote quote(Request request, int times) {
            return new Quote("rewrite");
        }
    }

    @Test
    void aSignatureThatDiffers() {
        String told = told(
                application -> application.withBean("pricing", Named.class).withBean("rewrite", OtherParameters.class));

        assertThat(told).endsWith("""
                        The candidate's method in the bean "rewrite" does not take the same parameters as the primary, or wider ones:

                            primary:   WrongWiringTest.Quote WrongWiringTest.Named.quote(WrongWiringTest.Request)
                            candidate: WrongWiringTest.Quote WrongWiringTest.OtherParameters.quote(String)
                            candidate: WrongWiringTest.Quote WrongWiringTest.OtherParameters.quote(WrongWiringTest.Request, int)
                        -> Give the candidate the parameters and the kind of answer that the primary has, or set method to the \
                        name of one that has them; a method that adapts the two will do.""");
    }

    static class OtherAnswer {
        public CompletableFuture<Quote> quote(Request request) {
            return CompletableFuture.completedFuture(new Quote("rewrite"));
        }
    }

    @Test
    void anAnswerOfAnotherKind() {
        String told = told(
                application -> application.withBean("pricing", Named.class).withBean("rewrite", OtherAnswer.class));

        assertThat(told)
                .contains(
                        "The candidate's method in the bean \"rewrite\" does not return the same kind of answer as the"
                                + " primary:")
                .contains("candidate: CompletableFuture<WrongWiringTest.Quote> WrongWiringTest.OtherAnswer.quote(");
    }

    @SuppressWarnings({"UnusedMethod", "UnusedVariable"}) // nothing can call it, which the test is about
    static class Hidden {
        private Quote quote(Request request) {
            return new Quote("rewrite");
        }
    }

    @Test
    void aCandidateThatIsPrivate() {
        String told =
                told(application -> application.withBean("pricing", Named.class).withBean("rewrite", Hidden.class));

        assertThat(told)
                .contains(
                        "The candidate WrongWiringTest.Quote WrongWiringTest.Hidden.quote(WrongWiringTest.Request) is private, so it"
                                + " cannot be called on the bean.")
                .contains("-> Make it an instance method that is not private.");
    }

    static final class Final {
        @ParallelRun(candidate = "rewrite")
        public Quote quote(Request request) {
            return new Quote("primary");
        }
    }

    @Test
    void aFinalClass() {
        String told =
                told(application -> application.withBean("pricing", Final.class).withBean("rewrite", Rewrite.class));

        assertThat(told)
                .contains("Bean:   pricing")
                .contains("The class dev.scientist.spring.WrongWiringTest$Final is final, so there can be no proxy that"
                        + " extends it.")
                .contains("-> Make the class not final; or let it implement an interface with the method, inject that,"
                        + " and set spring.aop.proxy-target-class=false.");
    }

    static class FinalMethod {
        @ParallelRun(candidate = "rewrite")
        public final Quote quote(Request request) {
            return new Quote("primary");
        }
    }

    @Test
    void aFinalMethod() {
        String told = told(application ->
                application.withBean("pricing", FinalMethod.class).withBean("rewrite", Rewrite.class));

        assertThat(told)
                .contains("The method is final, so no proxy can intercept it.")
                .contains("-> Make the method not final, or run a dev.scientist.Experiment in its code.");
    }

    static class FinalCandidate {
        @ParallelRun(method = "newer")
        public Quote quote(Request request) {
            return new Quote("primary");
        }

        public final Quote newer(Request request) {
            return new Quote("primary");
        }
    }

    @Test
    void aFinalCandidateInThePrimarysOwnBean() {
        String told = told(application -> application.withBean("pricing", FinalCandidate.class));

        assertThat(told)
                .contains("is final, so the proxy of its bean cannot pass it on.")
                .contains("-> Make it not final.");
    }

    @SuppressWarnings({"UnusedMethod", "UnusedVariable"}) // nothing can call it, which the test is about
    static class PrivateMethod {
        @ParallelRun(candidate = "rewrite")
        private Quote quote(Request request) {
            return new Quote("primary");
        }
    }

    @Test
    void aPrivateMethod() {
        String told = told(application ->
                application.withBean("pricing", PrivateMethod.class).withBean("rewrite", Rewrite.class));

        assertThat(told)
                .contains("The method is private, so no proxy can intercept it.")
                .contains("-> Make it an instance method that is not private, or run a dev.scientist.Experiment in its"
                        + " code.");
    }

    static class StaticMethod {
        @ParallelRun(candidate = "rewrite")
        public static Quote quote(Request request) {
            return new Quote("primary");
        }
    }

    @Test
    void aStaticMethod() {
        String told = told(application ->
                application.withBean("pricing", StaticMethod.class).withBean("rewrite", Rewrite.class));

        assertThat(told).contains("The method is static, so no proxy can intercept it.");
    }

    static class Itself {
        @ParallelRun(candidate = "pricing")
        public Quote quote(Request request) {
            return new Quote("primary");
        }
    }

    @Test
    void aBeanThatIsItsOwnCandidate() {
        String told = told(application -> application.withBean("pricing", Itself.class));

        assertThat(told)
                .contains("The bean is its own candidate: no other bean has the method.")
                .contains("-> Name another bean as the candidate, or another method of this bean with method.");
    }

    static class ItsOwnMethod {
        @ParallelRun(method = "quote")
        public Quote quote(Request request) {
            return new Quote("primary");
        }
    }

    @Test
    void aMethodThatIsItsOwnCandidate() {
        String told = told(application -> application.withBean("pricing", ItsOwnMethod.class));

        assertThat(told)
                .contains("The candidate is the annotated method itself, so there is nothing to compare it with.")
                .contains("-> Set method to the name of another method, or candidate to the name of another bean.");
    }

    static class OneName {
        @ParallelRun(candidate = "rewrite", name = "quotes")
        public Quote quote(Request request) {
            return new Quote("primary");
        }
    }

    static class SameName {
        @ParallelRun(candidate = "rewrite", name = "quotes")
        public Quote quote(Request request) {
            return new Quote("primary");
        }
    }

    @Test
    void twoExperimentsWithOneName() {
        String told = told(application -> application
                .withBean("one", OneName.class)
                .withBean("two", SameName.class)
                .withBean("rewrite", Rewrite.class));

        assertThat(told)
                .contains("Bean:   two")
                .contains("Its experiment is named \"quotes\", and so is that of WrongWiringTest.Quote"
                        + " WrongWiringTest.OneName.quote(WrongWiringTest.Request) of the bean \"one\".")
                .contains("-> Give one of them another name with @ParallelRun(name = ...).");
    }

    interface Pricing {
        @ParallelRun(candidate = "rewrite")
        Quote quote(Request request);
    }

    static class Old implements Pricing {
        @Override
        public Quote quote(Request request) {
            return new Quote("primary");
        }
    }

    static class Older extends Old {}

    @Test
    void twoPrimariesOfOneInterface() {
        String told = told(application -> application
                .withBean("old", Old.class)
                .withBean("older", Older.class)
                .withBean("rewrite", Rewrite.class));

        assertThat(told)
                .contains("Its experiment is named \"WrongWiringTest.Pricing.quote\", and so is that of")
                .contains("of the bean \"old\"")
                .contains(
                        "-> Both have it from WrongWiringTest.Quote WrongWiringTest.Pricing.quote(WrongWiringTest.Request): annotate"
                                + " the method of each class instead, with a name each; or name as the candidate the bean that is"
                                + " the candidate.");
    }

    @Configuration(proxyBeanMethods = false)
    static class InCode {
        @Bean
        Experiment<String> quotes(Scientist scientist) {
            return scientist.experiment("quotes");
        }
    }

    @Test
    void aNameThatCodeHasTaken() {
        String told = told(application -> application
                .withBean("one", OneName.class)
                .withBean("rewrite", Rewrite.class)
                .withUserConfiguration(InCode.class));

        assertThat(told)
                .contains(
                        "The experiment \"quotes\" cannot be declared: experiment name must be unique but \"quotes\" is"
                                + " already declared");
    }

    static class Silent {
        @ParallelRun
        public Quote quote(Request request) {
            return new Quote("primary");
        }
    }

    @Test
    void aCandidateThatIsNotSaid() {
        String told = told(application -> application.withBean("pricing", Silent.class));

        assertThat(told)
                .contains("The annotation does not say what the candidate is.")
                .contains(
                        "-> Set candidate to the name of a bean, candidateType to the type of a bean, or method to the"
                                + " name of another method of this bean.");
    }

    static class Twice {
        @ParallelRun(candidate = "rewrite", candidateType = Rewrite.class)
        public Quote quote(Request request) {
            return new Quote("primary");
        }
    }

    @Test
    void aCandidateThatIsSaidTwice() {
        String told =
                told(application -> application.withBean("pricing", Twice.class).withBean("rewrite", Rewrite.class));

        assertThat(told)
                .contains("The annotation names the candidate twice, as the bean \"rewrite\" and as a bean of type"
                        + " dev.scientist.spring.WrongWiringTest$Rewrite.")
                .contains("-> Leave out candidate or candidateType.");
    }

    static class WithOptions {
        @ParallelRun(candidate = "rewrite", options = "quoteOptions")
        public Quote quote(Request request) {
            return new Quote("primary");
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class Options {
        @Bean
        ExperimentCustomizer<Quote> quotOptions() {
            return options -> options.sampleRate(0.5);
        }
    }

    @Test
    void optionsThatDoNotExist() {
        String told = told(application -> application
                .withBean("pricing", WithOptions.class)
                .withBean("rewrite", Rewrite.class)
                .withUserConfiguration(Options.class));

        assertThat(told)
                .contains("There is no bean \"quoteOptions\", which the annotation names as its options.")
                .contains("-> Did you mean \"quotOptions\"? Set options to the name of an ExperimentCustomizer bean");
    }

    @Test
    void optionsThatAreSomethingElse() {
        String told = told(application -> application
                .withBean("pricing", WithOptions.class)
                .withBean("rewrite", Rewrite.class)
                .withBean("quoteOptions", Quote.class, () -> new Quote("no options")));

        assertThat(told)
                .contains("The bean \"quoteOptions\", which the annotation names as its options, is no"
                        + " ExperimentCustomizer but a dev.scientist.spring.WrongWiringTest$Quote.")
                .contains("-> Set options to the name of a bean that implements"
                        + " dev.scientist.spring.ExperimentCustomizer.");
    }

    @Configuration(proxyBeanMethods = false)
    static class WrongOptions {
        @Bean
        ExperimentCustomizer<Quote> quoteOptions() {
            return options -> options.sampleRate(2);
        }
    }

    @Test
    void optionsThatAreWrong() {
        String told = told(application -> application
                .withBean("pricing", WithOptions.class)
                .withBean("rewrite", Rewrite.class)
                .withUserConfiguration(WrongOptions.class));

        assertThat(told)
                .contains("cannot be declared: sampleRate must be between 0 and 1 but was 2.0.")
                .contains("-> Correct its options, or give it another name");
    }

    @Configuration(proxyBeanMethods = false)
    static class SeveralCandidates {
        @Bean
        ExperimentCustomizer<Quote> quoteOptions() {
            return options -> options.candidates("one", "two");
        }
    }

    @Test
    void optionsWithSeveralCandidates() {
        String told = told(application -> application
                .withBean("pricing", WithOptions.class)
                .withBean("rewrite", Rewrite.class)
                .withUserConfiguration(SeveralCandidates.class));

        assertThat(told).contains("has the candidates [one, two], but an annotated method has one.");
    }

    static class ConsumedOnce {
        @ParallelRun(method = "newer")
        public Stream<Quote> quote(Request request) {
            return Stream.empty();
        }

        public Stream<Quote> newer(Request request) {
            return Stream.empty();
        }
    }

    @Test
    void anAnswerThatCanBeConsumedOnce() {
        String told = told(application -> application.withBean("pricing", ConsumedOnce.class));

        assertThat(told)
                .contains("The method returns a Stream, which can be consumed only once, or not be followed.")
                .contains("-> Return a CompletionStage, a Mono, a Flux, or a collection.");
    }

    static class NotFollowed {
        @ParallelRun(method = "newer")
        public Future<Quote> quote(Request request) {
            throw new UnsupportedOperationException();
        }
    }

    @Test
    void anAnswerThatCannotBeFollowed() {
        String told = told(application -> application.withBean("pricing", NotFollowed.class));

        assertThat(told).contains("returns a Future, which can be consumed only once, or not be followed.");
    }

    static class Unparsable extends Keyed {
        @ParallelRun(candidate = "rewrite", key = "#request.")
        @Override
        public Quote quote(Request request) {
            return new Quote("primary");
        }
    }

    static class UnknownVariable extends Keyed {
        @ParallelRun(candidate = "rewrite", key = "#requset.customerId")
        @Override
        public Quote quote(Request request) {
            return new Quote("primary");
        }
    }

    static class WithoutSign extends Keyed {
        @ParallelRun(candidate = "rewrite", key = "request.customerId")
        @Override
        public Quote quote(Request request) {
            return new Quote("primary");
        }
    }

    static class WithoutEquals extends Keyed {
        @ParallelRun(candidate = "rewrite", attributes = "#request.customerId")
        @Override
        public Quote quote(Request request) {
            return new Quote("primary");
        }
    }

    static class Keyed {
        public Quote quote(Request request) {
            return new Quote("primary");
        }
    }

    private static String toldOf(Class<? extends Keyed> keyed) {
        return told(application -> application.withBean("pricing", keyed).withBean("rewrite", Rewrite.class));
    }

    @Test
    void anExpressionThatCannotBeParsed() {
        String told = toldOf(Unparsable.class);

        assertThat(told)
                .contains("The expression of the key, \"#request.\", cannot be parsed: ")
                .contains("-> Correct it; parameters are variables in SpEL, such as #request.");
    }

    @Test
    void anExpressionThatNamesAnUnknownVariable() {
        String told = toldOf(UnknownVariable.class);

        assertThat(told)
                .contains(
                        "The expression of the key, \"#requset.customerId\", names #requset, which is no parameter of the"
                                + " method.")
                .contains("-> The parameters are #request.");
    }

    @Test
    void anExpressionThatForgetsTheSign() {
        String told = toldOf(WithoutSign.class);

        assertThat(told)
                .contains(
                        "The expression of the key, \"request.customerId\", asks for \"request\" of nothing: parameters"
                                + " are variables, written with #.")
                .contains("-> Write # before the name of a parameter, such as #request.");
    }

    @Test
    void anAttributeWithoutAName() {
        String told = toldOf(WithoutEquals.class);

        assertThat(told)
                .contains("The attribute \"#request.customerId\" is not a name, = and an expression.")
                .contains("-> Write, for example, attributes = \"country = #request\".");
    }

    @Configuration(proxyBeanMethods = false)
    static class WithPrimary {
        @Bean
        @Primary
        Rewrite one() {
            return new Rewrite();
        }

        @Bean
        Rewrite two() {
            return new OtherRewrite();
        }
    }

    @Test
    void ofSeveralBeansOfATypeThePrimaryOneIsMeant() {
        application(application ->
                        application.withBean("pricing", OfType.class).withUserConfiguration(WithPrimary.class))
                .run(context -> assertThat(context).hasNotFailed());
    }

    @Test
    void anApplicationThatDoesNotStartSaysWhy(CapturedOutput output) {
        SpringApplicationBuilder application = new SpringApplicationBuilder(Laboratory.class, Misspelt.class)
                .web(WebApplicationType.NONE)
                .bannerMode(Banner.Mode.OFF);

        Throwable failure = catchThrowable(application::run);

        assertThat(failure).isInstanceOf(WrongWiringException.class);
        assertThat(output)
                .contains("APPLICATION FAILED TO START")
                .contains("There is no bean \"rewritenPricing\"")
                .contains("Set candidate to the name of a bean");
    }

    private static ApplicationContextRunner application(UnaryOperator<ApplicationContextRunner> beans) {
        return beans.apply(Laboratory.application());
    }

    /**
     * The text that a user reads when the application does not start: the description and, after an arrow, the action.
     */
    private static String told(UnaryOperator<ApplicationContextRunner> beans) {
        String[] told = new String[1];
        application(beans).run(context -> {
            assertThat(context).hasFailed();
            FailureAnalysis analysis = new WrongWiringFailureAnalyzer().analyze(context.getStartupFailure());
            assertThat(analysis)
                    .as("analysis of " + context.getStartupFailure())
                    .isNotNull();
            told[0] = analysis.getDescription() + "\n-> " + analysis.getAction();
        });
        return told[0];
    }
}
