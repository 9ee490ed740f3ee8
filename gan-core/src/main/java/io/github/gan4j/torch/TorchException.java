package io.github.gan4j.torch;

import ai.djl.engine.EngineException;

/** An error of the native engine inside a {@link TorchFunction}, reduced to the line that tells. */
public class TorchException extends EngineException {

    private static final long serialVersionUID = 1L;

    /**
     * Constructs an exception.
     *
     * @param message what failed, and why
     * @param cause the engine's own exception, with its native trace
     */
    public TorchException(String message, Throwable cause) {
        super(message, cause);
    }
}
