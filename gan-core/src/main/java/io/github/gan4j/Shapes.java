package io.github.gan4j;

import ai.djl.ndarray.types.Shape;

/** Small helpers on shapes. */
final class Shapes {

    private Shapes() {}

    static Shape[] prepend(Shape first, Shape... others) {
        Shape[] shapes = new Shape[others.length + 1];
        shapes[0] = first;
        System.arraycopy(others, 0, shapes, 1, others.length);
        return shapes;
    }

    /** Puts the batch axis in front. */
    static Shape batch(long size, Shape shape) {
        return new Shape(size).addAll(shape);
    }

    static Shape[] batch(long size, Shape... shapes) {
        Shape[] batched = new Shape[shapes.length];
        for (int i = 0; i < shapes.length; i++) {
            batched[i] = batch(size, shapes[i]);
        }
        return batched;
    }
}
