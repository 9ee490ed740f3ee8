package io.github.gan4j.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.dataset.Batch;
import ai.djl.training.dataset.Record;
import io.github.gan4j.InvalidInputException;
import io.github.gan4j.torch.Torch;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DatasetsTest {

    private static final List<DatasetProvider> PROVIDERS =
            List.of(
                    new Fake("<folder>", "mine"),
                    new Fake("digits", null),
                    new Fake("mnist", null));

    @Test
    void should_open_by_name() throws Exception {
        assertThat(open("digits").getName()).isEqualTo("digits via digits");
    }

    @Test
    void should_open_what_a_provider_accepts() throws Exception {
        assertThat(open("mine").getName()).isEqualTo("mine via <folder>");
    }

    @Test
    void should_prefer_a_name_to_what_is_accepted() throws Exception {
        List<DatasetProvider> providers =
                List.of(new Fake("<folder>", "digits"), new Fake("digits", null));
        assertThat(Datasets.open("digits", DatasetOptions.defaults(), providers).getName())
                .isEqualTo("digits via digits");
    }

    @Test
    void should_fail_if_the_name_is_unknown() {
        assertThatThrownBy(() -> open("digit"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage(
                        "No data set and no folder is called 'digit'; did you mean 'digits'?"
                                + " 'gan4j list' shows all data sets.");
    }

    @Test
    void should_fail_if_the_folder_is_missing() {
        assertThatThrownBy(() -> open("some/where"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage(
                        "There is no folder 'some/where': give the path of an existing folder of"
                                + " images, or one of digits, mnist.");
    }

    @Test
    void should_fail_if_it_is_a_file(@TempDir Path folder) throws Exception {
        Path file = Files.writeString(folder.resolve("a.png"), "");
        assertThatThrownBy(() -> open(file.toString()))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("is a file: give the folder that holds the images");
    }

    @Test
    void should_fail_if_there_are_no_providers() {
        assertThatThrownBy(() -> Datasets.open("digits", DatasetOptions.defaults(), List.of()))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("add the jar of gan-datasets");
    }

    @Test
    void should_let_djl_stack_the_records_of_a_simple_data_set() throws Exception {
        try (NDManager manager = Torch.newManager()) {
            Batch batch = new Constant("c").getData(manager).iterator().next();
            assertThat(batch.getData().head().getShape()).isEqualTo(new Shape(3, 1, 2, 2));
            assertThat(batch.getLabels().head().toLongArray()).containsExactly(0, 1, 2);
            batch.close();
        }
    }

    private static SampleDataset open(String source) throws Exception {
        return Datasets.open(source, DatasetOptions.defaults(), PROVIDERS);
    }

    private record Fake(String name, String accepted) implements DatasetProvider {

        @Override
        public String getName() {
            return name;
        }

        @Override
        public String getSummary() {
            return "for tests";
        }

        @Override
        public boolean accepts(String source) {
            return source.equals(accepted);
        }

        @Override
        public SampleDataset open(String source, DatasetOptions options) {
            return new Constant(source + " via " + name);
        }
    }

    private static final class Constant extends SampleDataset {

        Constant(String name) {
            super(name, new Shape(1, 2, 2), List.of("a", "b", "c"));
        }

        @Override
        public Record get(NDManager manager, long index) {
            return new Record(
                    new NDList(manager.ones(getSampleShape(), DataType.FLOAT32)),
                    new NDList(manager.create(index)));
        }

        @Override
        protected long availableSize() {
            return 3;
        }
    }
}
