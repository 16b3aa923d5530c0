package dev.scientist;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.LoggerFactory;

/** Keeps what the engine logs about experiments, or under another name, from DEBUG on, while it is open. */
final class LogLines implements AutoCloseable {

    private final Logger logger;
    private final Level levelBefore;
    private final ListAppender<ILoggingEvent> appender = new ListAppender<>() {
        @Override
        protected void append(ILoggingEvent event) {
            event.prepareForDeferredProcessing(); // with the MDC of this moment
            super.append(event);
        }
    };

    LogLines() {
        this(Experiment.class);
    }

    LogLines(Class<?> name) {
        logger = (Logger) LoggerFactory.getLogger(name);
        levelBefore = logger.getLevel();
        appender.list = new CopyOnWriteArrayList<>();
        appender.start();
        logger.setLevel(Level.DEBUG);
        logger.setAdditive(false);
        logger.addAppender(appender);
    }

    List<String> warnings() {
        return at(Level.WARN);
    }

    List<String> debugs() {
        return at(Level.DEBUG);
    }

    /** Everything, with the stack traces that came along. */
    List<String> all() {
        return appender.list.stream()
                .map(event -> event.getFormattedMessage()
                        + (event.getThrowableProxy() == null
                                ? ""
                                : event.getThrowableProxy().getMessage()))
                .toList();
    }

    /** Everything, as it was logged. */
    List<ILoggingEvent> events() {
        return List.copyOf(appender.list);
    }

    private List<String> at(Level level) {
        return appender.list.stream()
                .filter(event -> event.getLevel().equals(level))
                .map(ILoggingEvent::getFormattedMessage)
                .toList();
    }

    @Override
    public void close() {
        logger.detachAppender(appender);
        logger.setAdditive(true);
        logger.setLevel(levelBefore);
    }
}
