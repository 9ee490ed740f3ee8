package io.github.gan4j.run;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.dataset.Record;
import io.github.gan4j.data.DatasetOptions;
import io.github.gan4j.data.DatasetProvider;
import io.github.gan4j.data.SampleDataset;
import java.util.List;

/** Ten grey pictures of 6 pixels a side, for tests. */
public final class ToyDatasetProvider implements DatasetProvider {

    static final Shape SHAPE = new Shape(1, 6, 6);
    static final int SIZE = 10;

    @Override
    public String getName() {
        return "toys";
    }

    @Override
    public String getSummary() {
        return "for tests";
    }

    @Override
    public SampleDataset open(String source, DatasetOptions options) {
        return new Toys();
    }

    private static final class Toys extends SampleDataset {

        Toys() {
            super("toys", SHAPE, List.of("0", "007", "yes"));
        }

        @Override
        public Record get(NDManager manager, long index) {
            float value = index / (float) SIZE - 0.5f;
            return new Record(
                    new NDList(manager.full(SHAPE, value)), new NDList(manager.create(index % 3)));
        }

        @Override
        protected long availableSize() {
            return SIZE;
        }
    }
}
