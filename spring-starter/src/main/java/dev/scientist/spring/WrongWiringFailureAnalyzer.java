package dev.scientist.spring;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Shows wrong wiring in the way in which Spring Boot shows why an application did not start. */
final class WrongWiringFailureAnalyzer extends AbstractFailureAnalyzer<WrongWiringException> {

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, WrongWiringException cause) {
        String description = "A method with @ParallelRun is wired wrongly:\n"
                + "\n    Bean:   " + cause.bean()
                + "\n    Method: " + cause.method()
                + "\n\n" + cause.reason();
        return new FailureAnalysis(description, cause.remedy(), cause);
    }
}
