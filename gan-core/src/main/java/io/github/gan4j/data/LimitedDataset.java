package io.github.gan4j.data;

import ai.djl.ndarray.NDManager;
import ai.djl.training.dataset.Batch;
import ai.djl.training.dataset.RandomAccessDataset;
import ai.djl.training.dataset.Record;
import ai.djl.training.dataset.Sampler;
import ai.djl.translate.TranslateException;
import io.github.gan4j.InvalidInputException;
import java.io.IOException;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;

/**
 * Some samples of a data set, chosen at random. The choice depends on nothing but the two numbers,
 * so that runs of different seeds are trained on the same samples.
 */
final class LimitedDataset extends SampleDataset {

    private static final long SEED = 0;

    private final SampleDataset all;
    private final int[] chosen;

    private LimitedDataset(SampleDataset all, int[] chosen) {
        super(all.getName(), all.getSampleShape(), all.getClassNames());
        this.all = all;
        this.chosen = chosen;
    }

    /**
     * Limits a data set.
     *
     * @param all the data set
     * @param limit how many samples there may be at most
     * @return the same if it has no more, else so many of its samples
     * @throws InvalidInputException if it has pairs of domains, or draws points
     */
    static SampleDataset of(SampleDataset all, int limit) {
        if (all instanceof TranslationDataset || all instanceof KnownMixture) {
            throw new InvalidInputException(
                    "'%s' cannot be limited: only sets of pictures of one domain can. Leave --limit out."
                            .formatted(all.getName()));
        }
        int size = Math.toIntExact(all.size());
        if (limit >= size) {
            return all;
        }
        int[] chosen = Arrays.copyOf(EpochSampler.permutation(SEED, size), limit);
        Arrays.sort(chosen); // near to each other, where they are read from files
        return new LimitedDataset(all, chosen);
    }

    @Override
    public Map<String, Integer> getContents() {
        return all.getContents();
    }

    @Override
    public Record get(NDManager manager, long index) throws IOException {
        return all.get(manager, chosen[Math.toIntExact(index)]);
    }

    @Override
    protected long availableSize() {
        return chosen.length;
    }

    @Override
    public Iterable<Batch> getData(NDManager manager, Sampler sampler)
            throws IOException, TranslateException {
        return all.getData(manager, new Translated(sampler));
    }

    @Override
    public Iterable<Batch> getData(NDManager manager, Sampler sampler, ExecutorService executor)
            throws IOException, TranslateException {
        return all.getData(manager, new Translated(sampler), executor);
    }

    /** Asks for samples of the limited set under their numbers in the whole one. */
    private final class Translated implements Sampler {

        private final Sampler sampler;

        Translated(Sampler sampler) {
            this.sampler = sampler;
        }

        @Override
        public Iterator<List<Long>> sample(RandomAccessDataset dataset) {
            Iterator<List<Long>> batches = sampler.sample(LimitedDataset.this);
            return new Iterator<>() {

                @Override
                public boolean hasNext() {
                    return batches.hasNext();
                }

                @Override
                public List<Long> next() {
                    return batches.next().stream()
                            .map(index -> (long) chosen[Math.toIntExact(index)])
                            .toList();
                }
            };
        }

        @Override
        public int getBatchSize() {
            return sampler.getBatchSize();
        }
    }
}
