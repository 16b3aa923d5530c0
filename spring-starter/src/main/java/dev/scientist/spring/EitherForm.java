package dev.scientist.spring;

import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName.Form;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertyState;
import org.springframework.boot.context.properties.source.IterableConfigurationPropertySource;

/**
 * Wraps a property source so that a block {@code experiments.a.b.*} also matches properties {@code experiments[a.b].*}.
 */
class EitherForm implements ConfigurationPropertySource {

    private final ConfigurationPropertySource source;
    private final ConfigurationPropertyName plain;
    private final ConfigurationPropertyName bracketed;

    private EitherForm(
            ConfigurationPropertySource source, ConfigurationPropertyName plain, ConfigurationPropertyName bracketed) {
        this.source = source;
        this.plain = plain;
        this.bracketed = bracketed;
    }

    /** Wraps a source. One that can list its names still can, which the binding of maps needs. */
    static ConfigurationPropertySource of(
            ConfigurationPropertySource source, ConfigurationPropertyName plain, ConfigurationPropertyName bracketed) {
        return source instanceof IterableConfigurationPropertySource iterable
                ? new Listed(iterable, plain, bracketed)
                : new EitherForm(source, plain, bracketed);
    }

    @Override
    public @Nullable ConfigurationProperty getConfigurationProperty(ConfigurationPropertyName name) {
        ConfigurationProperty found = source.getConfigurationProperty(name);
        if (found != null || !plain.isAncestorOf(name)) {
            return found;
        }
        return source.getConfigurationProperty(moved(name, plain, bracketed));
    }

    @Override
    public ConfigurationPropertyState containsDescendantOf(ConfigurationPropertyName name) {
        ConfigurationPropertyState found = source.containsDescendantOf(name);
        if (found == ConfigurationPropertyState.PRESENT || !(plain.equals(name) || plain.isAncestorOf(name))) {
            return found;
        }
        return source.containsDescendantOf(moved(name, plain, bracketed));
    }

    private static ConfigurationPropertyName moved(
            ConfigurationPropertyName name, ConfigurationPropertyName from, ConfigurationPropertyName to) {
        // The name is moved element by element, because subName fails for a name that was appended to.
        ConfigurationPropertyName moved = to;
        for (int i = from.getNumberOfElements(); i < name.getNumberOfElements(); i++) {
            String element = name.getElement(i, Form.ORIGINAL);
            boolean isIndexed = name.chop(i + 1).isLastElementIndexed();
            moved = isIndexed
                    ? moved.append("[" + element + "]")
                    : moved.append(ConfigurationPropertyName.adapt(element, '.'));
        }
        return moved;
    }

    /** A source that can list its names. */
    private static final class Listed extends EitherForm implements IterableConfigurationPropertySource {

        private final IterableConfigurationPropertySource source;

        private Listed(
                IterableConfigurationPropertySource source,
                ConfigurationPropertyName plain,
                ConfigurationPropertyName bracketed) {
            super(source, plain, bracketed);
            this.source = source;
        }

        @Override
        public Stream<ConfigurationPropertyName> stream() {
            return source.stream()
                    .map(name -> super.bracketed.isAncestorOf(name) ? moved(name, super.bracketed, super.plain) : name)
                    .distinct();
        }

        @Override
        public ConfigurationPropertyState containsDescendantOf(ConfigurationPropertyName name) {
            return super.containsDescendantOf(name);
        }
    }
}
