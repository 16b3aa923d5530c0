package dev.scientist.service;

import dev.scientist.Shadow;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.hibernate.resource.jdbc.spi.StatementInspector;

/**
 * Counts the statements that Hibernate prepares for callers, candidates and others. Hibernate makes an instance for
 * each service, by the name of this class.
 */
@SuppressWarnings("serial") // never serialized
public final class Statements implements StatementInspector {

    /** The kind of thread on which a statement is executed. */
    enum Who {
        CALLER,
        CANDIDATE,
        OTHER
    }

    static final String CALLERS = "caller-";
    static final String PROPERTY =
            "spring.jpa.properties.hibernate.session_factory.statement_inspector=" + Statements.class.getName();

    private static final Map<Who, LongAdder> COUNTS = new ConcurrentHashMap<>();

    /** Sets all counts to 0. */
    static void clear() {
        COUNTS.clear();
    }

    static long of(Who who) {
        LongAdder count = COUNTS.get(who);
        return count == null ? 0 : count.sum();
    }

    @Override
    public String inspect(String sql) {
        COUNTS.computeIfAbsent(who(), absent -> new LongAdder()).increment();
        return sql;
    }

    private static Who who() {
        if (Shadow.isActive()) {
            return Who.CANDIDATE;
        }
        return Thread.currentThread().getName().startsWith(CALLERS) ? Who.CALLER : Who.OTHER;
    }
}
