package io.github.gan4j.datasets;

import ai.djl.Application.CV;
import ai.djl.basicdataset.BasicDatasets;
import ai.djl.basicdataset.cv.classification.FashionMnist;
import ai.djl.basicdataset.cv.classification.Mnist;
import ai.djl.ndarray.NDManager;
import ai.djl.repository.Artifact;
import ai.djl.repository.MRL;
import ai.djl.repository.RemoteRepository;
import ai.djl.repository.Repository;
import ai.djl.training.dataset.ArrayDataset;
import ai.djl.training.dataset.Batch;
import ai.djl.training.dataset.Dataset.Usage;
import io.github.gan4j.InvalidInputException;
import io.github.gan4j.Reasons;
import io.github.gan4j.data.DatasetOptions;
import io.github.gan4j.torch.Torch;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The sets of 28 x 28 pictures that DJL's own classes bring, copied once to the Java heap. */
enum DjlSet {
    /** MNIST, through {@link Mnist}. */
    MNIST("mnist", "mnist", 11, Digits.CLASS_NAMES) {
        @Override
        ArrayDataset build(NDManager manager, Repository repository, Usage usage) {
            return Mnist.builder()
                    .optManager(manager)
                    .optRepository(repository)
                    .optUsage(usage)
                    .setSampling(1, false)
                    .build();
        }
    },
    /** Fashion-MNIST, through {@link FashionMnist}. */
    FASHION_MNIST(
            "fashion-mnist",
            "fashmnist",
            30,
            List.of(
                    "t-shirt",
                    "trouser",
                    "pullover",
                    "dress",
                    "coat",
                    "sandal",
                    "shirt",
                    "sneaker",
                    "bag",
                    "ankle-boot")) {
        @Override
        ArrayDataset build(NDManager manager, Repository repository, Usage usage) {
            return FashionMnist.builder()
                    .optManager(manager)
                    .optRepository(repository)
                    .optUsage(usage)
                    .setSampling(1, false)
                    .build();
        }
    };

    /** The system property that names a DJL repository, a folder or a URL, to use instead. */
    static final String REPOSITORY_PROPERTY = "gan4j.djl.repository";

    private static final Logger logger = LoggerFactory.getLogger(DjlSet.class);
    private static final String VERSION = "1.0";
    private static final int SIDE = 28;

    /** Pictures copied at a time; all at once would be 188 MB of floats. */
    private static final int CHUNK = 1000;

    private final String title;
    private final String artifactId;
    private final int megabytes;
    private final List<String> classNames;

    DjlSet(String title, String artifactId, int megabytes, List<String> classNames) {
        this.title = title;
        this.artifactId = artifactId;
        this.megabytes = megabytes;
        this.classNames = classNames;
    }

    abstract ArrayDataset build(NDManager manager, Repository repository, Usage usage);

    String title() {
        return title;
    }

    int megabytes() {
        return megabytes;
    }

    String metadataPath() {
        return "dataset/cv/" + BasicDatasets.GROUP_ID.replace('.', '/') + '/' + artifactId;
    }

    String artifactId() {
        return artifactId;
    }

    SmallImages open(DatasetOptions options) throws IOException {
        String wished =
                options.getRepository().orElseGet(() -> System.getProperty(REPOSITORY_PROPERTY));
        Repository repository = wished == null ? ownRepository() : named(wished);
        Usage usage = options.isTest() ? Usage.TEST : Usage.TRAIN;
        prepare(repository);
        try (NDManager manager = Torch.newManager()) {
            ArrayDataset images = build(manager, repository, usage);
            images.prepare(null);
            return copy(images, manager, options);
        }
    }

    /** Downloads the files if they are not there, having said so. */
    private void prepare(Repository repository) throws IOException {
        MRL mrl = repository.dataset(CV.ANY, BasicDatasets.GROUP_ID, artifactId, VERSION);
        try {
            Artifact artifact = mrl.getDefaultArtifact();
            if (artifact == null) {
                throw new IOException("version %s is not there".formatted(VERSION));
            }
            if (!mrl.isPrepared(artifact)) {
                if (repository.isRemote()) {
                    logger.info("Downloading {}, {} MB, once.", title, megabytes);
                }
                mrl.prepare(artifact);
            }
        } catch (IOException e) {
            throw new InvalidInputException(
                    ("Cannot bring %s, a download of %d MB (%s): go online once, or name a local"
                                    + " DJL repository with -D%s=FOLDER, or use 'digits', which"
                                    + " needs no download.")
                            .formatted(title, megabytes, Reasons.of(e), REPOSITORY_PROPERTY),
                    e);
        }
    }

    /**
     * DJL's repository; or, once it has been downloaded, DJL's cache, which is laid out like one.
     * DJL itself would ask the network each day whether its list has changed, and fail offline.
     */
    private Repository ownRepository() throws IOException {
        Path cache = BasicDatasets.REPOSITORY.getCacheDirectory();
        if (Files.isRegularFile(cache.resolve(metadataPath()).resolve("metadata.json"))) {
            Repository local = Repository.newInstance("cache", cache);
            MRL mrl = local.dataset(CV.ANY, BasicDatasets.GROUP_ID, artifactId, VERSION);
            Artifact artifact = mrl.getDefaultArtifact();
            if (artifact != null && mrl.isPrepared(artifact)) {
                return local;
            }
        }
        return BasicDatasets.REPOSITORY;
    }

    private Repository named(String wished) {
        try {
            if (wished.startsWith("http:") || wished.startsWith("https:")) {
                return new RemoteRepository("named", URI.create(wished));
            }
            Path root = wished.startsWith("file:") ? Path.of(URI.create(wished)) : Path.of(wished);
            if (Files.isRegularFile(root.resolve(metadataPath()).resolve("metadata.json"))) {
                return Repository.newInstance("named", root.toAbsolutePath());
            }
        } catch (IllegalArgumentException e) {
            throw new InvalidInputException(
                    "'%s' is neither folder nor URL (%s): give a DJL repository's."
                            .formatted(wished, e.getMessage()),
                    e);
        }
        throw new InvalidInputException(
                "'%s' is no DJL repository with %s: there must be a file %s/metadata.json in it."
                        .formatted(wished, title, metadataPath()));
    }

    private SmallImages copy(ArrayDataset images, NDManager manager, DatasetOptions options) {
        int count = Math.toIntExact(images.size());
        byte[] pixels = new byte[count * SIDE * SIDE];
        byte[] labels = new byte[count];
        for (int from = 0; from < count; from += CHUNK) {
            int to = Math.min(count, from + CHUNK);
            try (Batch batch = images.getByRange(manager.newSubManager(), from, to)) {
                round(batch.getData().head().toFloatArray(), pixels, from * SIDE * SIDE);
                round(batch.getLabels().head().toFloatArray(), labels, from);
            }
        }
        return new SmallImages(title, pixels, SIDE, labels, classNames, options);
    }

    private static void round(float[] values, byte[] target, int from) {
        for (int i = 0; i < values.length; i++) {
            target[from + i] = (byte) Math.round(values[i]);
        }
    }
}
