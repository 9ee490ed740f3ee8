package io.github.gan4j.datasets.tools;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.gan4j.InvalidInputException;
import io.github.gan4j.datasets.IdxFile;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbedDigitsTest {

    @TempDir Path folder;

    @Test
    void should_draw_pictures_with_their_labels() throws IOException {
        writeSources();
        EmbedDigits.embed(folder, folder.resolve("out"), 40);

        IdxFile images = read("train-images-idx3-ubyte");
        IdxFile labels = read("train-labels-idx1-ubyte");
        assertThat(images.getShape()).containsExactly(40, 1, 2);
        assertThat(labels.getShape()).containsExactly(40);
        for (int i = 0; i < 40; i++) {
            assertThat(images.getData()[2 * i + 1]).isEqualTo(labels.getData()[i]);
        }
        // In the order of the file, and not merely its beginning.
        assertThat(labels.getData()).isSorted().doesNotHaveDuplicates();
        assertThat(labels.getData()[39]).isGreaterThan((byte) 80);
        assertThat(read("t10k-labels-idx1-ubyte").getShape()).containsExactly(100);
    }

    @Test
    void should_make_the_same_bytes_again() throws IOException {
        writeSources();
        EmbedDigits.embed(folder, folder.resolve("out"), 40);
        EmbedDigits.embed(folder, folder.resolve("again"), 40);
        for (String name : new String[] {"train-images-idx3-ubyte", "t10k-labels-idx1-ubyte"}) {
            byte[] bytes = Files.readAllBytes(folder.resolve("out/" + name + ".gz"));
            assertThat(folder.resolve("again/" + name + ".gz")).hasBinaryContent(bytes);
            // No name, no time.
            assertThat(bytes).startsWith(0x1f, 0x8b, 8, 0, 0, 0, 0, 0);
        }
    }

    @Test
    void should_fail_if_a_source_is_missing() {
        assertThatThrownBy(() -> EmbedDigits.embed(folder, folder.resolve("out"), 40))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("bring MNIST with tools/fetch-mnist.sh first");
    }

    @Test
    void should_fail_if_there_is_less_to_draw_from() throws IOException {
        writeSources();
        assertThatThrownBy(() -> EmbedDigits.embed(folder, folder.resolve("out"), 101))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("Cannot draw 101 pictures from 100: draw fewer.");
    }

    /** A hundred pictures of two pixels, the second of which is the label. */
    private void writeSources() throws IOException {
        byte[] labels = new byte[100];
        byte[] pixels = new byte[200];
        for (int i = 0; i < 100; i++) {
            labels[i] = (byte) i;
            pixels[2 * i + 1] = (byte) i;
        }
        for (String part : new String[] {"train", "t10k"}) {
            write(part + "-images-idx3-ubyte", new IdxFile(pixels, 100, 1, 2));
            write(part + "-labels-idx1-ubyte", new IdxFile(labels, 100));
        }
    }

    private void write(String name, IdxFile content) throws IOException {
        try (OutputStream out = Files.newOutputStream(folder.resolve(name))) {
            content.write(out);
        }
    }

    private IdxFile read(String name) throws IOException {
        try (InputStream in = Files.newInputStream(folder.resolve("out/" + name + ".gz"))) {
            return IdxFile.read(new GZIPInputStream(in));
        }
    }
}
