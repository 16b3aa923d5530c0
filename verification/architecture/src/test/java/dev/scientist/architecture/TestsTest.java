package dev.scientist.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaModifier.ABSTRACT;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.source.tree.AnnotationTree;
import com.sun.source.tree.BlockTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.EnhancedForLoopTree;
import com.sun.source.tree.ForLoopTree;
import com.sun.source.tree.LambdaExpressionTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.ReturnTree;
import com.sun.source.tree.StatementTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.TryTree;
import com.sun.source.util.TreeScanner;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethod;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What STYLE asks of tests, these ones included. */
class TestsTest {
    private static final Set<String> TEST_ANNOTATIONS =
            Set.of("Test", "ParameterizedTest", "RepeatedTest", "TestFactory", "TestTemplate");

    private static final JavaClasses TESTS = House.testClasses();

    @Test
    void noTestSleeps() {
        noClasses()
                .should()
                .callMethodWhere(describe(
                        "a sleep is called",
                        call -> call.getTarget().getName().equals("sleep")
                                && (call.getTargetOwner().isEquivalentTo(Thread.class)
                                        || call.getTargetOwner().isEquivalentTo(TimeUnit.class))))
                .because("time and threads are fakes or latches")
                .check(TESTS);
    }

    @Test
    void assertionsAreAssertJ() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .haveFullyQualifiedName("org.junit.jupiter.api.Assertions")
                .orShould()
                .dependOnClassesThat()
                .resideInAnyPackage("org.hamcrest..", "org.junit", "junit..")
                .check(TESTS);
    }

    @Test
    void noTestIsDisabled() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .haveFullyQualifiedName("org.junit.jupiter.api.Disabled")
                .because("a test runs or is deleted")
                .check(TESTS);
    }

    @Test
    void surefireFindsEveryTestByItsName() {
        List<String> unseen = TESTS.stream()
                .filter(type -> !type.getModifiers().contains(ABSTRACT))
                .filter(type -> type.getMethods().stream().anyMatch(TestsTest::isTest))
                .map(TestsTest::topLevelOf)
                .map(JavaClass::getName)
                .filter(name -> !name.endsWith("Test"))
                .distinct()
                .toList();

        assertThat(unseen)
                .as("classes with tests whose name does not end in Test: they would never run")
                .isEmpty();
    }

    @Test
    void theNameOfATestIsItsClaim() {
        List<String> unclaiming = violations((source, test) -> {
            String name = test.getName().toString();
            return name.startsWith("test") || !name.matches("[a-z][A-Za-z0-9]*") ? name : "";
        });

        assertThat(unclaiming)
                .as("test names that are not a camelCase claim without 'test'")
                .isEmpty();
    }

    @Test
    void aTestIsArrangedInParagraphs() {
        List<String> unarranged =
                violations((source, test) -> trouble(source, test.getBody().getStatements()));

        assertThat(unarranged)
                .as("arrange, act and assert are at most three paragraphs, separated by blank lines")
                .isEmpty();
    }

    @Test
    void noTestReturnsEarly() {
        List<String> early = violations((source, test) -> returns(test) ? "returns before its end" : "");

        assertThat(early)
                .as("tests with a return, which could pass without a check")
                .isEmpty();
    }

    private static List<String> violations(BiFunction<Sources.Source, MethodTree, String> rule) {
        List<String> violations = new ArrayList<>();
        Sources.scan(House.testSources(), source -> new Sources.Scanner(source) {
            @Override
            public Void visitMethod(MethodTree method, Void nothing) {
                String trouble = isTest(method) ? rule.apply(source, method) : "";
                if (!trouble.isEmpty()) {
                    violations.add(placeOf(method) + " " + method.getName() + ": " + trouble);
                }
                return super.visitMethod(method, null);
            }
        });
        return violations;
    }

    private static boolean isTest(MethodTree method) {
        return method.getModifiers().getAnnotations().stream()
                .map(AnnotationTree::getAnnotationType)
                .anyMatch(type -> TEST_ANNOTATIONS.contains(type.toString()));
    }

    private static boolean isTest(JavaMethod method) {
        return method.getAnnotations().stream()
                .anyMatch(annotation ->
                        TEST_ANNOTATIONS.contains(annotation.getRawType().getSimpleName()));
    }

    private static JavaClass topLevelOf(JavaClass type) {
        return type.getEnclosingClass().map(TestsTest::topLevelOf).orElse(type);
    }

    /** What is wrong with these statements; a try or a loop at their end is judged by what is in it. */
    private static String trouble(Sources.Source source, List<? extends StatementTree> all) {
        List<StatementTree> statements = new ArrayList<>(all);
        statements.removeIf(ClassTree.class::isInstance);
        if (!statements.isEmpty() && blockOf(statements.get(statements.size() - 1)) instanceof BlockTree block) {
            statements.remove(statements.size() - 1);
            boolean early = statements.stream().anyMatch(TestsTest::asserts);
            return early ? "asserts before its last block" : trouble(source, block.getStatements());
        }
        return trouble(paragraphsOf(source, statements));
    }

    private static @Nullable Tree blockOf(StatementTree statement) {
        return switch (statement.getKind()) {
            case TRY -> ((TryTree) statement).getBlock();
            case FOR_LOOP -> ((ForLoopTree) statement).getStatement();
            case ENHANCED_FOR_LOOP -> ((EnhancedForLoopTree) statement).getStatement();
            default -> null;
        };
    }

    private static List<List<StatementTree>> paragraphsOf(Sources.Source source, List<StatementTree> statements) {
        List<String> lines = House.read(source.file()).lines().toList();
        if (!statements.isEmpty()) {
            lines = withoutSnippets(lines, source.firstLine(statements.get(0)) - 1);
        }
        List<List<StatementTree>> paragraphs = new ArrayList<>();
        long previousEnd = -1;
        for (StatementTree statement : statements) {
            long start = source.firstLine(statement);
            if (previousEnd < 0 || hasBlankLine(lines, previousEnd, start)) {
                paragraphs.add(new ArrayList<>());
            }
            paragraphs.get(paragraphs.size() - 1).add(statement);
            previousEnd = source.lastLine(statement);
        }
        return paragraphs;
    }

    /**
     * Makes one block of a part of the test that a page shows, whose blank lines are the page's. The number of lines
     * stays. A test that is shown as a whole is left as it is.
     *
     * @param first the line above the test's first statement, from which on a part of the test can be shown
     */
    private static List<String> withoutSnippets(List<String> lines, long first) {
        List<String> result = new ArrayList<>();
        boolean shown = false;
        for (String line : lines) {
            boolean isPart = line.strip().startsWith("// tag::") && result.size() + 1 >= first;
            shown = isPart || (shown && !line.strip().startsWith("// end::"));
            result.add(shown ? "shown" : line);
        }
        return result;
    }

    /** Line numbers start at 1. */
    private static boolean hasBlankLine(List<String> lines, long after, long before) {
        return lines.subList((int) after, (int) before - 1).stream().anyMatch(String::isBlank);
    }

    private static String trouble(List<List<StatementTree>> paragraphs) {
        if (paragraphs.size() > 3) {
            return "has " + paragraphs.size() + " paragraphs";
        }
        if (paragraphs.stream().flatMap(List::stream).noneMatch(TestsTest::asserts)) {
            return "";
        }
        List<StatementTree> first = paragraphs.get(0);
        List<StatementTree> last = paragraphs.get(paragraphs.size() - 1);
        if (last.stream().noneMatch(TestsTest::asserts)) {
            return "goes on after what it asserts";
        }
        if (paragraphs.size() > 1) {
            return first.stream().anyMatch(TestsTest::asserts) ? "asserts in its first paragraph" : "";
        }
        return asserts(first.get(0)) ? "" : "has no blank line before what it asserts";
    }

    private static boolean asserts(Tree tree) {
        AtomicBoolean asserts = new AtomicBoolean();
        new TreeScanner<Void, Void>() {
            @Override
            public Void visitMethodInvocation(MethodInvocationTree call, Void nothing) {
                if (call.getMethodSelect().toString().startsWith("assertThat")) {
                    asserts.set(true);
                }
                return super.visitMethodInvocation(call, null);
            }

            @Override
            public Void visitLambdaExpression(LambdaExpressionTree lambda, Void nothing) {
                return null;
            }
        }.scan(tree, null);
        return asserts.get();
    }

    private static boolean returns(MethodTree test) {
        AtomicBoolean returns = new AtomicBoolean();
        new TreeScanner<Void, Void>() {
            @Override
            public Void visitReturn(ReturnTree tree, Void nothing) {
                // A @TestFactory returns its tests.
                returns.compareAndSet(false, tree.getExpression() == null);
                return null;
            }

            @Override
            public Void visitLambdaExpression(LambdaExpressionTree lambda, Void nothing) {
                return null;
            }

            @Override
            public Void visitClass(ClassTree type, Void nothing) {
                return null;
            }
        }.scan(test.getBody(), null);
        return returns.get();
    }
}
