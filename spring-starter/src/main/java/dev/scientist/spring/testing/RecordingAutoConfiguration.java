package dev.scientist.spring.testing;

import dev.scientist.testing.RecordingPublisher;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.context.annotation.Bean;

/** Records all experiments; it applies only where {@link AutoConfigureScientist} imports it. */
@AutoConfiguration(beforeName = "dev.scientist.spring.ScientistAutoConfiguration")
class RecordingAutoConfiguration {

    @Bean
    RecordingPublisher scientistRecordingPublisher() {
        return new RecordingPublisher();
    }

    @Bean
    Recording scientistRecording(RecordingPublisher publisher) {
        return new Recording(publisher);
    }
}
