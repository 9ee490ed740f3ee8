package io.github.gan4j.latent;

import ai.djl.ndarray.NDArray;
import io.github.gan4j.Latents;

/**
 * A walk along a code of the latents, which the game has made to stand for something (Chen et al.
 * 2016): a component from -2 to 2, twice as far as in training, or a category from the first to the
 * last.
 *
 * @param code the components
 */
public record CodeWalk(Latents.Code code) implements LatentWalk {

    private static final double REACH = 2;

    @Override
    public String getName() {
        return code.name();
    }

    @Override
    public NDArray move(NDArray latents, double way) {
        float[] values = latents.toFloatArray();
        int length = values.length / Math.toIntExact(latents.getShape().get(0));
        long chosen = Math.round(way * (code.size() - 1));
        for (int at = code.first(); at < values.length; at += length) {
            if (code.size() == 1) {
                values[at] = (float) (REACH * (2 * way - 1));
            } else {
                for (int i = 0; i < code.size(); i++) {
                    values[at + i] = i == chosen ? 1 : 0;
                }
            }
        }
        return latents.getManager().create(values, latents.getShape());
    }
}
