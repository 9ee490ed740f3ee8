package io.github.gan4j.nn;

import ai.djl.ndarray.types.Shape;

/**
 * Describes a convolution, forward or transposed.
 *
 * @param <B> the builder itself
 */
public abstract class ConvolutionBuilder<B extends ConvolutionBuilder<B>> {

    long filters;
    Shape kernel;
    Shape stride;
    Shape padding;
    Shape dilation;
    int groups = 1;
    boolean bias = true;
    Rectifier activation;

    ConvolutionBuilder() {}

    abstract B self();

    /**
     * Sets the number of output channels.
     *
     * @param filters above 0
     * @return this builder
     */
    public B setFilters(long filters) {
        this.filters = filters;
        return self();
    }

    /**
     * Sets the size of the kernel; its number of axes makes the layer one-, two- or
     * three-dimensional.
     *
     * @param kernel for instance {@code (4, 4)}
     * @return this builder
     */
    public B setKernelShape(Shape kernel) {
        this.kernel = kernel;
        return self();
    }

    /**
     * Sets by how much each input element is apart in the output.
     *
     * @param stride 1 along each axis unless set
     * @return this builder
     */
    public B optStride(Shape stride) {
        this.stride = stride;
        return self();
    }

    /**
     * Sets how many elements are cut off at both ends of the output.
     *
     * @param padding 0 along each axis unless set
     * @return this builder
     */
    public B optPadding(Shape padding) {
        this.padding = padding;
        return self();
    }

    /**
     * Sets by how much the elements of the kernel are apart.
     *
     * @param dilation 1 along each axis unless set
     * @return this builder
     */
    public B optDilation(Shape dilation) {
        this.dilation = dilation;
        return self();
    }

    /**
     * Sets in how many groups channels are convolved apart.
     *
     * @param groups 1 unless set; divides the input channels and the filters
     * @return this builder
     */
    public B optGroups(int groups) {
        this.groups = groups;
        return self();
    }

    /**
     * Adds a bias to each output channel.
     *
     * @param bias {@code true} unless set
     * @return this builder
     */
    public B optBias(boolean bias) {
        this.bias = bias;
        return self();
    }

    /**
     * Applies a rectifier to the output, in the same call.
     *
     * @param activation none unless set
     * @return this builder
     */
    public B optActivation(Rectifier activation) {
        this.activation = activation;
        return self();
    }
}
