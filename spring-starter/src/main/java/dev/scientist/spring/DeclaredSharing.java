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
 * What the calls of an annotated method share with their callers, as far as the types tell that the method declares.
 *
 * @param answer what it answers with; of a Mono, a Flux or a stage, what that yields
 * @param arguments its parameters, in order
 */
record DeclaredSharing(Part answer, List<Part> arguments) {

    /**
     * One answer or argument.
     *
     * @param type as it is declared
     * @param sharing what its objects share
     * @param isProjection whether that is so because they are proxies of Spring Data, whose type does not tell
     */
    record Part(Type type, Sharing sharing, boolean isProjection) {

        static Part of(Type type) {
            return new Part(type, Sharing.of(type), false);
        }

        String typeName() {
            return Signature.simple(type);
        }

        /** Whether no candidate may be given it as it is. */
        boolean isWithheld() {
            return sharing == Sharing.SESSION || sharing == Sharing.POSITION;
        }

        /** Its class, which copiers are asked about. */
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

    /** What a Mono, a Flux or a stage yields; nothing that is known, if it does not say. */
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
