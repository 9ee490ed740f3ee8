package io.github.gan4j.penalty;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.github.gan4j.torch.GradMode;
import io.github.gan4j.torch.TorchFunction;

/** Flips images left to right and shifts them, each by a draw of its own. */
final class FlipAndShift {

    /**
     * Picks for each pixel of the result the pixel that comes there. Beyond the margin the image
     * goes on as in a mirror, whose plane is the middle of the outermost pixels.
     */
    private static final TorchFunction PICK =
            TorchFunction.of(
                    "x: Tensor, flip: Tensor, dy: Tensor, dx: Tensor",
                    """
                    n = torch.size(x, 0)
                    h = torch.size(x, 2)
                    w = torch.size(x, 3)
                    row = torch.sub(torch.unsqueeze(torch.arange(h, dtype=4, device=ops.prim.device(x)), 0), torch.unsqueeze(dy, 1))
                    col = torch.sub(torch.unsqueeze(torch.arange(w, dtype=4, device=ops.prim.device(x)), 0), torch.unsqueeze(dx, 1))
                    row = torch.abs(row)
                    col = torch.abs(col)
                    row = torch.sub(h - 1, torch.abs(torch.sub(row, h - 1)))
                    col = torch.sub(w - 1, torch.abs(torch.sub(col, w - 1)))
                    col = torch.where(torch.unsqueeze(flip, 1), torch.rsub(col, w - 1), col)
                    index = torch.add(torch.mul(torch.unsqueeze(row, 2), w), torch.unsqueeze(col, 1))
                    index = torch.expand(torch.reshape(index, [n, 1, h * w]), [n, torch.size(x, 1), h * w])
                    return torch.reshape(torch.gather(torch.flatten(x, 2), 2, index), torch.size(x))
                    """);

    private FlipAndShift() {}

    /**
     * Augments images by random draws.
     *
     * @param images images {@code (N, C, H, W)}, constants
     * @param shift the largest shift in pixels, below H and W
     * @param flip whether half of the images are flipped
     * @return images of the same shape
     */
    static NDArray draw(NDArray images, int shift, boolean flip) {
        NDManager manager = images.getManager();
        Shape each = new Shape(images.getShape().get(0));
        NDArray flips = manager.randomUniform(0f, 1f, each).lt(flip ? 0.5f : 0f);
        NDArray dy = manager.randomInteger(-shift, shift + 1L, each, DataType.INT64);
        NDArray dx = manager.randomInteger(-shift, shift + 1L, each, DataType.INT64);
        return apply(images, flips, dy, dx);
    }

    /**
     * Augments images by given draws.
     *
     * @param images images {@code (N, C, H, W)}, constants
     * @param flips whether to flip, booleans {@code (N)}
     * @param dy how far to shift down, whole numbers {@code (N)}
     * @param dx how far to shift right, after the flip, whole numbers {@code (N)}
     * @return images of the same shape
     */
    static NDArray apply(NDArray images, NDArray flips, NDArray dy, NDArray dx) {
        try (GradMode recording = GradMode.off()) {
            return PICK.call(images.getManager(), images, flips, dy, dx);
        }
    }
}
