package io.github.gan4j.run;

import io.github.gan4j.watch.Warning;

/** Ends a training that is to be rolled back. */
final class FatalSymptomException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    FatalSymptomException(Warning warning) {
        super(warning.message());
    }
}
