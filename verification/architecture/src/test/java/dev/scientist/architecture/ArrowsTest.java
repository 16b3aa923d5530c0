package dev.scientist.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static java.util.stream.Collectors.toCollection;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Arrows run one way: samples → starter → {comparators, fleet} → core, and inside core all rooms → engine. */
class ArrowsTest {
    private static final String ENGINE = "dev.scientist";

    private static final JavaClasses LIBRARIES = House.mainClasses(House.libraries());

    /** The rooms of the libraries, and what each may import besides the JDK, slf4j, jspecify, itself and the engine. */
    private static final Map<String, Set<String>> ROOMS = Map.ofEntries(
            Map.entry(ENGINE, Set.of()),
            Map.entry("dev.scientist.decision", Set.of("org.HdrHistogram..")),
            Map.entry("dev.scientist.jdbc", Set.of("javax.sql..")),
            Map.entry(
                    "dev.scientist.metrics",
                    Set.of("dev.scientist.decision", "io.micrometer.core..", "io.micrometer.common..")),
            Map.entry("dev.scientist.context", Set.of("io.micrometer.context..")),
            Map.entry("dev.scientist.opentelemetry", Set.of("io.opentelemetry.api..", "io.opentelemetry.context..")),
            Map.entry("dev.scientist.reactor", Set.of("reactor..", "org.reactivestreams..")),
            Map.entry("dev.scientist.resilience", Set.of("io.github.resilience4j..")),
            Map.entry("dev.scientist.testing", Set.of("org.junit.jupiter.api..", "org.opentest4j..")),
            Map.entry(
                    "dev.scientist.comparators",
                    Set.of(
                            "net.javacrumbs.jsonunit..",
                            "com.fasterxml.jackson..",
                            "tools.jackson..",
                            "javax.crypto..")),
            Map.entry(
                    "dev.scientist.comparators.xml",
                    Set.of("org.xmlunit..", "javax.xml..", "org.w3c.dom..", "org.xml.sax..")),
            // Messages become plain trees, which the room above compares under rules.
            Map.entry(
                    "dev.scientist.comparators.protobuf", Set.of("dev.scientist.comparators", "com.google.protobuf..")),
            // The starter wires the other rooms to what an application has; no Jackson: a mapper's type is a name here.
            Map.entry(
                    "dev.scientist.spring",
                    Set.of(
                            "dev.scientist.comparators",
                            "dev.scientist.decision",
                            "dev.scientist.jdbc",
                            "dev.scientist.metrics",
                            "dev.scientist.reactor",
                            "javax.sql..",
                            "io.r2dbc.spi..",
                            "dev.scientist.resilience",
                            "org.springframework..",
                            "org.aopalliance..",
                            "io.micrometer.core..",
                            "io.micrometer.observation..",
                            "io.github.resilience4j..",
                            "reactor..",
                            "org.reactivestreams..")),
            Map.entry(
                    "dev.scientist.spring.actuate",
                    Set.of(
                            "dev.scientist.spring",
                            "dev.scientist.comparators",
                            "dev.scientist.decision",
                            "org.springframework..")),
            Map.entry(
                    "dev.scientist.spring.testing",
                    Set.of("dev.scientist.spring", "dev.scientist.testing", "org.springframework..")));

    /** Which modules' packages each module may import; a program may import every library. */
    private static final Map<String, Set<String>> ARROWS = Map.of(
            "scientist-core", Set.of(),
            "comparators", Set.of("scientist-core"),
            "fleet", Set.of("scientist-core"),
            "spring-starter", Set.of("comparators", "fleet", "scientist-core"));

    @ParameterizedTest
    @MethodSource("roomsThereAre")
    void aRoomImportsItsOwnLibrariesAndTheEngineOnly(String room) {
        List<String> allowed = new ArrayList<>(List.of("java..", "org.slf4j..", "org.jspecify..", ENGINE, room));
        allowed.addAll(ROOMS.getOrDefault(room, Set.of()));

        classes()
                .that()
                .resideInAPackage(room)
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(allowed.toArray(String[]::new))
                .because("one package per optional library, and feature packages never see each other;"
                        + " a library that a room newly needs is declared in ArrowsTest.ROOMS")
                .check(LIBRARIES);
    }

    @Test
    void everyPackageOfALibraryIsADeclaredRoom() {
        Set<String> undeclared = packagesOf(LIBRARIES);

        undeclared.removeAll(ROOMS.keySet());

        assertThat(undeclared)
                .as("packages that are not in ArrowsTest.ROOMS, where each says what it may import")
                .isEmpty();
    }

    @Test
    void packagesNeverFormACycle() {
        slices().assignedFrom(new ByPackage()).should().beFreeOfCycles().check(House.mainClasses(House.modules()));
    }

    @Test
    void modulesImportDownwardsOnly() {
        Map<String, String> owners = owners();

        List<String> upwards = House.modules().stream()
                .flatMap(module -> upwardImports(module, owners))
                .toList();

        assertThat(upwards)
                .as("imports against the arrows samples → starter → {comparators, fleet} → core")
                .isEmpty();
    }

    @Test
    void noPackageIsSplitOverTwoModules() {
        Map<String, Set<String>> modulesByPackage = new TreeMap<>();
        for (House.Module module : House.modules()) {
            packagesOf(module.mainClasses())
                    .forEach(name -> modulesByPackage
                            .computeIfAbsent(name, key -> new TreeSet<>())
                            .add(module.name()));
        }

        modulesByPackage.values().removeIf(modules -> modules.size() == 1);

        assertThat(modulesByPackage).as("packages in several modules").isEmpty();
    }

    static Stream<String> roomsThereAre() {
        return packagesOf(LIBRARIES).stream();
    }

    private static Map<String, String> owners() {
        Map<String, String> owners = new TreeMap<>();
        for (House.Module module : House.modules()) {
            packagesOf(module.mainClasses()).forEach(name -> owners.put(name, module.name()));
        }
        return owners;
    }

    private static Stream<String> upwardImports(House.Module module, Map<String, String> owners) {
        Set<String> allowed = new HashSet<>(allowedFor(module));
        allowed.add(module.name());
        return module.mainClasses().stream()
                .flatMap(type -> type.getDirectDependenciesFromSelf().stream())
                .filter(dependency -> !allowed.contains(ownerOf(dependency, owners, module)))
                .map(Dependency::getDescription);
    }

    private static Set<String> allowedFor(House.Module module) {
        if (module.isLibrary()) {
            return ARROWS.getOrDefault(module.name(), Set.of());
        }
        Set<String> libraries = new HashSet<>();
        House.libraries().forEach(library -> libraries.add(library.name()));
        return libraries;
    }

    private static String ownerOf(Dependency dependency, Map<String, String> owners, House.Module otherwise) {
        String name = dependency.getTargetClass().getBaseComponentType().getPackageName();
        return owners.getOrDefault(name, otherwise.name());
    }

    private static Set<String> packagesOf(JavaClasses classes) {
        return classes.stream().map(JavaClass::getPackageName).collect(toCollection(TreeSet::new));
    }

    /** One slice per package; the usual patterns leave out the topmost package, which is our engine. */
    private static final class ByPackage implements SliceAssignment {
        @Override
        public SliceIdentifier getIdentifierOf(JavaClass type) {
            String name = type.getPackageName();
            boolean ours = name.equals(ENGINE) || name.startsWith(ENGINE + ".");
            return ours ? SliceIdentifier.of(name) : SliceIdentifier.ignore();
        }

        @Override
        public String getDescription() {
            return "packages";
        }
    }
}
