package dev.scientist.benchmarks.caller;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedThread;
import jdk.jfr.consumer.RecordingFile;

/** Records with Flight Recorder from the creation of this object until it is asked. */
final class FlightRecord implements AutoCloseable {

    private static final String ENGINE = "scientist-";
    private static final String PARK = "jdk.ThreadPark";
    private static final String EXCEPTION = "jdk.JavaExceptionThrow";
    private static final String ERROR = "jdk.JavaErrorThrow";

    private final Recording recording;

    private FlightRecord(Recording recording) {
        this.recording = recording;
        recording.start();
    }

    /** Records every park of a thread, however short. */
    static FlightRecord ofParks() {
        Recording recording = new Recording();
        recording.enable(PARK).withThreshold(Duration.ZERO).withoutStackTrace();
        return new FlightRecord(recording);
    }

    /** Records every exception and error from its construction, thrown or not. */
    static FlightRecord ofThrowables() {
        Recording recording = new Recording();
        recording.enable(EXCEPTION).withoutStackTrace();
        recording.enable(ERROR).withoutStackTrace();
        return new FlightRecord(recording);
    }

    /** The number of parks of engine or rival threads that ended early or had no time limit. */
    long wakeUps() throws IOException {
        return events().stream()
                .filter(event -> isNamed(event.getThread(), ENGINE, Pools.THREAD))
                .filter(event ->
                        event.getLong("timeout") <= 0 || event.getDuration().toNanos() < event.getLong("timeout"))
                .count();
    }

    /** The classes of the throwables that callers and the engine constructed, and how many of each. */
    Map<String, Long> throwables() throws IOException {
        return events().stream()
                .filter(event -> isNamed(event.getThread(), Callers.THREAD, ENGINE))
                .collect(Collectors.groupingBy(
                        event -> event.getClass("thrownClass").getName(), TreeMap::new, Collectors.counting()));
    }

    @Override
    public void close() {
        recording.close();
    }

    private List<RecordedEvent> events() throws IOException {
        Path file = Files.createTempFile("scientist-benchmark", ".jfr");
        try {
            recording.stop();
            recording.dump(file);
            return RecordingFile.readAllEvents(file);
        } finally {
            Files.delete(file);
        }
    }

    private static boolean isNamed(RecordedThread thread, String... beginnings) {
        String name = thread.getJavaName();
        return name != null && Arrays.stream(beginnings).anyMatch(name::startsWith);
    }
}
