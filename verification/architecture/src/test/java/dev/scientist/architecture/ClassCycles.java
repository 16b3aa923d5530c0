package dev.scientist.architecture;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The cycles among the top-level types of one package: the strongly connected components of their dependencies, found
 * with Tarjan's algorithm. A nested type belongs to the one it stands in.
 */
final class ClassCycles {
    private final Map<String, Set<String>> needs;
    private final Map<String, Integer> numbers = new HashMap<>();
    private final Map<String, Integer> lowest = new HashMap<>();
    private final Deque<String> open = new ArrayDeque<>();
    private final Set<String> isOpen = new HashSet<>();
    private final List<List<String>> cycles = new ArrayList<>();

    private ClassCycles(Map<String, Set<String>> needs) {
        this.needs = needs;
    }

    /** All cycles, the largest first, each with the full names of its types in order. */
    static List<List<String>> in(JavaClasses classes) {
        Map<String, Set<String>> needs = new TreeMap<>();
        for (JavaClass type : classes) {
            JavaClass from = topLevelOf(type);
            Set<String> needed = needs.computeIfAbsent(from.getName(), name -> new TreeSet<>());
            type.getDirectDependenciesFromSelf().stream()
                    .map(dependency -> topLevelOf(dependency.getTargetClass().getBaseComponentType()))
                    .filter(to -> to.getPackageName().equals(from.getPackageName()))
                    .map(JavaClass::getName)
                    .filter(to -> !to.equals(from.getName()))
                    .forEach(needed::add);
        }
        ClassCycles search = new ClassCycles(needs);
        for (String type : needs.keySet()) {
            search.visit(type);
        }
        search.cycles.sort(Comparator.comparingInt(cycle -> -cycle.size()));
        return search.cycles;
    }

    private void visit(String type) {
        if (numbers.containsKey(type)) {
            return;
        }
        int number = numbers.size();
        numbers.put(type, number);
        lowest.put(type, number);
        open.push(type);
        isOpen.add(type);
        for (String needed : needs.getOrDefault(type, Set.of())) {
            visit(needed);
            if (isOpen.contains(needed)) {
                lowest.merge(type, lowest.get(needed), Math::min);
            }
        }
        if (lowest.get(type) == number) {
            close(type);
        }
    }

    private void close(String first) {
        List<String> component = new ArrayList<>();
        String type;
        do {
            type = open.pop();
            isOpen.remove(type);
            component.add(type);
        } while (!type.equals(first));
        if (component.size() > 1) {
            cycles.add(component.stream().sorted().toList());
        }
    }

    private static JavaClass topLevelOf(JavaClass type) {
        return type.getEnclosingClass().map(ClassCycles::topLevelOf).orElse(type);
    }
}
