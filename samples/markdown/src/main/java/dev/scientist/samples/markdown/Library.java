package dev.scientist.samples.markdown;

import java.io.IOException;
import java.io.InputStream;
import java.util.Properties;

/** The libraries on the two sides. */
enum Library {
    PRIMARY("commonmark-java", "org.commonmark", "commonmark"),
    CANDIDATE("flexmark-java", "com.vladsch.flexmark", "flexmark");

    private final String title;
    private final String description;

    Library(String title, String group, String artifact) {
        this.title = title;
        this.description = "/META-INF/maven/" + group + "/" + artifact + "/pom.properties";
    }

    String title() {
        return title;
    }

    /** The name and the version, which is read from the jar; the name alone if the jar does not have it. */
    String titleAndVersion() {
        try (InputStream in = Library.class.getResourceAsStream(description)) {
            if (in == null) {
                return title;
            }
            Properties properties = new Properties();
            properties.load(in);
            return title + " " + properties.getProperty("version", "");
        } catch (IOException e) {
            return title;
        }
    }
}
