package dev.scientist.spring;

import dev.scientist.Sharing;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.springframework.core.GenericTypeResolver;

/**
 * Says what the calls of an annotated method share with their callers, as far as the declared types tell.
 *
 * @param answer what the method answers with; for a Mono, a Flux or a CompletionStage, what that yields
 * @param arguments the parameters of the method, in order
 */
record DeclaredSharing(Part answer, List<Part> arguments) {

    /**
     * An answer or an argument.
     *
     * @param type the declared type
     * @param sharing what its objects share
     * @param isProjection whether {@code sharing} is known because the objects are proxies of Spring
     *     Data, which the type does not tell
     */
    record Part(Type type, Sharing sharing, boolean isProjection) {

        static Part of(Type type) {
            return new Part(type, Sharing.of(type), false);
        }

        String typeName() {
            return Signature.simple(type);
        }

        /** Whether a candidate must not be given the object itself. */
        boolean isWithheld() {
            return sharing == Sharing.SESSION || sharing == Sharing.POSITION;
        }

        /** The raw class, which decides about copiers. */
        Class<?> raw() {
            Type raw = type instanceof ParameterizedType parameterized ? parameterized.getRawType() : type;
            return raw instanceof Class<?> known ? known : Object.class;
        }
    }

    static DeclaredSharing of(Wiring wiring, Answer answer) {
        Method method = wiring.method();
        List<Part> arguments = new ArrayList<>();
        for (Type parameter : method.getGenericParameterTypes()) {
            arguments.add(Part.of(GenericTypeResolver.resolveType(parameter, wiring.type())));
        }
        Type returned = GenericTypeResolver.resolveType(method.getGenericReturnType(), wiring.type());
        return new DeclaredSharing(Part.of(answer == Answer.VALUE ? returned : yielded(returned)), arguments);
    }

    /** The type that a Mono, a Flux or a CompletionStage yields; Object if it is not declared. */
    private static Type yielded(Type type) {
        boolean isPlain = type instanceof ParameterizedType one && one.getActualTypeArguments().length == 1;
        if (isPlain) {
            return ((ParameterizedType) type).getActualTypeArguments()[0];
        }
        Class<?> raw = type instanceof Class<?> known ? known : Object.class;
        Class<?> argument = CompletionStage.class.isAssignableFrom(raw)
                ? GenericTypeResolver.resolveTypeArgument(raw, CompletionStage.class)
                : null;
        return argument == null ? Object.class : argument;
    }
}
