package dev.scientist.architecture;

import static java.util.stream.Collectors.toCollection;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A type becomes public on purpose: by an edit of the list that its module keeps. */
class PublicTypesTest {
    @ParameterizedTest
    @MethodSource("libraries")
    void theListOfPublicTypesIsTrue(House.Module library) {
        Path list = library.directory().resolve("public-types.txt");
        Set<String> actual = publicTypesOf(library);

        List<String> listed = linesOf(list);

        assertThat(differences(actual, listed))
                .as(
                        "%s: '+' is public but not listed, '-' is listed but not public."
                                + " Hide what no user needs to name; then edit the list",
                        House.nameOf(list))
                .isEmpty();
    }

    @ParameterizedTest
    @MethodSource("libraries")
    void theListOfPublicTypesIsInOrder(House.Module library) {
        List<String> listed = linesOf(library.directory().resolve("public-types.txt"));

        assertThat(listed).isSorted().doesNotHaveDuplicates();
    }

    static Stream<House.Module> libraries() {
        return House.libraries().stream();
    }

    private static List<String> linesOf(Path list) {
        return Files.exists(list) ? House.read(list).lines().toList() : List.of();
    }

    private static Set<String> publicTypesOf(House.Module library) {
        return library.mainClasses().stream()
                .filter(JavaClass::isTopLevelClass)
                .filter(type -> type.getModifiers().contains(JavaModifier.PUBLIC))
                .map(JavaClass::getName)
                .collect(toCollection(TreeSet::new));
    }

    private static List<String> differences(Set<String> actual, List<String> listed) {
        List<String> differences = new ArrayList<>();
        actual.stream().filter(name -> !listed.contains(name)).forEach(name -> differences.add("+ " + name));
        listed.stream().filter(name -> !actual.contains(name)).forEach(name -> differences.add("- " + name));
        return differences;
    }
}
