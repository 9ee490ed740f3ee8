package io.github.gan4j.cli;

import io.github.gan4j.GanTrainer;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Lets Ctrl-C end a training in good order: the step in progress is finished, a checkpoint is
 * written, and the process exits with the status of the signal, 130.
 */
final class Interruption implements AutoCloseable {

    private static volatile boolean underWay;

    private final CountDownLatch done = new CountDownLatch(1);
    private final Thread hook;

    /**
     * Watches a training until closed.
     *
     * @param trainer the trainer
     */
    Interruption(GanTrainer trainer) {
        hook =
                new Thread(
                        () -> {
                            underWay = true;
                            System.err.println();
                            System.err.println("Interrupted: writing a checkpoint ...");
                            trainer.stop();
                            try {
                                done.await(10, TimeUnit.MINUTES);
                            } catch (InterruptedException e) {
                                Thread.currentThread().interrupt();
                            }
                        },
                        "gan4j-interruption");
        Runtime.getRuntime().addShutdownHook(hook);
    }

    /** Tells whether the process is ending already, so that no other exit status can be given. */
    static boolean isUnderWay() {
        return underWay;
    }

    /** Lets the process go. */
    @Override
    public void close() {
        done.countDown();
        if (!underWay) {
            try {
                Runtime.getRuntime().removeShutdownHook(hook);
            } catch (IllegalStateException e) {
                underWay = true; // the signal came just now
            }
        }
    }
}
