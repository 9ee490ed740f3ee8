package io.github.gan4j.cli;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import javax.imageio.ImageIO;

/** Trainings of small networks, which take a moment. */
final class SmallRun {

    /** A line is logged every so many steps. */
    static final int LOG_EVERY = 2;

    /** A picture is drawn and a checkpoint is written every so many steps. */
    static final int SAVE_EVERY = 4;

    static final int SAMPLE_COUNT = 16;

    private SmallRun() {}

    /** A vanilla GAN on digits. */
    static List<String> gan(Path folder, long steps, String... more) {
        List<String> args = new ArrayList<>(List.of("train", "gan", "--batch-size", "8"));
        args.addAll(sets("generatorUnits=[16,16]", "discriminatorUnits=16"));
        return complete(args, folder, steps, more);
    }

    /** A DCGAN on digits. */
    static List<String> dcgan(Path folder, long steps, String... more) {
        return convolutional("dcgan", folder, steps, more);
    }

    /** A variant of convolutional networks on digits. */
    static List<String> convolutional(String variant, Path folder, long steps, String... more) {
        List<String> args = new ArrayList<>(List.of("train", variant, "--batch-size", "4"));
        args.addAll(sets("generatorFilters=4", "discriminatorFilters=4"));
        return complete(args, folder, steps, more);
    }

    /** A CycleGAN on emoji, whose pool is full after three steps. */
    static List<String> cyclegan(Path folder, long steps, String... more) {
        List<String> args = new ArrayList<>(List.of("train", "cyclegan", "--batch-size", "2"));
        args.addAll(sets("generatorFilters=4", "discriminatorFilters=4", "blocks=1", "pool=5"));
        return complete(args, folder, steps, more);
    }

    /** A pix2pix on sketches. */
    static List<String> pix2pix(Path folder, long steps, String... more) {
        List<String> args = new ArrayList<>(List.of("train", "pix2pix", "--batch-size", "2"));
        args.addAll(sets("generatorFilters=4", "discriminatorFilters=4"));
        return complete(args, folder, steps, more);
    }

    private static List<String> complete(
            List<String> args, Path folder, long steps, String... more) {
        args.addAll(List.of("--steps", Long.toString(steps), "--out", folder.toString()));
        args.addAll(
                sets(
                        "threads=1",
                        "logEvery=" + LOG_EVERY,
                        "sampleEvery=" + SAVE_EVERY,
                        "checkpointEvery=" + SAVE_EVERY,
                        "sampleCount=" + SAMPLE_COUNT));
        args.addAll(List.of(more));
        return args;
    }

    private static List<String> sets(String... settings) {
        List<String> args = new ArrayList<>();
        for (String setting : settings) {
            args.addAll(List.of("--set", setting));
        }
        return args;
    }

    static List<String> resume(Path folder, long steps) {
        return List.of("resume", folder.toString(), "--steps", Long.toString(steps));
    }

    /** Writes pictures of coloured blots. */
    static Path writeImages(Path folder, int count, int size) throws IOException {
        Files.createDirectories(folder);
        for (int i = 0; i < count; i++) {
            Random random = new Random(i);
            BufferedImage image = new BufferedImage(size, size, BufferedImage.TYPE_INT_RGB);
            int background = random.nextInt(1 << 24);
            int blot = random.nextInt(1 << 24);
            for (int y = 0; y < size; y++) {
                for (int x = 0; x < size; x++) {
                    boolean inside = Math.hypot(x - size / 2.0, y - size / 2.0) < size / 3.0;
                    image.setRGB(x, y, inside ? blot : background);
                }
            }
            ImageIO.write(image, "png", folder.resolve("%02d.png".formatted(i)).toFile());
        }
        return folder;
    }
}
