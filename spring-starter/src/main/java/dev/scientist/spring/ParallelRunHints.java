package dev.scientist.spring;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.aot.hint.MemberCategory;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.RuntimeHintsRegistrar;

/** Registers, for native images, the classes that the annotation's own code looks up by name. */
final class ParallelRunHints implements RuntimeHintsRegistrar {

    private static final List<String> LOOKED_FOR = List.of(
            "reactor.core.publisher.Mono",
            "reactor.core.publisher.Flux",
            "org.springframework.transaction.support.TransactionSynchronizationManager");

    @Override
    public void registerHints(RuntimeHints hints, @Nullable ClassLoader loader) {
        hints.reflection().registerType(ParallelRun.class, MemberCategory.INVOKE_PUBLIC_METHODS);
        LOOKED_FOR.forEach(name -> hints.reflection().registerTypeIfPresent(loader, name, type -> {}));
    }
}
