package io.github.gan4j.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.inference.Predictor;
import ai.djl.modality.cv.Image;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.repository.zoo.Criteria;
import ai.djl.repository.zoo.ZooModel;
import io.github.gan4j.InvalidInputException;
import io.github.gan4j.torch.Torch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GeneratorExportTest {

    @TempDir Path temp;

    private Run run() {
        return Run.rehearse(RunConfig.defaults(Variants.find("toy"), 1));
    }

    private static GeneratorExport.Description description(Run run) {
        return new GeneratorExport.Description(
                "toy",
                run.getConfig().settings(),
                new long[] {1, 6, 6},
                List.of("0", "1e5", "no"),
                null);
    }

    @Test
    void should_read_the_description_that_it_wrote() throws IOException {
        try (Run run = run()) {
            GeneratorExport.write(temp.resolve("g"), run.getTrainer(), description(run));
            assertThat(GeneratorExport.readDescription(temp.resolve("g")))
                    .usingRecursiveComparison()
                    .isEqualTo(description(run));
        }
    }

    @Test
    void should_name_what_a_cut_off_description_lacks() throws IOException {
        Files.writeString(temp.resolve("generator.yaml"), "variant: toy\n");
        assertThatThrownBy(() -> GeneratorExport.readDescription(temp))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("needs variant, settings, sampleShape and classNames");
    }

    @Test
    void should_replace_what_is_there_and_leave_nothing_beside_it() throws IOException {
        Path folder = temp.resolve("g");
        try (Run run = run()) {
            GeneratorExport.write(folder, run.getTrainer(), description(run));
            byte[] before = Files.readAllBytes(folder.resolve("generator-0000.params"));
            run.train();
            Files.createDirectories(temp.resolve("g.tmp"));
            Files.writeString(temp.resolve("g.tmp/generator-0000.params"), "of a killed process");
            GeneratorExport.write(folder, run.getTrainer(), description(run));
            byte[] after = Files.readAllBytes(folder.resolve("generator-0000.params"));
            assertThat(after).hasSameSizeAs(before).isNotEqualTo(before);
            GeneratorExport.write(folder, run.getTrainer(), description(run));
            assertThat(folder.resolve("generator-0000.params")).hasBinaryContent(after);
        }
        assertThat(temp.toFile().list()).containsExactly("g");
        assertThat(folder.toFile().list()).hasSize(3);
    }

    @Test
    void should_be_loaded_by_plain_djl() throws Exception {
        Path folder = temp.resolve("g");
        try (Run run = run();
                NDManager manager = Torch.newManager()) {
            run.train();
            GeneratorExport.write(folder, run.getTrainer(), description(run));
            NDArray latents = manager.arange(6f).reshape(new Shape(2, 3));
            float[] expected = run.getTrainer().generate(latents, new NDList()).toFloatArray();
            Criteria<NDList, NDList> criteria =
                    Criteria.builder()
                            .setTypes(NDList.class, NDList.class)
                            .optModelPath(folder)
                            .build();
            try (ZooModel<NDList, NDList> model = criteria.loadModel();
                    Predictor<NDList, NDList> predictor = model.newPredictor()) {
                assertThat(predictor.predict(new NDList(latents)).head().toFloatArray())
                        .containsExactly(expected);
            }
        }
    }

    @Test
    void should_translate_nothing_else() {
        assertThatThrownBy(
                        () ->
                                new GeneratorTranslatorFactory()
                                        .newInstance(String.class, Image.class, null, Map.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("NDList to NDList, float[] to Image, or Image");
    }
}
