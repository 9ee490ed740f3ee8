package io.github.gan4j.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.github.gan4j.InvalidInputException;
import io.github.gan4j.metric.ScriptExtractor.Options;
import io.github.gan4j.torch.TinyScript;
import io.github.gan4j.torch.Torch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScriptExtractorTest {

    private static final String TENSOR = "x: Tensor) -> Tensor";

    @TempDir Path temp;
    private final NDManager manager = Torch.newManager();

    @AfterEach
    void close() {
        manager.close();
    }

    private Path script(String name, String parameters, String... body) throws IOException {
        return TinyScript.write(temp.resolve(name), parameters, body);
    }

    private NDArray pictures(int channels, int side, float value) {
        return manager.full(new Shape(3, channels, side, side), value);
    }

    @Test
    void should_extract_what_the_script_returns() throws IOException {
        Path file = script("flat.pt", TENSOR, "return torch.flatten(x, 1)");
        try (ScriptExtractor extractor =
                new ScriptExtractor(file, Options.DEFAULTS, Device.cpu())) {
            NDList seen = extractor.extract(pictures(1, 2, 0.25f));
            assertThat(extractor.getName()).isEqualTo("flat");
            assertThat(seen).hasSize(1);
            assertThat(seen.head().getShape()).isEqualTo(new Shape(3, 4));
            assertThat(seen.head().toFloatArray()).containsOnly(0.25f);
        }
    }

    @Test
    void should_bring_pictures_to_size_range_and_channels() throws IOException {
        Path file = script("net.pt", TENSOR, "return x");
        Options options = new Options(4, 0, 255, 3);
        try (ScriptExtractor extractor = new ScriptExtractor(file, options, Device.cpu())) {
            NDArray seen = extractor.extract(pictures(1, 8, 1)).head();
            assertThat(extractor.getName()).isEqualTo("net-4px-range0to255-colour");
            assertThat(seen.getShape()).isEqualTo(new Shape(3, 3 * 4 * 4));
            assertThat(seen.toFloatArray()).containsOnly(255f);
            assertThat(extractor.extract(pictures(1, 8, -1)).head().toFloatArray())
                    .containsOnly(0f);
        }
    }

    @Test
    void should_know_the_standard_inception_network_by_its_name() throws IOException {
        Path file =
                script(
                        "inception-2015-12-05.pt",
                        "img: Tensor,\n    return_features: bool=False,\n"
                                + "    use_fp16: bool=False) -> Tensor",
                        "x = torch.mean(img, [2, 3])",
                        "if return_features:",
                        "  y = x",
                        "else:",
                        "  y = torch.zeros_like(x)",
                        "return y");
        try (ScriptExtractor extractor =
                new ScriptExtractor(file, Options.DEFAULTS, Device.cpu())) {
            NDArray seen = extractor.extract(pictures(1, 8, 0)).head();
            assertThat(extractor.getName()).isEqualTo("inception-2015-12-05");
            assertThat(seen.getShape()).isEqualTo(new Shape(3, 3));
            assertThat(seen.toFloatArray()).containsOnly(127.5f);
        }
    }

    @Test
    void should_take_the_second_output_for_class_probabilities() throws IOException {
        Path file =
                script(
                        "two.pt",
                        "x: Tensor) -> Tuple[Tensor, Tensor]",
                        "f = torch.flatten(x, 1)",
                        "return (f, torch.softmax(f, 1))");
        try (ScriptExtractor extractor =
                new ScriptExtractor(file, Options.DEFAULTS, Device.cpu())) {
            NDList seen = extractor.extract(pictures(1, 2, 0.5f));
            assertThat(seen).hasSize(2);
            assertThat(seen.get(1).toFloatArray()).containsOnly(0.25f);
        }
    }

    @Test
    void should_tell_files_of_one_name_apart() throws IOException {
        Path one = script("net.pt", TENSOR, "return x");
        String first;
        try (ScriptExtractor extractor = new ScriptExtractor(one, Options.DEFAULTS, Device.cpu())) {
            first = extractor.getFingerprint();
        }
        Path other = script("net.pt", TENSOR, "return torch.neg(x)");
        try (ScriptExtractor extractor =
                new ScriptExtractor(other, Options.DEFAULTS, Device.cpu())) {
            assertThat(extractor.getFingerprint()).isNotEqualTo(first);
        }
    }

    @Test
    void should_say_what_is_wrong_with_a_file() throws IOException {
        Path damaged = Files.writeString(temp.resolve("x.pt"), "no script");
        assertThatThrownBy(() -> new ScriptExtractor(damaged, Options.DEFAULTS, Device.cpu()))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageStartingWith("'" + damaged + "' is no TorchScript file");

        Path lost = script("mean.pt", TENSOR, "return torch.mean(x)");
        try (ScriptExtractor extractor =
                new ScriptExtractor(lost, Options.DEFAULTS, Device.cpu())) {
            assertThatThrownBy(() -> extractor.extract(pictures(1, 2, 0)))
                    .isInstanceOf(InvalidInputException.class)
                    .hasMessageContaining("not a row for each");
        }

        Path picky = script("picky.pt", TENSOR, "return torch.reshape(x, [7, 7])");
        try (ScriptExtractor extractor =
                new ScriptExtractor(picky, Options.DEFAULTS, Device.cpu())) {
            assertThatThrownBy(() -> extractor.extract(pictures(1, 2, 0)))
                    .isInstanceOf(InvalidInputException.class)
                    .hasMessageContaining("refuses pictures of shape (3, 1, 2, 2)");
        }
    }

    @Test
    void should_refuse_impossible_options() {
        assertThatThrownBy(() -> new Options(-1, 0, 1, 0)).hasMessageContaining("size above 0");
        assertThatThrownBy(() -> new Options(0, 1, 1, 0)).hasMessageContaining("1.0..1.0");
        assertThatThrownBy(() -> new Options(0, 0, 1, 2)).hasMessageContaining("1 or 3 channels");
    }

    @Test
    void should_average_colours_for_a_grey_network() throws IOException {
        Path file = script("grey.pt", TENSOR, "return x");
        NDArray colour = manager.create(new float[] {-1, 0, 0.7f}, new Shape(1, 3, 1, 1));
        try (ScriptExtractor extractor =
                new ScriptExtractor(file, new Options(0, -1, 1, 1), Device.cpu())) {
            assertThat(extractor.extract(colour).head().getFloat()).isCloseTo(-0.1f, within(1e-6f));
        }
    }
}
