package dev.scientist.benchmarks.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.scientist.Experiment;
import dev.scientist.Verdict;
import dev.scientist.benchmarks.harness.ProcessorTime.Loop;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.springframework.aop.support.AopUtils;

class ServiceCallTest {

    private static final Duration LONG = Duration.ofMinutes(5);

    @AutoClose
    private final Application application = Application.start();

    @Test
    void everyWayToCallAnswersWhatThePrimaryDoes() {
        Map<String, ServiceCall> calls = new LinkedHashMap<>(ServiceCall.idle(application));
        calls.putAll(ServiceCall.sampled(application));

        assertThat(calls)
                .hasSize(11)
                .allSatisfy((name, call) -> assertThat(call.call()).isSameAs(Beans.expected()));
    }

    @Test
    void everyBeanButTwoStandsBehindAProxyOfTheSameKind() {
        Collection<Service> services = application.services();

        assertThat(services)
                .hasSize(10)
                .allSatisfy(service -> assertThat(AopUtils.isCglibProxy(service))
                        .isEqualTo(!(service instanceof Beans.Direct) && !(service instanceof Beans.Rewrite)));
    }

    @Test
    void everySampledCallMatches() {
        Map<String, ServiceCall> sampled = ServiceCall.sampled(application);
        Experiment<?> described = application.experiment(Beans.SampledDescribed.NAME);
        described.change(settings -> settings.candidateTimeout(LONG).comparisonTimeout(LONG));
        sampled.values().forEach(ServiceCall::mark);

        sampled.values().forEach(ServiceCall::call);
        sampled.values().forEach(ServiceCall::settle);

        assertThat(sampled)
                .allSatisfy((name, call) -> assertThat(call.sampledShare()).isEqualTo(1));
        assertThat(described.tally().count(Verdict.MATCHED)).isEqualTo(1);
    }

    @Test
    void theLoopsCallTheExperimentsTheyAreNamedAfter() {
        Map<String, Loop> loops = ProxyLoops.written(application);

        loops.values().forEach(loop -> loop.run(3));

        assertThat(calls(Beans.NotSampled.NAME)).isEqualTo(3);
        assertThat(calls(Beans.NotSampledDescribed.NAME)).isEqualTo(3);
        assertThat(calls(Beans.Disabled.NAME)).isEqualTo(3);
        assertThat(calls(Beans.Sampled.NAME)).isZero();
    }

    private long calls(String experiment) {
        return application.experiment(experiment).tally().calls("candidate");
    }
}
