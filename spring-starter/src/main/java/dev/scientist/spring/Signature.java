package dev.scientist.spring;

import java.lang.reflect.Method;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Formats methods for messages. */
final class Signature {

    private static final Pattern PACKAGE = Pattern.compile("[\\w.$]+\\.(?=[\\w$]+)");

    private Signature() {}

    /** A method such as {@code Quote Pricing.quote(Request, int)}. */
    static String of(Method method) {
        return show(method, Signature::simple);
    }

    /** The same with the packages of all types, for the case that simple names do not tell two methods apart. */
    static String inFull(Method method) {
        return show(method, Type::getTypeName);
    }

    /** A type without its package, such as {@code List<Quote>}. */
    static String simple(Type type) {
        return PACKAGE.matcher(type.getTypeName()).replaceAll("").replace('$', '.');
    }

    private static String show(Method method, Function<Type, String> name) {
        return name.apply(method.getGenericReturnType()) + " " + name.apply(method.getDeclaringClass()) + "."
                + method.getName()
                + Arrays.stream(method.getGenericParameterTypes())
                        .map(name)
                        .collect(Collectors.joining(", ", "(", ")"));
    }
}
