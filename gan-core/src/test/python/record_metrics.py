"""Records the values that gan-core's tests of measures compare with, from numpy and scipy.

    python gan-core/src/test/python/record_metrics.py [output folder]

Needs numpy and scipy. The default output folder is ../resources/reference beside this script.

Each measure is written out from its published definition, the plain way: whole distance matrices,
matrix roots, one loop for each window. Where packages define conventions these are followed:
torch-fidelity (FID, KID, ISC), clean-fid (FID), prdc (precision, recall, density, coverage) and
scikit-image (SSIM, PSNR, histograms of oriented gradients). Inputs are float32, all arithmetic is float64.

Keys of metrics.safetensors
  real fake               features (300, 24) and (260, 24)
  mean cov                of real
  fid fid_root            by the singular values of the centred samples, and by scipy.linalg.sqrtm
  few/real few/fake       (12, 40) and (15, 40): singular covariances; few/fid
  kid/real kid/fake       rows of 20 blocks of 50; kid = mean and standard deviation; mmd of all
  probabilities           (200, 10); isc<splits> = mean and standard deviation
  precision recall (k=3), density coverage (k=5)
  directions              (16, 24), unit length; swd, of 300 against 260
  wide                    features (80, 200), close together and far from the origin
  wide/prdc wide/third    of its halves (k=3); squared distances to the third neighbour
  images/<case>/a|b       (N, C, H, W), whole numbers 0..255; /ssim /ssim_gaussian /psnr /mae /hog (N,)
  images/<case>/hog_a     the histograms of a[0]
  ms_ssim/<case>          (N,) of the cases that are large enough; metadata: scales
  pyramid/<level>         of images/grey/a[0] / 255, three levels
"""
import json
import pathlib
import sys

import numpy as np
import scipy
import scipy.linalg
import scipy.ndimage
import scipy.signal
import scipy.spatial.distance
import scipy.special
import scipy.stats

sys.dont_write_bytecode = True
HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))
import safetensors_writer  # noqa: E402

COMMAND = "python gan-core/src/test/python/record_metrics.py"
OUT = pathlib.Path(sys.argv[1]) if len(sys.argv) > 1 else HERE.parent / "resources" / "reference"


def fid_by_root(x, y):
    """As torch-fidelity and clean-fid: the matrix root of the product of covariances."""
    gap = x.mean(0) - y.mean(0)
    a, b = np.cov(x, rowvar=False), np.cov(y, rowvar=False)
    root = scipy.linalg.sqrtm(a @ b)
    return gap @ gap + np.trace(a) + np.trace(b) - 2 * np.trace(root).real


def fid_by_samples(x, y):
    """tr (AB)^1/2 is the sum of the singular values of Xc Yc^T, so no root is taken; exact if singular."""
    gap = x.mean(0) - y.mean(0)
    xc = (x - x.mean(0)) / np.sqrt(len(x) - 1)
    yc = (y - y.mean(0)) / np.sqrt(len(y) - 1)
    return gap @ gap + (xc ** 2).sum() + (yc ** 2).sum() - 2 * np.linalg.svd(xc @ yc.T, compute_uv=False).sum()


def mmd(x, y):
    """torch-fidelity: cubic kernel, gamma = 1 / D, coef0 = 1, unbiased."""
    def kernel(a, b):
        return (a @ b.T / a.shape[1] + 1) ** 3
    n, m = len(x), len(y)
    xx, yy, xy = kernel(x, x), kernel(y, y), kernel(x, y)
    return ((xx.sum() - np.trace(xx)) / (n * (n - 1)) + (yy.sum() - np.trace(yy)) / (m * (m - 1))
            - 2 * xy.mean())


