package io.github.gan4j.datasets.tools;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.gan4j.InvalidInputException;
import io.github.gan4j.datasets.IdxFile;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Makes a local DJL repository from four idx files, so that DJL's {@code Mnist} and {@code
 * FashionMnist} can be opened without a network.
 */
public final class MakeRepository {

    private static final Map<String, String> FILES = new LinkedHashMap<>();

    static {
        FILES.put("train_data", "train-images-idx3-ubyte");
        FILES.put("train_labels", "train-labels-idx1-ubyte");
        FILES.put("test_data", "t10k-images-idx3-ubyte");
        FILES.put("test_labels", "t10k-labels-idx1-ubyte");
    }

    private MakeRepository() {}

    /**
     * Runs the tool.
     *
     * @param args {@code mnist} or {@code fashion-mnist}, the folder with {@code
     *     {train,t10k}-{images-idx3,labels-idx1}-ubyte}, and the folder of the repository
     * @throws IOException if reading or writing fails
     */
    public static void main(String[] args) throws IOException {
        if (args.length != 3) {
            System.err.println(
                    "usage: MakeRepository mnist|fashion-mnist FOLDER_WITH_IDX_FILES REPOSITORY");
            System.exit(2);
        }
        make(args[0], Path.of(args[1]), Path.of(args[2]));
    }

    /**
     * Adds a data set to a repository.
     *
     * @param name {@code mnist} or {@code fashion-mnist}
     * @param source the folder with the idx files, uncompressed
     * @param repository the folder of the repository, made if missing
     * @throws IOException if reading or writing fails
     */
    public static void make(String name, Path source, Path repository) throws IOException {
        String artifactId =
                switch (name) {
                    case "mnist" -> "mnist";
                    // Sic: the name that DJL asks for.
                    case "fashion-mnist" -> "fashmnist";
                    default ->
                            throw new InvalidInputException(
                                    "No repository can be made of '%s': use mnist or fashion-mnist."
                                            .formatted(name));
                };
        Path folder = repository.resolve("dataset/cv/ai/djl/basicdataset").resolve(artifactId);
        Files.createDirectories(folder.resolve("1.0"));
        Map<String, Object> files = new LinkedHashMap<>();
        for (Map.Entry<String, String> file : FILES.entrySet()) {
            Path target = folder.resolve("1.0").resolve(file.getValue() + ".gz");
            byte[] content = Gzip.compress(read(source.resolve(file.getValue())));
            Files.write(target, content);
            files.put(
                    file.getKey(),
                    Map.of(
                            // DJL resolves a relative URI against the wrong folder.
                            "uri", target.toAbsolutePath().toUri().toString(),
                            "sha1Hash", sha1(content),
                            "size", content.length));
        }
        Map<String, Object> artifact = new LinkedHashMap<>();
        artifact.put("version", "1.0");
        artifact.put("name", artifactId);
        artifact.put("files", files);
        Map<String, Object> metadata = new LinkedHashMap<>();
        metadata.put("metadataVersion", "0.2");
        metadata.put("resourceType", "dataset");
        metadata.put("application", "cv");
        metadata.put("groupId", "ai.djl.basicdataset");
        metadata.put("artifactId", artifactId);
        metadata.put("name", name);
        metadata.put("artifacts", List.of(artifact));
        new ObjectMapper()
                .writerWithDefaultPrettyPrinter()
                .writeValue(folder.resolve("metadata.json").toFile(), metadata);
    }

    private static IdxFile read(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new InvalidInputException(
                    "There is no file '%s': give the folder that holds the uncompressed idx files."
                            .formatted(file));
        }
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
            return IdxFile.read(in);
        }
    }

    private static String sha1(byte[] content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-1").digest(content));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("Every JDK has SHA-1.", e);
        }
    }
}
