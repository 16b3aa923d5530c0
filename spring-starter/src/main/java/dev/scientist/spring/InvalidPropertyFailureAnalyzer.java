package dev.scientist.spring;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Shows a wrong property {@code scientist.*} in the way in which Spring Boot shows others that it could not bind. */
final class InvalidPropertyFailureAnalyzer extends AbstractFailureAnalyzer<InvalidPropertyException> {

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, InvalidPropertyException cause) {
        StringBuilder description = new StringBuilder("A property of Scientist is wrong:\n\n    Property: ")
                .append(cause.key())
                .append("\n    Value: \"")
                .append(cause.value())
                .append('"');
        if (cause.origin() != null) {
            description.append("\n    Origin: ").append(cause.origin());
        }
        description.append("\n    Rule: ").append(cause.rule());
        String action =
                Character.toUpperCase(cause.remedy().charAt(0)) + cause.remedy().substring(1) + ".";
        return new FailureAnalysis(description.toString(), action, cause);
    }
}
