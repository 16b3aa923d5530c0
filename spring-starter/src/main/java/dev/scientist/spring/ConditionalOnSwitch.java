package dev.scientist.spring;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.boot.autoconfigure.condition.ConditionMessage;
import org.springframework.boot.autoconfigure.condition.ConditionOutcome;
import org.springframework.boot.autoconfigure.condition.SpringBootCondition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.context.annotation.Conditional;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.type.AnnotatedTypeMetadata;
import org.springframework.util.MultiValueMap;

/** Matches where a {@linkplain Switches switch} {@code scientist.*} is on. */
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@Conditional(ConditionalOnSwitch.OnSwitch.class)
@interface ConditionalOnSwitch {

    /** The key of the switch, below {@code scientist.}. */
    String value();

    /** Whether the switch is on where the property is not set. */
    boolean otherwise() default true;

    /** The condition. A value that is neither on nor off stops the application. */
    final class OnSwitch extends SpringBootCondition {

        @Override
        public ConditionOutcome getMatchOutcome(ConditionContext context, AnnotatedTypeMetadata metadata) {
            MultiValueMap<String, Object> attributes =
                    metadata.getAllAnnotationAttributes(ConditionalOnSwitch.class.getName());
            String key = attributes == null ? "" : String.valueOf(attributes.getFirst("value"));
            boolean otherwise = attributes == null || Boolean.TRUE.equals(attributes.getFirst("otherwise"));
            boolean isOn = Switches.isOn((ConfigurableEnvironment) context.getEnvironment(), key, otherwise);
            return new ConditionOutcome(
                    isOn,
                    ConditionMessage.forCondition(ConditionalOnSwitch.class)
                            .because("scientist." + key + " is " + (isOn ? "on" : "off")));
        }
    }
}
