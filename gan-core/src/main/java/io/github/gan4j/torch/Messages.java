package io.github.gan4j.torch;

/** Reads the engine's error messages, which bury their reason in native and script traces. */
final class Messages {

    private Messages() {}

    /**
     * Finds the line that gives the reason.
     *
     * @param message the engine's message, many lines
     * @return one line, without a full stop
     */
    static String essence(String message) {
        return reason(message).replaceFirst("( here)?[:.]?$", "");
    }

    private static String reason(String message) {
        String reason = null;
        for (String line : message.split("\n")) {
            String text = line.strip();
            if (text.startsWith("Exception raised from") || text.startsWith("frame #")) {
                break; // the native stack
            }
            if (text.startsWith("RuntimeError: ")) {
                return text.substring("RuntimeError: ".length());
            }
            if (reason == null && !text.isEmpty() && !isFrame(text)) {
                reason = text;
            }
        }
        return reason == null ? message.strip() : reason;
    }

    private static boolean isFrame(String text) {
        return text.startsWith("The following operation failed")
                || text.startsWith("Traceback of TorchScript")
                || text.startsWith("File \"")
                || text.startsWith("~")
                || text.endsWith("<--- HERE");
    }
}
