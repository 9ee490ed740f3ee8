package io.github.gan4j.run;

import io.github.gan4j.GanTrainer;
import io.github.gan4j.Reasons;
import io.github.gan4j.StepReport;
import io.github.gan4j.TrainingListener;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.imageio.ImageIO;

/**
 * Draws samples every so many steps, always from the same latents or of the same pictures, and at
 * the end an animation of all the pictures. They are painted and encoded on a thread of their own.
 */
public final class SamplePictures implements TrainingListener {

    private static final Pattern NAME = Pattern.compile("step-(\\d{6,18})\\.png");
    private static final int MAX_FRAMES = 60;
    private static final int FRAME_MILLIS = 150;
    private static final int LAST_FRAME_MILLIS = 2000;

    private final Path folder;
    private final int every;
    private final PictureMaker maker;
    private ExecutorService encoder;
    private Future<?> pending;
    private long lastStep;

    /**
     * Constructs a listener that draws grids of pictures, for a game without classes.
     *
     * @param folder where the pictures go, {@code step-NNNNNN.png} and {@code progress.gif}
     * @param every the number of steps between pictures
     * @param count the number of samples in a picture
     */
    public SamplePictures(Path folder, int every, int count) {
        this(folder, every, count, 0, new GridPainter());
    }

    /**
     * Constructs a listener.
     *
     * @param folder where the pictures go, {@code step-NNNNNN.png} and {@code progress.gif}
     * @param every the number of steps between pictures
     * @param count the number of samples in a picture, unless the painter needs more
     * @param classes the number of classes, each of which has a row in the picture of a conditional
     *     game, with the same latents in every row
     * @param painter draws the samples; nothing is drawn of samples that it does not accept
     */
    public SamplePictures(Path folder, int every, int count, int classes, SamplePainter painter) {
        this(folder, every, new LatentPictures(count, classes, painter));
    }

    SamplePictures(Path folder, int every, PictureMaker maker) {
        this.folder = folder;
        this.every = every;
        this.maker = maker;
    }

    @Override
    public void onStart(GanTrainer trainer, long untilStep) {
        lastStep = untilStep;
        encoder =
                Executors.newSingleThreadExecutor(
                        task -> {
                            Thread thread = new Thread(task, "gan4j-pictures");
                            thread.setDaemon(true);
                            return thread;
                        });
        submit(this::removeInBetween);
        // Drawn again after a resume: the process may have been killed with the picture in hand.
        if (trainer.getStep() % every == 0 || trainer.getStep() >= untilStep) {
            draw(trainer, trainer.getStep());
        }
    }

    @Override
    public void onStep(GanTrainer trainer, StepReport report) {
        if (report.step() % every == 0) {
            draw(trainer, report.step());
        }
    }

    @Override
    public void onEnd(GanTrainer trainer) {
        long step = trainer.getStep();
        if (step == lastStep && step % every != 0) {
            draw(trainer, step);
        }
        submit(() -> animate(step));
        await();
        encoder.shutdown();
    }

    @Override
    public void onFailure(GanTrainer trainer, Throwable failure) {
        if (encoder != null) {
            encoder.shutdown();
            try {
                encoder.awaitTermination(1, TimeUnit.MINUTES); // lets it finish its picture
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void draw(GanTrainer trainer, long step) {
        Path file = folder.resolve(String.format(Locale.ROOT, "step-%06d.png", step));
        maker.draw(trainer).ifPresent(picture -> submit(() -> write(picture, file)));
    }

    /** Hands over to the encoder, once it has done what it was handed before. */
    private void submit(Picture picture) {
        await();
        pending =
                encoder.submit(
                        () -> {
                            picture.make();
                            return null;
                        });
    }

    private void await() {
        try {
            if (pending != null) {
                pending.get();
            }
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IOException io) {
                throw new UncheckedIOException(
                        "A picture could not be written to '%s': %s. Mend that and resume."
                                .formatted(folder, Reasons.of(io)),
                        io);
            }
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            pending = null;
        }
    }

    private void write(Supplier<BufferedImage> picture, Path file) throws IOException {
        Files.createDirectories(file.getParent());
        ImageGrid.writePng(picture.get(), file);
    }

    /** The last picture of a run that goes on now is not one of the whole run's. */
    private void removeInBetween() throws IOException {
        if (!Files.isDirectory(folder)) {
            return;
        }
        List<Path> pictures;
        try (Stream<Path> files = Files.list(folder)) {
            pictures = files.filter(f -> stepOf(f) > 0 && stepOf(f) % every != 0).toList();
        }
        for (Path picture : pictures) {
            Files.delete(picture);
        }
    }

    private void animate(long step) throws IOException {
        if (!Files.isDirectory(folder)) {
            return;
        }
        List<Path> frames;
        try (Stream<Path> files = Files.list(folder)) {
            frames =
                    files.filter(file -> stepOf(file) >= 0 && stepOf(file) <= step)
                            .sorted(Comparator.comparingLong(SamplePictures::stepOf))
                            .toList();
        }
        int size = frames.size();
        int shown = Math.min(size, MAX_FRAMES);
        if (shown < 2) {
            return;
        }
        try (GifWriter gif = new GifWriter(folder.resolve("progress.gif"))) {
            for (int i = 0; i < shown; i++) {
                int index = Math.round((float) i * (size - 1) / (shown - 1));
                BufferedImage frame = ImageIO.read(frames.get(index).toFile());
                gif.add(frame, i == shown - 1 ? LAST_FRAME_MILLIS : FRAME_MILLIS);
            }
        }
    }

    /** The step that the name of a picture tells, or -1. */
    private static long stepOf(Path file) {
        Matcher matcher = NAME.matcher(file.getFileName().toString());
        return matcher.matches() ? Long.parseLong(matcher.group(1)) : -1;
    }

    /** A task of the encoder. */
    @FunctionalInterface
    private interface Picture {
        void make() throws IOException;
    }
}
