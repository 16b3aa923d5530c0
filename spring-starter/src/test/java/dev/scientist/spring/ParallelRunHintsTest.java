package dev.scientist.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.util.function.Consumer;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.springframework.aot.generate.ClassNameGenerator;
import org.springframework.aot.generate.DefaultGenerationContext;
import org.springframework.aot.generate.GeneratedFiles;
import org.springframework.aot.generate.InMemoryGeneratedFiles;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.predicate.RuntimeHintsPredicates;
import org.springframework.context.annotation.AnnotatedBeanDefinitionReader;
import org.springframework.context.aot.ApplicationContextAotGenerator;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.javapoet.ClassName;
import reactor.core.publisher.Mono;

/** Proves that native images get hints for what is looked up by reflection. */
class ParallelRunHintsTest {

    record Address(String country) {}

    static class Customer {
        public String getId() {
            return "c-1";
        }

        public Address address() {
            return new Address("DE");
        }

        public String unread() {
            return "unread";
        }
    }

    static class Legacy {
        @ParallelRun(
                candidate = "rewrite",
                method = "price",
                key = "#customer.id",
                attributes = "country = #customer.address.country.strip()")
        public String quote(Customer customer) {
            return "quote";
        }
    }

    static class Rewrite {
        public String price(Customer customer) {
            return "price";
        }
    }

    static class Unannotated {
        public String quote(Customer customer) {
            return "quote";
        }
    }

    static class Miswired {
        @ParallelRun(candidate = "nobody")
        public String quote(Customer customer) {
            return "quote";
        }
    }

    @Test
    void bothMethodsCanBeCalled() {
        RuntimeHints hints = hints(context -> {
            context.registerBean("legacy", Legacy.class);
            context.registerBean("rewrite", Rewrite.class);
        });

        assertThat(called(Legacy.class, "quote")).accepts(hints);
        assertThat(called(Rewrite.class, "price")).accepts(hints);
    }

    @Test
    void whatExpressionsReadCanBeRead() {
        RuntimeHints hints = hints(context -> {
            context.registerBean("legacy", Legacy.class);
            context.registerBean("rewrite", Rewrite.class);
        });

        assertThat(called(Customer.class, "getId")).accepts(hints);
        assertThat(called(Customer.class, "address")).accepts(hints);
        assertThat(called(Address.class, "country")).accepts(hints);
        assertThat(called(Customer.class, "unread")).rejects(hints);
    }

    @Test
    void whatExpressionsCallCanBeCalled() {
        RuntimeHints hints = hints(context -> {
            context.registerBean("legacy", Legacy.class);
            context.registerBean("rewrite", Rewrite.class);
        });

        assertThat(called(String.class, "strip")).accepts(hints);
    }

    @Test
    void theAdviceIsPartOfWhatIsGenerated() {
        InMemoryGeneratedFiles files = new InMemoryGeneratedFiles();

        prepare(files, context -> {
            context.registerBean("legacy", Legacy.class);
            context.registerBean("rewrite", Rewrite.class);
        });

        assertThat(files.getGeneratedFiles(GeneratedFiles.Kind.SOURCE).keySet())
                .anyMatch(name -> name.contains("ParallelRunConfiguration__BeanDefinitions"));
        assertThat(files.getGeneratedFiles(GeneratedFiles.Kind.CLASS).keySet())
                // the proxy class, which an image cannot create later
                .anyMatch(name -> name.contains("Legacy$$SpringCGLIB"))
                .noneMatch(name -> name.contains("Rewrite$$SpringCGLIB"));
    }

    @Test
    void wrongWiringStopsTheBuildOfAnImage() {
        Throwable thrown = catchThrowable(() -> hints(context -> context.registerBean("legacy", Miswired.class)));

        assertThat(thrown).hasStackTraceContaining("There is no bean \"nobody\"");
    }

    static class Chosen {
        @ParallelRun(candidate = "${test.candidate:nobody}", optional = true)
        public String quote() {
            return "quote";
        }
    }

