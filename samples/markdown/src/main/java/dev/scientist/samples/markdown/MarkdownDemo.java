package dev.scientist.samples.markdown;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Replaces one Markdown library by another: runs both side by side and reports what would have changed. */
public final class MarkdownDemo {

    private static final int OK = 0;
    private static final int FAILED = 1;
    private static final int WRONG_USAGE = 2;

    private MarkdownDemo() {}

    public static void main(String... words) throws InterruptedException {
        // The report has many characters that the default encoding of some machines does not have.
        PrintStream out = utf8(FileDescriptor.out);
        PrintStream err = utf8(FileDescriptor.err);
        int status = run(out, err, Terminal.detect(), words);
        out.flush();
        System.exit(status);
    }

    static int run(PrintStream out, PrintStream err, Terminal terminal, String... words) throws InterruptedException {
        if (Arrays.asList(words).contains("--help")) {
            out.print(Arguments.USAGE);
            return OK;
        }
        Arguments arguments;
        try {
            arguments = Arguments.parse(words);
        } catch (Arguments.UsageException e) {
            err.println(Printable.text(String.valueOf(e.getMessage())).replace('\n', ' '));
            err.println();
            err.print(Arguments.USAGE);
            return WRONG_USAGE;
        }
        Progress progress = terminal.interactive() ? new ProgressBar(out, terminal) : new ProgressLines(out);
        Report report = new SideBySide(MarkdownToHtml.commonmark(), MarkdownToHtml.flexmark(), progress).run(arguments);
        out.print(TerminalReport.of(report, terminal));
        boolean hasJson = write(arguments.json(), JsonReport.of(report), out, err);
        boolean hasHtml = write(arguments.html(), HtmlReport.of(report), out, err);
        return hasJson && hasHtml ? OK : FAILED;
    }

    /** Writes a report; false if that failed. Does nothing without a file. */
    private static boolean write(@Nullable Path file, String content, PrintStream out, PrintStream err) {
        if (file == null) {
            return true;
        }
        try {
            Files.writeString(file, content);
            out.println("  written: " + file);
            return true;
        } catch (IOException e) {
            err.println(file + " could not be written: " + e.getMessage());
            return false;
        }
    }

    private static PrintStream utf8(FileDescriptor descriptor) {
        return new PrintStream(new FileOutputStream(descriptor), false, StandardCharsets.UTF_8);
    }
}