def isc(p, splits):
    scores = []
    for i in range(splits):
        part = p[i * len(p) // splits:(i + 1) * len(p) // splits]
        q = part.mean(0, keepdims=True)
        scores.append(np.exp((part * (np.log(part) - np.log(q))).sum(1).mean()))
    return np.array([np.mean(scores), np.std(scores)])


def prdc(real, fake, k):
    """The four measures as prdc computes them."""
    def radii(x):
        return np.sort(scipy.spatial.distance.cdist(x, x), axis=1)[:, k]
    r, f = radii(real), radii(fake)
    d = scipy.spatial.distance.cdist(real, fake)
    return {"precision": (d < r[:, None]).any(0).mean(), "recall": (d < f[None, :]).any(1).mean(),
            "density": (d < r[:, None]).sum(0).mean() / k, "coverage": (d.min(1) < r).mean()}


def ssim_maps(x, y, smooth, factor):
    c1, c2 = 0.01 ** 2, 0.03 ** 2
    ux, uy = smooth(x), smooth(y)
    vx, vy = factor * (smooth(x * x) - ux * ux), factor * (smooth(y * y) - uy * uy)
    vxy = factor * (smooth(x * y) - ux * uy)
    contrast = (2 * vxy + c2) / (vx + vy + c2)
    return contrast * (2 * ux * uy + c1) / (ux * ux + uy * uy + c1), contrast


def ssim(x, y, gaussian):
    """scikit-image's structural_similarity with data_range=1, of one channel."""
    if gaussian:
        pad, factor = 5, 1.0
        values, _ = ssim_maps(x, y, lambda z: scipy.ndimage.gaussian_filter(z, 1.5, truncate=3.5), factor)
    else:
        pad, factor = 3, 49 / 48
        values, _ = ssim_maps(x, y, lambda z: scipy.ndimage.uniform_filter(z, 7), factor)
    return values[pad:-pad, pad:-pad].mean()


def ms_ssim(x, y, scales):
    """Wang et al. 2003 with the first `scales` of its five weights, scaled to sum to one; of one channel."""
    weights = np.array([0.0448, 0.2856, 0.3001, 0.2363, 0.1333])[:scales]
    g = np.exp(-np.arange(-5, 6) ** 2 / (2 * 1.5 ** 2))
    window = np.outer(g, g) / g.sum() ** 2
    result = 1.0
    for scale, weight in enumerate(weights / weights.sum()):
        full, contrast = ssim_maps(x, y, lambda z: scipy.signal.correlate(z, window, "valid", "direct"), 1.0)
        value = full.mean() if scale == scales - 1 else contrast.mean()
        result *= max(value, 0) ** weight
        h, w = x.shape[0] // 2 * 2, x.shape[1] // 2 * 2
        x, y = (z[:h, :w].reshape(h // 2, 2, w // 2, 2).mean((1, 3)) for z in (x, y))
    return result


def pyramid(image, levels):
    """Burt and Adelson 1983 as in Karras et al. 2018."""
    row = np.array([1, 4, 6, 4, 1]) / 16
    kernel = np.outer(row, row)
    result, current = [], image
    for _ in range(levels - 1):
        smaller = scipy.ndimage.convolve(current, kernel, mode="mirror")[::2, ::2]
        sparse = np.zeros_like(current)
        sparse[::2, ::2] = smaller
        result.append(current - scipy.ndimage.convolve(sparse, kernel * 4, mode="mirror"))
        current = smaller
    return result + [current]


def hog(image):
    """scikit-image's hog of (C, H, W) with 9 orientations, cells of 8 x 8, blocks of 2 x 2, L2-Hys; (blocks, 36)."""
    rows, columns = np.zeros_like(image), np.zeros_like(image)
    rows[:, 1:-1] = image[:, 2:] - image[:, :-2]
    columns[:, :, 1:-1] = image[:, :, 2:] - image[:, :, :-2]
    magnitude = np.hypot(rows, columns)
    steepest = magnitude.argmax(0)[None]
    rows, columns, magnitude = (np.take_along_axis(z, steepest, 0)[0] for z in (rows, columns, magnitude))
    degrees = np.rad2deg(np.arctan2(rows, columns)) % 180
    down, across = (n // 8 for n in magnitude.shape)
    cells = np.zeros((down, across, 9))
    for y, x, o in np.ndindex(cells.shape):
        window = np.s_[8 * y:8 * y + 8, 8 * x:8 * x + 8]
        inside = (degrees[window] >= 20 * o) & (degrees[window] < 20 * (o + 1))
        cells[y, x, o] = magnitude[window][inside].sum() / 64
    blocks = []
    for y, x in np.ndindex(down - 1, across - 1):
        block = cells[y:y + 2, x:x + 2].ravel()
        block = np.minimum(block / np.sqrt((block ** 2).sum() + 1e-10), 0.2)
        blocks.append(block / np.sqrt((block ** 2).sum() + 1e-10))
    return np.array(blocks)


def hog_distance(x, y):
    x, y = hog(x), hog(y)
    return np.sqrt(((x - y) ** 2).sum() / len(x))


def pictures(random, shape):
    """Smooth pictures, and the same with noise, blur or a change of contrast."""
    n = shape[0]
    a = scipy.ndimage.gaussian_filter(random.standard_normal(shape), (0, 0, 2, 2))
    a = 0.5 + 0.25 * a / a.std()
    b = a.copy()
    b[0] += 0.1 * random.standard_normal(shape[1:])
    if n > 1:
        b[1] = scipy.ndimage.gaussian_filter(b[1], (0, 1.5, 1.5))
    if n > 2:
        b[2] = 0.3 + 0.5 * b[2]
    return tuple(np.round(np.clip(z, 0, 1) * 255).astype(np.float32) for z in (a, b))


def main():
    random = np.random.default_rng(20)
    mix = random.standard_normal((24, 24))
    real = (random.standard_normal((300, 24)) @ mix * 0.4 + 1).astype(np.float32)
    fake = (random.standard_normal((260, 24)) @ (mix + 0.3 * random.standard_normal((24, 24))) * 0.38 + 1.2)
    fake = np.maximum(fake, -3).astype(np.float32)
    x, y = real.astype(np.float64), fake.astype(np.float64)
    out = {"real": real, "fake": fake, "mean": x.mean(0), "cov": np.cov(x, rowvar=False),
           "fid": fid_by_samples(x, y), "fid_root": fid_by_root(x, y), "mmd": mmd(x, y)}

    few = [random.standard_normal((n, 40)).astype(np.float32) + at for n, at in ((12, 0), (15, 0.5))]
    few = [f.astype(np.float32) for f in few]
    out.update({"few/real": few[0], "few/fake": few[1],
                "few/fid": fid_by_samples(*(f.astype(np.float64) for f in few))})

    rows = [[random.choice(len(z), 50, replace=False) for _ in range(20)] for z in (x, y)]
    blocks = [mmd(x[i], y[j]) for i, j in zip(*rows)]
    out.update({"kid/real": np.array(rows[0], np.int64), "kid/fake": np.array(rows[1], np.int64),
                "kid": np.array([np.mean(blocks), np.std(blocks)])})

    p = scipy.special.softmax(3 * random.standard_normal((200, 10)), axis=1).astype(np.float32)
    out["probabilities"] = p
    for splits in (1, 7, 10):
        out[f"isc{splits}"] = isc(p.astype(np.float64), splits)

    three, five = prdc(x, y, 3), prdc(x, y, 5)
    out.update({"precision": three["precision"], "recall": three["recall"],
                "density": five["density"], "coverage": five["coverage"]})

    directions = random.standard_normal((16, 24))
    directions = (directions / np.linalg.norm(directions, axis=1, keepdims=True)).astype(np.float32)
    out["directions"] = directions
    out["swd"] = np.mean([scipy.stats.wasserstein_distance(x @ d, y @ d) for d in directions.astype(np.float64)])

    # Features that lie close together and far from the origin: |a|^2 + |b|^2 - 2ab must survive that.
    wide = (50 + 0.01 * random.standard_normal((80, 200))).astype(np.float32)
    wide[7] = wide[3]
    out["wide"] = wide
    third = prdc(wide[:40].astype(np.float64), wide[40:].astype(np.float64), 3)
    out["wide/prdc"] = np.array([third[k] for k in ("precision", "recall", "density", "coverage")])
    d = scipy.spatial.distance.cdist(wide.astype(np.float64), wide.astype(np.float64), "sqeuclidean")
    out["wide/third"] = np.sort(d, axis=1)[:, 3]

    scales = {"grey": 2, "colour": 1, "large": 3}
    shapes = {"grey": (3, 1, 28, 31), "colour": (3, 3, 21, 20), "large": (1, 1, 64, 64)}
    for name, shape in shapes.items():
        a, b = pictures(random, shape)
        out[f"images/{name}/a"], out[f"images/{name}/b"] = a, b
        a, b = a.astype(np.float64) / 255, b.astype(np.float64) / 255
        for key, gaussian in (("ssim", False), ("ssim_gaussian", True)):
            out[f"images/{name}/{key}"] = np.array(
                [np.mean([ssim(u, v, gaussian) for u, v in zip(i, j)]) for i, j in zip(a, b)])
        out[f"images/{name}/psnr"] = 10 * np.log10(1 / ((a - b) ** 2).mean((1, 2, 3)))
        out[f"images/{name}/mae"] = np.abs(a - b).mean((1, 2, 3))
        out[f"images/{name}/hog"] = np.array([hog_distance(i, j) for i, j in zip(a, b)])
        out[f"images/{name}/hog_a"] = hog(a[0]).ravel()
        out[f"ms_ssim/{name}"] = np.array(
            [np.mean([ms_ssim(u, v, scales[name]) for u, v in zip(i, j)]) for i, j in zip(a, b)])
    for level, plane in enumerate(pyramid(out["images/grey/a"][0, 0].astype(np.float64) / 255, 3)):
        out[f"pyramid/{level}"] = plane

    if abs(out["fid"] - out["fid_root"]) > 1e-8 * out["fid"]:
        raise SystemExit("the two ways to a FID disagree")
    if not all(0 < out[k] < 1 for k in ("precision", "recall", "coverage")):
        raise SystemExit("precision, recall and coverage should lie between 0 and 1")
    tensors = {k: np.asarray(v) for k, v in out.items()}
    for key, value in tensors.items():
        if not np.isfinite(value).all():
            raise SystemExit(f"{key} is not finite")
    size = safetensors_writer.write(OUT / "metrics.safetensors", tensors, {
        "numpy": np.__version__, "scipy": scipy.__version__, "command": COMMAND, "scales": json.dumps(scales)})
    print(f"metrics.safetensors: {len(tensors)} tensors, {size} bytes")
    for key in ("fid", "few/fid", "kid", "mmd", "isc10", "precision", "recall", "density", "coverage", "swd",
                "wide/prdc", "images/colour/ssim", "images/colour/hog", "ms_ssim/grey", "ms_ssim/large"):
        print(key, tensors[key])


if __name__ == "__main__":
    main()
