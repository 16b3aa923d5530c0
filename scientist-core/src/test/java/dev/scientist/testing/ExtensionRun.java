package dev.scientist.testing;

import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import dev.scientist.Scientist;
import java.lang.reflect.Method;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;

/** One test's life as JUnit would drive an extension through it, so that a test can look at its failing end. */
final class ExtensionRun {

    private final ScientistExtension extension;
    private final ExtensionContext context;
    private final Scientist scientist;
    private final RecordingPublisher recording;

    private ExtensionRun(ScientistExtension extension, ExtensionContext context) throws NoSuchMethodException {
        this.extension = extension;
        this.context = context;
        Method method = ExtensionRun.class.getDeclaredMethod("parameters", Scientist.class, RecordingPublisher.class);
        this.scientist = (Scientist) extension.resolveParameter(parameter(method, 0), context);
        this.recording = (RecordingPublisher) extension.resolveParameter(parameter(method, 1), context);
    }

    @SuppressWarnings({"unchecked", "deprecation"}) // stands in for the store of a running JUnit
    static ExtensionRun of(ScientistExtension extension) {
        Map<Object, Object> values = new HashMap<>();
        ExtensionContext.Store store = mock(ExtensionContext.Store.class);
        when(store.getOrComputeIfAbsent(any(), any(Function.class), any(Class.class)))
                .thenAnswer(call -> values.computeIfAbsent(call.getArgument(0), call.getArgument(1)));
        when(store.get(any(), any(Class.class))).thenAnswer(call -> values.get(call.getArgument(0)));
        ExtensionContext context = mock(ExtensionContext.class);
        when(context.getStore(any())).thenReturn(store);
        try {
            return new ExtensionRun(extension, context);
        } catch (NoSuchMethodException e) {
            throw new AssertionError(e);
        }
    }

    Scientist scientist() {
        return scientist;
    }

    RecordingPublisher recording() {
        return recording;
    }

    void end() {
        try {
            extension.afterEach(context);
        } finally {
            scientist.close();
        }
    }

    @SuppressWarnings("unused") // its parameters are what a test method would declare
    private static void parameters(Scientist scientist, RecordingPublisher recording) {}

    private static ParameterContext parameter(Method method, int index) {
        ParameterContext parameter = mock(ParameterContext.class);
        when(parameter.getParameter()).thenReturn(method.getParameters()[index]);
        return parameter;
    }
}
