package io.github.gan4j;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.training.dataset.Batch;
import ai.djl.training.dataset.Dataset;
import ai.djl.translate.Batchifier;
import ai.djl.util.Progress;
import java.util.List;
import java.util.stream.IntStream;

/** A data set of given batches in a given order, without random access. */
public final class ListedDataset implements Dataset {

    private final List<NDArray> batches;

    public ListedDataset(NDArray... batches) {
        this.batches = List.of(batches);
    }

    @Override
    public Iterable<Batch> getData(NDManager manager) {
        return () -> IntStream.range(0, batches.size()).mapToObj(i -> batch(manager, i)).iterator();
    }

    private Batch batch(NDManager manager, int index) {
        NDManager own = manager.newSubManager();
        NDArray samples = batches.get(index).duplicate();
        samples.attach(own);
        int size = Math.toIntExact(samples.getShape().get(0));
        return new Batch(
                own,
                new NDList(samples),
                new NDList(),
                size,
                Batchifier.STACK,
                Batchifier.STACK,
                index,
                batches.size());
    }

    @Override
    public void prepare(Progress progress) {}
}
