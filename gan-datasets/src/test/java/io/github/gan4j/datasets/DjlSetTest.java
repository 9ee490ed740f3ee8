package io.github.gan4j.datasets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.engine.Engine;
import ai.djl.ndarray.types.Shape;
import io.github.gan4j.InvalidInputException;
import io.github.gan4j.data.DatasetOptions;
import io.github.gan4j.data.Datasets;
import io.github.gan4j.data.SampleDataset;
import io.github.gan4j.datasets.tools.MakeRepository;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs DJL's own classes on a repository made here, with a cache of its own. */
class DjlSetTest {

    private static final String CACHE = "DJL_CACHE_DIR";
    private static final DatasetOptions OPTIONS = DatasetOptions.defaults();

    @TempDir Path folder;
    private String cacheBefore;

    @BeforeEach
    void useOwnCache() {
        // Start the engine before, for it unpacks its libraries into the cache.
        Engine.getInstance();
        cacheBefore = System.getProperty(CACHE);
        System.setProperty(CACHE, folder.resolve("djl").toString());
    }

    @AfterEach
    void restore() {
        System.clearProperty(DjlSet.REPOSITORY_PROPERTY);
        if (cacheBefore == null) {
            System.clearProperty(CACHE);
        } else {
            System.setProperty(CACHE, cacheBefore);
        }
    }

    @Test
    void should_open_mnist_from_a_local_repository() throws IOException {
        byte[] train = writeSources(1500, 20);
        MakeRepository.make("mnist", folder.resolve("idx"), folder.resolve("repo"));
        DatasetOptions local = OPTIONS.withRepository(folder.resolve("repo").toString());

        SampleDataset mnist = Datasets.open("mnist", local);
        assertThat(mnist.getName()).isEqualTo("mnist");
        assertThat(mnist.size()).isEqualTo(1500);
        assertThat(mnist.getSampleShape()).isEqualTo(new Shape(1, 28, 28));
        assertThat(mnist.getClassNames()).hasSize(10);
        float[] sample = new float[784];
        ((SmallImages) mnist).read(1400, sample);
        float[] expected = new float[784];
        ImageDataset.normalise(train, 1400 * 784, expected, 0, 784);
        assertThat(sample).isEqualTo(expected);
        assertThat(((SmallImages) mnist).label(1403)).isEqualTo(3);

        assertThat(Datasets.open("mnist", local.withTest(true)).size()).isEqualTo(20);
    }

    @Test
    void should_stack_mnist() throws IOException {
        writeSources(300, 20);
        MakeRepository.make("mnist", folder.resolve("idx"), folder.resolve("repo"));
        DatasetOptions local = OPTIONS.withRepository(folder.resolve("repo").toString());

        SampleDataset triples = Datasets.open("stacked-mnist", local.withSize(32));
        assertThat(triples.getName()).isEqualTo("stacked-mnist");
        assertThat(triples.size()).isEqualTo(128_000);
        assertThat(triples.getSampleShape()).isEqualTo(new Shape(3, 32, 32));
        assertThat(triples.getClassNames()).hasSize(1000);
        assertThat(Datasets.open("stacked-mnist", local.withTest(true)).size()).isEqualTo(26_000);
    }

    @Test
    void should_open_fashion_mnist_by_the_system_property() throws IOException {
        writeSources(30, 10);
        MakeRepository.make("fashion-mnist", folder.resolve("idx"), folder.resolve("repo"));
        System.setProperty(DjlSet.REPOSITORY_PROPERTY, folder.resolve("repo").toUri().toString());

        SampleDataset clothes = Datasets.open("fashion-mnist", OPTIONS.withSize(32));
        assertThat(clothes.size()).isEqualTo(30);
        assertThat(clothes.getSampleShape()).isEqualTo(new Shape(1, 32, 32));
        assertThat(clothes.getClassNames()).contains("sneaker", "ankle-boot");
    }

    @Test
    void should_open_from_the_cache_without_a_repository() throws IOException {
        writeSources(30, 10);
        Path repository = folder.resolve("repo");
        MakeRepository.make("mnist", folder.resolve("idx"), repository);
        Datasets.open("mnist", OPTIONS.withRepository(repository.toString()));
        // What DJL leaves in its cache after a download: its list and the unpacked files.
        Path list = Path.of(DjlSet.MNIST.metadataPath(), "metadata.json");
        Path cached = folder.resolve("djl/cache/repo").resolve(list);
        Files.createDirectories(cached.getParent());
        Files.move(repository.resolve(list), cached);

        assertThat(Datasets.open("mnist", OPTIONS).size()).isEqualTo(30);
    }

    @Test
    void should_fail_if_it_cannot_be_downloaded() {
        // Nothing listens on port 1.
        DatasetOptions unreachable = OPTIONS.withRepository("http://127.0.0.1:1/");
        assertThatThrownBy(() -> Datasets.open("mnist", unreachable))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageStartingWith("Cannot bring mnist, a download of 11 MB (")
                .hasMessageEndingWith(
                        "): go online once, or name a local DJL repository with"
                                + " -Dgan4j.djl.repository=FOLDER, or use 'digits', which needs no"
                                + " download.")
                .message()
                .doesNotContain("\n");
        assertThatThrownBy(() -> Datasets.open("fashion-mnist", unreachable))
                .hasMessageContaining("30 MB");
        assertThatThrownBy(() -> Datasets.open("stacked-mnist", unreachable))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageStartingWith("Cannot bring mnist, a download of 11 MB (");
    }

    @Test
    void should_fail_if_the_repository_lacks_the_set() {
        DatasetOptions empty = OPTIONS.withRepository(folder.toString());
        assertThatThrownBy(() -> Datasets.open("mnist", empty))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("is no DJL repository with mnist")
                .hasMessageContaining("dataset/cv/ai/djl/basicdataset/mnist/metadata.json");
    }

    @Test
    void should_fail_if_the_url_is_none() {
        assertThatThrownBy(() -> Datasets.open("mnist", OPTIONS.withRepository("http://a b/")))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageStartingWith("'http://a b/' is neither folder nor URL (")
                .hasMessageEndingWith("): give a DJL repository's.");
    }

    @Test
    void should_fail_if_a_repository_is_made_of_another_set() {
        assertThatThrownBy(() -> MakeRepository.make("cifar", folder, folder))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("use mnist or fashion-mnist");
        assertThatThrownBy(() -> MakeRepository.make("mnist", folder, folder))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("give the folder that holds the uncompressed idx files");
    }

    private byte[] writeSources(int train, int test) throws IOException {
        Path idx = Files.createDirectories(folder.resolve("idx"));
        byte[] pixels = new byte[train * 784];
        new Random(1).nextBytes(pixels);
        write(idx.resolve("train-images-idx3-ubyte"), new IdxFile(pixels, train, 28, 28));
        write(idx.resolve("train-labels-idx1-ubyte"), labels(train));
        write(
                idx.resolve("t10k-images-idx3-ubyte"),
                new IdxFile(new byte[test * 784], test, 28, 28));
        write(idx.resolve("t10k-labels-idx1-ubyte"), labels(test));
        return pixels;
    }

    private static IdxFile labels(int count) {
        byte[] labels = new byte[count];
        for (int i = 0; i < count; i++) {
            labels[i] = (byte) (i % 10);
        }
        return new IdxFile(labels, count);
    }

    private static void write(Path file, IdxFile content) throws IOException {
        try (OutputStream out = Files.newOutputStream(file)) {
            content.write(out);
        }
    }
}
