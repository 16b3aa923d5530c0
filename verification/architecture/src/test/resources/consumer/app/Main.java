package app;

import dev.scientist.Experiment;
import dev.scientist.Scientist;

/** What a user's modular application looks like to the module system. */
public final class Main {
    private Main() {}

    public static void main(String[] arguments) {
        String answer;
        try (Scientist scientist = Scientist.create()) {
            Experiment<String> greeting = scientist.experiment("greeting");
            answer = greeting.run(() -> "hello", () -> "good day");
        }
        System.out.println("The primary said " + answer);
    }
}
