package dev.scientist.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaModifier.SYNCHRONIZED;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noMethods;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.source.tree.SynchronizedTree;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.sql.CommonDataSource;
import org.junit.jupiter.api.Test;

/** What STYLE asks of all main code. */
class CodeTest {
    private static final Pattern EMPTY_NAME = Pattern.compile("(Abstract\\w*|\\w*(Impl|Manager|Helpers?|Utils?))");

    private static final JavaClasses EVERYTHING = House.mainClasses(House.modules());
    private static final JavaClasses LIBRARIES = House.mainClasses(House.libraries());

    @Test
    void noMethodIsSynchronized() {
        noMethods()
                .should()
                .haveModifier(SYNCHRONIZED)
                .because("a ReentrantLock does not pin virtual threads")
                .check(EVERYTHING);
    }

    @Test
    void noBlockIsSynchronized() {
        List<String> blocks = new ArrayList<>();

        Sources.scan(House.mainSources(), source -> new Sources.Scanner(source) {
            @Override
            public Void visitSynchronized(SynchronizedTree tree, Void nothing) {
                blocks.add(placeOf(tree));
                return super.visitSynchronized(tree, null);
            }
        });

        assertThat(blocks).as("synchronized blocks; use a ReentrantLock").isEmpty();
    }

    @Test
    void elapsedTimeIsNeverTheDifferenceOfTwoDates() {
        noClasses()
                .should()
                .callMethod(System.class, "currentTimeMillis")
                .because("elapsed time is nanoTime, dates are InstantSource")
                .check(EVERYTHING);
    }

    @Test
    void librariesAskAnInjectedClockForTheDate() {
        noClasses()
                .should()
                .callMethod(Instant.class, "now")
                .because("dates come from an injected InstantSource")
                .check(LIBRARIES);
    }

    @Test
    void librariesMakeNoUnboundedOrUnnamedThreadPools() {
        noClasses()
                .should()
                .callMethodWhere(describe(
                        "a factory of Executors is called",
                        call -> call.getTargetOwner().isEquivalentTo(Executors.class)
                                && call.getTarget().getName().startsWith("new")))
                .because("threads are bounded, daemon and recognisably named, and refuse work instead of queueing")
                .check(LIBRARIES);
    }

    @Test
    void threadsOfALibraryComeFromOnePlace() {
        for (House.Module library : House.libraries()) {
            Set<String> places = library.mainClasses().stream()
                    .flatMap(type -> type.getConstructorCallsFromSelf().stream())
                    .filter(call -> call.getTargetOwner().isAssignableTo(Thread.class))
                    .map(call -> topLevelOf(call.getOriginOwner()).getName())
                    .collect(Collectors.toSet());

            assertThat(places).as("classes of %s that make threads", library).hasSizeLessThanOrEqualTo(1);
        }
    }

    @Test
    void librariesNeverWriteToTheConsole() {
        NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS.check(LIBRARIES);
    }

    @Test
    void nobodyLogsThroughTheJdk() {
        noClasses()
                .that()
                .areNotAssignableTo(CommonDataSource.class) // which has a method of that type
                .should()
                .dependOnClassesThat()
                .resideInAPackage("java.util.logging..")
                .because("logging is SLF4J")
                .check(EVERYTHING);
    }

    @Test
    void optionalIsNeverAField() {
        noFields()
                .should()
                .haveRawType(assignableTo(Optional.class))
                .because("Optional is a return type; a field is @Nullable")
                .check(EVERYTHING);
    }

    @Test
    void optionalIsNeverAParameter() {
        List<String> takers = EVERYTHING.stream()
                .flatMap(type -> type.getCodeUnits().stream())
                .filter(unit ->
                        unit.getRawParameterTypes().stream().anyMatch(type -> type.isEquivalentTo(Optional.class)))
                .map(JavaCodeUnit::getFullName)
                .toList();

        assertThat(takers).as("methods that take an Optional").isEmpty();
    }

    @Test
    void aTypeIsANounThatAUserWouldSay() {
        List<String> empty = EVERYTHING.stream()
                .filter(type -> EMPTY_NAME.matcher(type.getSimpleName()).matches())
                .map(JavaClass::getName)
                .toList();

        assertThat(empty)
                .as("types named Impl, Manager, Helper, Utils or Abstract")
                .isEmpty();
    }

    @Test
    void everyPackageIsNullMarked() {
        Stream<Path> packages =
                House.mainSources().stream().map(Path::getParent).distinct();

        List<String> unmarked = packages.filter(folder -> !isNullMarked(folder.resolve("package-info.java")))
                .map(House::nameOf)
                .toList();

        assertThat(unmarked)
                .as("packages without @NullMarked in their package-info.java")
                .isEmpty();
    }

    private static boolean isNullMarked(Path packageInfo) {
        return Files.exists(packageInfo)
                && Sources.annotationsOfPackage(packageInfo).contains("NullMarked");
    }

    private static JavaClass topLevelOf(JavaClass type) {
        return type.getEnclosingClass().map(CodeTest::topLevelOf).orElse(type);
    }
}
