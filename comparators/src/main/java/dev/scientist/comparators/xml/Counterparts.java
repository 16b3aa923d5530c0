package dev.scientist.comparators.xml;

import java.util.AbstractMap.SimpleImmutableEntry;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xmlunit.diff.NodeMatcher;

/**
 * Says which children of two nodes belong together. If order matters, it pairs equal children by the longest common
 * subsequence, so that it sees which one came or went, and the children between these by name. In any order it pairs by
 * key, or else equal children, or else by name. It is near-linear, except for the subsequence, which is limited.
 * Confined to one thread, for one comparison.
 */
final class Counterparts implements NodeMatcher {

    private static final int NONE = -1;
    private static final int MOST_PAIRS = 1_000_000; // chosen: 4 MB and some milliseconds

    private final @Nullable List<String> keys;
    private final Contents contents;
    private final Set<Node> reordered = Collections.newSetFromMap(new IdentityHashMap<>());

    /**
     * Pairs children.
     *
     * @param keys attributes; null where order matters
     */
    Counterparts(@Nullable List<String> keys) {
        this.keys = keys;
        this.contents = new Contents(keys != null);
    }

    /** Whether the children of a node of the primary are the candidate's in another order. Returns true only once. */
    boolean isReordered(@Nullable Node parent) {
        return parent != null && reordered.remove(parent);
    }

    @Override
    public Iterable<Map.Entry<Node, Node>> match(Iterable<Node> controls, Iterable<Node> tests) {
        List<Node> nodes = list(controls);
        List<Node> others = list(tests);
        int[] partners = new int[nodes.size()];
        Arrays.fill(partners, NONE);
        if (keys == null) {
            pairInOrder(nodes, others, partners);
        } else {
            pairInAnyOrder(nodes, others, partners, keys);
        }
        List<Map.Entry<Node, Node>> pairs = new ArrayList<>();
        for (int i = 0; i < partners.length; i++) {
            if (partners[i] != NONE) {
                pairs.add(new SimpleImmutableEntry<>(nodes.get(i), others.get(partners[i])));
            }
        }
        return pairs;
    }

    private void pairInOrder(List<Node> nodes, List<Node> others, int[] partners) {
        int[] here = ids(nodes);
        int[] there = ids(others);
        if (here.length == there.length && !Arrays.equals(here, there) && Arrays.equals(sorted(here), sorted(there))) {
            reordered.add(nodes.get(0).getParentNode());
            pairBy(contents::id, nodes, others, partners, new boolean[there.length]);
            return;
        }
        int most = Math.min(here.length, there.length);
        int head = 0;
        while (head < most && here[head] == there[head]) {
            partners[head] = head++;
        }
        int tail = 0;
        while (tail < most - head && here[here.length - 1 - tail] == there[there.length - 1 - tail]) {
            tail++;
            partners[here.length - tail] = there.length - tail;
        }
        int end = here.length - tail;
        int otherEnd = there.length - tail;
        if ((long) (end - head) * (otherEnd - head) <= MOST_PAIRS) {
            pairCommon(here, head, end, there, otherEnd, partners);
        }
        pairBetween(nodes, head, end, others, otherEnd, partners);
    }

    /** Pairs the longest common subsequence of the children between the equal beginnings and the equal ends. */
    private static void pairCommon(int[] here, int head, int end, int[] there, int otherEnd, int[] partners) {
        int[][] longest = new int[end - head + 1][otherEnd - head + 1];
        for (int i = end - head - 1; i >= 0; i--) {
            for (int j = otherEnd - head - 1; j >= 0; j--) {
                longest[i][j] = here[head + i] == there[head + j]
                        ? longest[i + 1][j + 1] + 1
                        : Math.max(longest[i + 1][j], longest[i][j + 1]);
            }
        }
        int i = 0;
        int j = 0;
        while (i < end - head && j < otherEnd - head) {
            if (here[head + i] == there[head + j]) {
                partners[head + i++] = head + j++;
            } else if (longest[i + 1][j] >= longest[i][j + 1]) {
                i++;
            } else {
                j++;
            }
        }
    }

    /** Pairs the children between two pairs of equal ones by name, in their order. */
    private static void pairBetween(
            List<Node> nodes, int head, int end, List<Node> others, int otherEnd, int[] partners) {
        int next = head;
        int from = head;
        for (int i = head; i <= end; i++) {
            if (i == end || partners[i] != NONE) {
                int limit = i == end ? otherEnd : partners[i];
                pairByName(nodes, from, i, others, next, limit, partners);
                from = i + 1;
                next = limit + 1;
            }
        }
    }

    private static void pairByName(
            List<Node> nodes, int from, int to, List<Node> others, int otherFrom, int otherTo, int[] partners) {
        Map<String, Deque<Integer>> named = new HashMap<>();
        for (int j = otherFrom; j < otherTo; j++) {
            named.computeIfAbsent(name(others.get(j)), unknown -> new ArrayDeque<>())
                    .add(j);
        }
        int last = NONE;
        for (int i = from; i < to; i++) {
            Deque<Integer> possible = named.getOrDefault(name(nodes.get(i)), new ArrayDeque<>());
            while (!possible.isEmpty() && possible.element() < last) {
                possible.remove();
            }
            if (!possible.isEmpty()) {
                last = possible.remove();
                partners[i] = last;
            }
        }
    }

    private void pairInAnyOrder(List<Node> nodes, List<Node> others, int[] partners, List<String> names) {
        boolean[] taken = new boolean[others.size()];
        pairBy(node -> key(node, names), nodes, others, partners, taken);
        pairBy(node -> key(node, names) == null ? contents.id(node) : null, nodes, others, partners, taken);
        pairBy(node -> key(node, names) == null ? name(node) : null, nodes, others, partners, taken);
    }

    /** Pairs what is the same in some way, and in order where there are several. */
    private static void pairBy(
            Function<Node, @Nullable Object> trait,
            List<Node> nodes,
            List<Node> others,
            int[] partners,
            boolean[] taken) {
        Map<Object, Deque<Integer>> free = new HashMap<>();
        for (int j = 0; j < taken.length; j++) {
            Object value = taken[j] ? null : trait.apply(others.get(j));
            if (value != null) {
                free.computeIfAbsent(value, unknown -> new ArrayDeque<>()).add(j);
            }
        }
        for (int i = 0; i < partners.length; i++) {
            Object value = partners[i] == NONE ? trait.apply(nodes.get(i)) : null;
            Deque<Integer> possible = value == null ? null : free.get(value);
            if (possible != null && !possible.isEmpty()) {
                partners[i] = possible.remove();
                taken[partners[i]] = true;
            }
        }
    }

    /** The name and all the keys of an element that has all of them. */
    private static @Nullable Object key(Node node, List<String> names) {
        if (names.isEmpty() || !(node instanceof Element element)) {
            return null;
        }
        List<String> key = new ArrayList<>(List.of(Names.local(element)));
        for (String name : names) {
            if (!element.hasAttribute(name)) {
                return null;
            }
            key.add(element.getAttribute(name));
        }
        return key;
    }

    private static String name(Node node) {
        return Names.segment(node);
    }

    private int[] ids(List<Node> nodes) {
        return nodes.stream().mapToInt(contents::id).toArray();
    }

    private static int[] sorted(int[] ids) {
        int[] sorted = ids.clone();
        Arrays.sort(sorted);
        return sorted;
    }

    private static List<Node> list(Iterable<Node> nodes) {
        List<Node> list = new ArrayList<>();
        nodes.forEach(list::add);
        return list;
    }
}