    static class Placed {
        @ParallelRun(candidate = "${test.candidate:rewrite}", method = "price", key = "#customer.id", optional = true)
        public String quote(Customer customer) {
            return "quote";
        }
    }

    static class OtherRewrite {
        public String price(Customer customer) {
            return "price";
        }

        public String unasked(Customer customer) {
            return "unasked";
        }
    }

    static class Named {
        @ParallelRun(candidate = "rewrite", method = "${test.method:price}")
        public String quote(Customer customer) {
            return "quote";
        }
    }

    @Test
    void whateverAPlaceholderChoosesWhenTheImageRunsCanBeCalled() {
        RuntimeHints hints = hints(context -> {
            context.registerBean("legacy", Placed.class);
            context.registerBean("rewrite", Rewrite.class);
            context.registerBean("otherRewrite", OtherRewrite.class);
        });

        assertThat(called(Rewrite.class, "price")).accepts(hints);
        assertThat(called(OtherRewrite.class, "price")).accepts(hints);
        assertThat(called(OtherRewrite.class, "unasked")).rejects(hints);
    }

    @Test
    void soItCanWhereTheOneThatIsChosenWhenItIsBuiltIsAbsent() {
        RuntimeHints hints = hints(context -> {
            context.registerBean("legacy", Placed.class);
            context.registerBean("otherRewrite", OtherRewrite.class);
        });

        assertThat(called(OtherRewrite.class, "price")).accepts(hints);
        assertThat(called(Customer.class, "getId")).accepts(hints);
    }

    @Test
    void aMethodMayBeChosenThenToo() {
        RuntimeHints hints = hints(context -> {
            context.registerBean("legacy", Named.class);
            context.registerBean("rewrite", TwoRewrites.class);
        });

        assertThat(called(TwoRewrites.class, "price")).accepts(hints);
        assertThat(called(TwoRewrites.class, "newPrice")).accepts(hints);
    }

    static class TwoRewrites extends Rewrite {
        @Override
        public String price(Customer customer) {
            return "price";
        }

        public String newPrice(Customer customer) {
            return "price";
        }
    }

    @Test
    void anAbsentCandidateNeedsNoHints() {
        RuntimeHints hints = hints(context -> context.registerBean("legacy", Chosen.class));

        assertThat(called(Chosen.class, "quote")).accepts(hints);
    }

    @Test
    void optionalLibrariesAreFound() {
        RuntimeHints hints = new RuntimeHints();

        new ParallelRunHints().registerHints(hints, getClass().getClassLoader());

        assertThat(RuntimeHintsPredicates.reflection().onType(Mono.class)).accepts(hints);
        assertThat(called(ParallelRun.class, "candidate")).accepts(hints);
    }

    /** A predicate for a method, by the name that also the older line of Spring has. */
    @SuppressWarnings({"deprecation", "removal"})
    private static Predicate<RuntimeHints> called(Class<?> type, String method) {
        return RuntimeHintsPredicates.reflection().onMethod(type, method).invoke();
    }

    /**
     * Prepares an application as the build of an image does, with the classes that
     * spring.factories and aot.factories name.
     */
    private static RuntimeHints hints(Consumer<GenericApplicationContext> beans) {
        return prepare(new InMemoryGeneratedFiles(), beans);
    }

    private static RuntimeHints prepare(InMemoryGeneratedFiles files, Consumer<GenericApplicationContext> beans) {
        DefaultGenerationContext generation = new DefaultGenerationContext(
                new ClassNameGenerator(ClassName.get("dev.scientist.spring", "Application")), files);
        try (GenericApplicationContext context = new GenericApplicationContext()) {
            new AnnotatedBeanDefinitionReader(context).register(Laboratory.class);
            beans.accept(context);
            new ApplicationContextAotGenerator().processAheadOfTime(context, generation);
        }
        generation.writeGeneratedContent();
        return generation.getRuntimeHints();
    }
}
