package dev.scientist.spring;

import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.core.ResolvableType;
import org.springframework.expression.spel.SpelNode;
import org.springframework.expression.spel.ast.CompoundExpression;
import org.springframework.expression.spel.ast.MethodReference;
import org.springframework.expression.spel.ast.PropertyOrFieldReference;
import org.springframework.expression.spel.ast.VariableReference;
import org.springframework.util.StringUtils;

/**
 * Finds the methods that expressions call on the parameters of a method, as far as the declared types tell: for {@code
 * #request.customer.id}, the accessors of both properties.
 */
final class ReadProperties {

    private final Wiring wiring;
    private final CallDescription description;
    private final Set<Method> methods = new LinkedHashSet<>();

    ReadProperties(Wiring wiring, CallDescription description) {
        this.wiring = wiring;
        this.description = description;
    }

    Set<Method> methods() {
        Stream.concat(Stream.ofNullable(description.key()), description.attributes().values().stream())
                .forEach(expression -> visit(expression.tree()));
        return methods;
    }

    private void visit(SpelNode node) {
        if (node instanceof CompoundExpression) {
            follow(node);
        }
        for (int i = 0; i < node.getChildCount(); i++) {
            visit(node.getChild(i));
        }
    }

    /** Follows a path such as {@code #request.customer.id} as far as the types are known. */
    private void follow(SpelNode path) {
        Class<?> type = path.getChild(0) instanceof VariableReference variable ? typeOf(variable) : null;
        for (int i = 1; i < path.getChildCount() && type != null; i++) {
            type = step(type, path.getChild(i));
        }
    }

    private @Nullable Class<?> step(Class<?> type, SpelNode node) {
        List<Method> called = List.of();
        if (node instanceof PropertyOrFieldReference property) {
            String name = property.getName();
            String capital = StringUtils.capitalize(name);
            called = named(type, 0, Set.of(name, "get" + capital, "is" + capital));
        } else if (node instanceof MethodReference method) {
            called = named(type, method.getChildCount(), Set.of(method.getName()));
        }
        methods.addAll(called);
        return called.isEmpty() ? null : called.get(0).getReturnType();
    }

    private static List<Method> named(Class<?> type, int parameters, Set<String> names) {
        return Arrays.stream(type.getMethods())
                .filter(method -> method.getParameterCount() == parameters && names.contains(method.getName()))
                .toList();
    }

    private @Nullable Class<?> typeOf(VariableReference variable) {
        String name = variable.toStringAST().substring(1);
        Method method = wiring.method();
        for (int i = 0; i < method.getParameterCount(); i++) {
            if (List.of("a" + i, "p" + i, description.parameters().get(i)).contains(name)) {
                return ResolvableType.forMethodParameter(method, i, wiring.type())
                        .resolve();
            }
        }
        return null;
    }
}
