package dev.scientist.spring.actuate;

import dev.scientist.spring.Spelling;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.EndpointId;
import org.springframework.boot.actuate.endpoint.InvocationContext;
import org.springframework.boot.actuate.endpoint.OperationType;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.boot.actuate.endpoint.invoke.OperationInvoker;
import org.springframework.boot.actuate.endpoint.invoke.OperationInvokerAdvisor;
import org.springframework.boot.actuate.endpoint.invoke.OperationParameter;
import org.springframework.boot.actuate.endpoint.invoke.OperationParameters;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;

/**
 * Refuses requests to the {@link ExperimentsEndpoint} that send keys which it does not read. Spring Boot
 * passes an operation the parameters that it names and silently drops all others, so that half of a
 * mistyped change would be applied.
 */
final class SentKeysCheck implements OperationInvokerAdvisor {

    @Override
    public OperationInvoker apply(
            EndpointId endpoint, OperationType type, OperationParameters parameters, OperationInvoker invoker) {
        boolean isOurs = endpoint.equals(EndpointId.of(ExperimentsEndpoint.ID)) && type == OperationType.WRITE;
        return isOurs ? new Checked(parameters, invoker) : invoker;
    }

    /** A write operation that first checks the names of what was sent. */
    private record Checked(List<String> sendable, Set<String> known, OperationInvoker invoker)
            implements OperationInvoker {

        Checked(OperationParameters parameters, OperationInvoker invoker) {
            this(
                    parameters.stream()
                            .filter(Checked::isSendable)
                            .map(OperationParameter::getName)
                            .toList(),
                    parameters.stream()
                            .filter(parameter -> parameter.getType() == String.class)
                            .map(OperationParameter::getName)
                            .collect(Collectors.toSet()),
                    invoker);
        }

        /** Whether a parameter comes from the body of a request, and not from its path or from Spring Boot. */
        private static boolean isSendable(OperationParameter parameter) {
            return parameter.getType() == String.class && parameter.getAnnotation(Selector.class) == null;
        }

        @Override
        public @Nullable Object invoke(InvocationContext context) {
            Set<String> unknown = new TreeSet<>(context.getArguments().keySet());
            unknown.removeAll(known);
            if (unknown.isEmpty()) {
                return invoker.invoke(context);
            }
            List<String> problems = unknown.stream().map(this::problem).toList();
            return new WebEndpointResponse<>(
                    Map.of("error", String.join("; ", problems)), WebEndpointResponse.STATUS_BAD_REQUEST);
        }

        private String problem(String key) {
            Optional<String> nearest = Spelling.nearest(key, sendable);
            return "there is no \"" + key + "\" to send"
                    + nearest.map(meant -> "; did you mean \"" + meant + "\"?")
                            .orElseGet(() -> ", but " + String.join(", ", sendable));
        }
    }
}
