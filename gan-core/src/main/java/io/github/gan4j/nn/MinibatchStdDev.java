package io.github.gan4j.nn;

import ai.djl.ndarray.types.Shape;
import io.github.gan4j.torch.TorchFunction;

/**
 * Minibatch standard deviation (Karras et al. 2018, section 3): the samples are taken in groups,
 * and channels are added that say how much a group varies, so that a discriminator sees collapse.
 *
 * <p>The standard deviation over the group is taken at each element, then averaged over the
 * elements; for more than one added channel, over that many parts of the channels apart. Takes
 * {@code (N, C, ...)} and returns {@code (N, C + channels, ...)}. As in StyleGAN2, sample i is in
 * one group with sample i + N / groupSize and so on; a batch smaller than the group is one group.
 */
public final class MinibatchStdDev extends FunctionLayer {

    private final long groupSize;
    private final long channels;
    private final TorchFunction function;

    /** Constructs a layer with groups of 4 samples that adds one channel. */
    public MinibatchStdDev() {
        this(4, 1);
    }

    /**
     * Constructs a layer.
     *
     * @param groupSize the number of samples in a group, above 0; divides the batch size
     * @param channels the number of channels that are added, above 0; divides the channels of the
     *     input
     */
    public MinibatchStdDev(long groupSize, long channels) {
        require(groupSize > 0, "The group size must be above 0, not " + groupSize + ".");
        require(
                channels > 0,
                "The number of added channels must be above 0, not " + channels + ".");
        this.groupSize = groupSize;
        this.channels = channels;
        function =
                TorchFunction.of(
                        "x: Tensor",
                        """
                        n = torch.size(x, 0)
                        group = %1$d
                        if torch.lt(n, group):
                          group = n
                        y = torch.reshape(x, [group, torch.floordiv(n, group), %2$d, -1])
                        y = torch.sub(y, torch.mean(y, [0], True))
                        deviation = torch.sqrt(torch.add(torch.mean(torch.square(y), [0]), 1e-8))
                        added = torch.repeat(torch.mean(deviation, [2]), [group, 1])
                        for i in range(torch.sub(torch.dim(x), 2)):
                          added = torch.unsqueeze(added, -1)
                        shape = torch.size(x)
                        _0 = torch._set_item(shape, 1, %2$d)
                        return torch.cat([x, torch.expand(added, shape)], 1)
                        """
                                .formatted(groupSize, channels));
    }

    @Override
    public JointCall.Value join(JointCall call, JointCall.Value x) {
        Shape result = outputShape(x.shape());
        long samples = x.shape().get(0);
        require(
                samples < groupSize || samples % groupSize == 0,
                () ->
                        "MinibatchStdDev cannot take "
                                + samples
                                + " samples in groups of "
                                + groupSize
                                + "; choose a batch size that is a multiple of it.");
        return call.apply(function, result, x);
    }

    @Override
    Shape outputShape(Shape input) {
        requireAxes(input, 2, Integer.MAX_VALUE, "(N, C, ...)");
        require(
                input.get(1) % channels == 0,
                () ->
                        "MinibatchStdDev cannot take "
                                + input.get(1)
                                + " channels in "
                                + channels
                                + " equal parts.");
        long[] shape = input.getShape().clone();
        shape[1] += channels;
        return new Shape(shape);
    }
}
