package io.github.gan4j;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.util.Locale;

/** Words for what went wrong with a file or a connection, for messages of one line. */
public final class Reasons {

    private Reasons() {}

    /**
     * Says why something could not be read or written, for the end of a sentence.
     *
     * @param e what was thrown; of exceptions within exceptions the innermost counts, for it is the
     *     system's
     * @return a few words that begin with a small letter and have no full stop at the end
     */
    public static String of(IOException e) {
        IOException cause = e;
        while (cause.getCause() instanceof IOException inner) {
            cause = inner;
        }
        String text = cause instanceof FileSystemException f ? f.getReason() : cause.getMessage();
        String line = text == null ? "" : text.lines().findFirst().orElse("").strip();
        if (line.isEmpty()) {
            return kind(cause);
        }
        if (!line.contains(" ")) {
            return kind(cause) + ": " + line; // the bare name of a host or of a file
        }
        String words = line.replaceFirst("\\.$", "");
        boolean acronym = words.length() > 1 && Character.isUpperCase(words.charAt(1));
        return acronym
                ? words
                : words.substring(0, 1).toLowerCase(Locale.ROOT) + words.substring(1);
    }

    /** The name of the exception in words; AccessDeniedException and its like say all in it. */
    private static String kind(IOException e) {
        String name = e.getClass().getSimpleName().replace("Exception", "");
        String words = name.replaceAll("(?<=[a-z])(?=[A-Z])", " ").toLowerCase(Locale.ROOT);
        return words.equals("io") ? "an error of input or output" : words;
    }
}
