"""Records what gan-core's layer tests compare with, from PyTorch on the CPU.

    python gan-core/src/test/python/record_layers.py [output folder]

Needs torch and numpy, and record_reference.py beside it, whose way of recording it shares.

Files and keys
  layers    k = name of a case. k/x, k/labels (inputs, where the case has them), k/p/<parameter>
            (parameters by DJL's names), k/y, k/gy (the gradient that arrives at y), k/dx and
            k/d/<parameter> (first order), k/after/<statistic> (what a forward pass in training leaves
            there); where second order is recorded k/gx, k/ddx and k/dd/<parameter>: the gradients of
            sum(gx * dx). Metadata "cases" (JSON): for each case its mode and what it has.
  augment   k/x, k/r (uniform numbers that decide the alteration), k/y, k/gy, k/dx for each policy.
"""
import json

import torch
import torch.nn.functional as F

import record_reference as common

common.COMMAND = "python gan-core/src/test/python/record_layers.py"
STATISTICS = ("runningMean", "runningVar", "_u")
CASES = {}


class Case:
    def __init__(self, function, inputs, params=None, training=True, second=False):
        self.function, self.inputs, self.params = function, inputs, params or {}
        self.training, self.second = training, second

    def compute(self, dtype, upstream):
        """All values of the case in dtype; upstream keeps the random gradients from call to call."""
        inputs = {k: t if t.dtype == torch.int64 else common.fresh(t, dtype).requires_grad_()
                  for k, t in self.inputs.items()}
        params = {k: torch.nn.Parameter(common.fresh(t, dtype), requires_grad=not is_statistic(k))
                  for k, t in self.params.items()}
        out = {**{k: t.detach().clone() for k, t in inputs.items()},
               **{f"p/{k}": t.detach().clone() for k, t in params.items()}}
        y = self.function(*inputs.values(), params, self.training)
        out["y"] = y
        if self.training:
            out.update({f"after/{k}": t.detach().clone() for k, t in params.items() if is_statistic(k)})
        variables = {**{f"d{k}": t for k, t in inputs.items()}, **{f"d/{k}": t for k, t in params.items()}}
        variables = {k: t for k, t in variables.items() if t.requires_grad}
        if not variables:
            return out
        gy = out["gy"] = common.fresh(upstream.setdefault("gy", torch.randn(y.shape)), dtype)
        first = gradients((y * gy).sum(), variables)
        out.update(first)
        if self.second:
            gx = out["gx"] = common.fresh(upstream.setdefault("gx", torch.randn(inputs["x"].shape)), dtype)
            out.update({"d" + k: g for k, g in gradients((first["dx"] * gx).sum(), variables).items()})
        return out


def is_statistic(name):
    return name == "u" or name.endswith(STATISTICS)


def gradients(value, variables):
    grads = torch.autograd.grad(value, list(variables.values()), create_graph=True, allow_unused=True)
    return {k: torch.zeros_like(t) if g is None else g for (k, t), g in zip(variables.items(), grads)}


def add(name, function, inputs, params=None, **options):
    CASES[name] = Case(function, inputs, params, **options)


def affine(channels):
    return {"gamma": 1 + 0.3 * torch.randn(channels), "beta": 0.3 * torch.randn(channels)}


def running(channels, prefix=""):
    return {f"{prefix}runningMean": 0.5 * torch.randn(channels), f"{prefix}runningVar": 0.5 + torch.rand(channels)}


def norms():
    def batch_norm(momentum=0.1, eps=1e-5, then=lambda y: y):
        return lambda x, p, training: then(F.batch_norm(
            x, p["runningMean"], p["runningVar"], p.get("gamma"), p.get("beta"), training, momentum, eps))

    for axes, shape in {2: (6, 3), 3: (4, 3, 5), 4: (3, 4, 2, 3), 5: (2, 3, 2, 1, 3)}.items():
        add(f"batch_norm_{axes}", batch_norm(), {"x": torch.randn(shape)},
            {**affine(shape[1]), **running(shape[1])}, second=True)
    image = {"x": torch.randn(3, 4, 2, 3)}
    full = {**affine(4), **running(4)}
    add("batch_norm_eval", batch_norm(), image, full, training=False)
    add("batch_norm_one", batch_norm(), {"x": torch.randn(1, 4, 2, 3)}, full, second=True)
    add("batch_norm_plain", batch_norm(), image, running(4), second=True)
    add("batch_norm_settings", batch_norm(0.3, 0.02), image, full, second=True)
    add("batch_norm_relu", batch_norm(then=F.relu), image, full, second=True)
    add("batch_norm_leaky", batch_norm(then=lambda y: F.leaky_relu(y, 0.2)), image, full, second=True)
    add("batch_norm_relu_eval", batch_norm(then=F.relu), image, full, training=False)

    def instance_norm(then=lambda y: y):
        return lambda x, p, training: then(F.instance_norm(x, weight=p.get("gamma"), bias=p.get("beta")))
    add("instance_norm_3", instance_norm(), {"x": torch.randn(2, 3, 5)}, second=True)
    add("instance_norm_4", instance_norm(), {"x": torch.randn(2, 3, 2, 3)}, second=True)
    add("instance_norm_affine", instance_norm(), {"x": torch.randn(1, 3, 2, 3)}, affine(3), second=True)
    add("instance_norm_5_leaky", instance_norm(lambda y: F.leaky_relu(y, 0.2)), {"x": torch.randn(2, 3, 2, 2, 2)},
        affine(3), second=True)
    add("instance_norm_eval", instance_norm(), {"x": torch.randn(2, 3, 2, 3)}, affine(3), training=False, second=True)

    def group_norm(groups, then=lambda y: y):
        return lambda x, p, training: then(F.group_norm(x, groups, p.get("gamma"), p.get("beta")))
    add("group_norm", group_norm(3), {"x": torch.randn(2, 6, 2, 3)}, affine(6), second=True)
    add("group_norm_one", group_norm(1), {"x": torch.randn(1, 4, 3, 2)}, affine(4), second=True)
    add("group_norm_flat", group_norm(2), {"x": torch.randn(3, 6)}, affine(6), second=True)
    add("group_norm_plain_relu", group_norm(2, F.relu), {"x": torch.randn(2, 4, 5)}, second=True)
    add("layer_norm", lambda x, p, training: F.layer_norm(x, x.shape[1:], p["gamma"], p["beta"]),
        {"x": torch.randn(2, 3, 2, 2)}, affine((3, 2, 2)), second=True)

    def pixel_norm(x, p, training):
        return x / (x.square().mean(1, keepdim=True) + 1e-8).sqrt()
    add("pixel_norm", pixel_norm, {"x": torch.randn(2, 4, 2, 2)}, second=True)
    add("pixel_norm_flat", pixel_norm, {"x": torch.randn(3, 5)}, second=True)


def conditional(x, labels, p, training, prefix=""):
    y = F.batch_norm(x, p[f"{prefix}01norm_runningMean"], p[f"{prefix}01norm_runningVar"], training=training)
    space = (1,) * (x.dim() - 2)
    scale = F.embedding(labels, p[f"{prefix}gamma"]).reshape(*x.shape[:2], *space)
    return y * scale + F.embedding(labels, p[f"{prefix}beta"]).reshape(*x.shape[:2], *space)


def conditions():
    labels = torch.tensor([2, 0, 2, 1])
    image = {"x": torch.randn(4, 3, 2, 2), "labels": labels}
    params = {**affine((3, 3)), **running(3, "01norm_")}
    add("conditional_norm", conditional, image, params, second=True)
    add("conditional_norm_eval", conditional, image, params, training=False)
    add("conditional_norm_flat", conditional, {"x": torch.randn(4, 3), "labels": labels}, params, second=True)
    add("conditional_norm_relu", lambda *a: F.relu(conditional(*a)), image, params, second=True)
    add("label_embedding", lambda y, p, training: F.embedding(y, p["weight"]), {"labels": labels},
        {"weight": torch.randn(3, 5)})
    add("one_hot", lambda y, p, training: F.one_hot(y, 4).float(), {"labels": labels})

    first, second = "01ConditionalBatchNorm_", "03ResidualBlock_01main_01ConditionalBatchNorm_"
    cut = "03ResidualBlock_02shortcut_weight"

    def sequence(x, labels, p, training):
        y = F.conv2d(conditional(x, labels, p, training, first), p["02Conv2d_weight"])
        return conditional(y, labels, p, training, second) + F.conv2d(y, p[cut])
    params = {**{first + k: v for k, v in {**affine((3, 3)), **running(3, "01norm_")}.items()},
              "02Conv2d_weight": torch.randn(4, 3, 1, 1),
              **{second + k: v for k, v in {**affine((3, 4)), **running(4, "01norm_")}.items()},
              cut: torch.randn(4, 4, 1, 1)}
    add("conditional_sequence", sequence, image, params, second=True)


def wholes():
    def deviation(group, parts):
        def f(x, p, training):
            size = min(group, x.shape[0])
            y = x.reshape(size, -1, parts, x.shape[1] // parts, *x.shape[2:])
            y = (y - y.mean(0)).square().mean(0).add(1e-8).sqrt()
            y = y.flatten(2).mean(2).repeat(size, 1)
            return torch.cat([x, y.reshape(*y.shape, *(1,) * (x.dim() - 2)).expand(*y.shape, *x.shape[2:])], 1)
        return f
    add("deviation", deviation(4, 1), {"x": torch.randn(8, 3, 2, 2)}, second=True)
    add("deviation_parts", deviation(2, 2), {"x": torch.randn(4, 4, 2, 3)}, second=True)
    add("deviation_few", deviation(4, 1), {"x": torch.randn(3, 5)}, second=True)
    add("deviation_one", deviation(4, 1), {"x": torch.randn(1, 2, 2, 2)}, second=True)

    add("maxout", lambda x, p, training: F.linear(x, p["weight"], p["bias"]).reshape(-1, 5, 3).max(1)[0],
        {"x": torch.randn(4, 6)}, {"weight": torch.randn(15, 6), "bias": torch.randn(15)}, second=True)

    def attention(x, p, training, weight=lambda p, name, training: p[f"{name}_weight"]):
        w = {k: weight(p, k, training) for k in ("01query", "02key", "03value", "04output")}
        f = F.conv2d(x, w["01query"]).flatten(2)
        g = F.max_pool2d(F.conv2d(x, w["02key"]), 2).flatten(2)
        h = F.max_pool2d(F.conv2d(x, w["03value"]), 2).flatten(2)
        beta = F.softmax(f.transpose(1, 2) @ g, -1)
        o = (h @ beta.transpose(1, 2)).reshape(x.shape[0], -1, *x.shape[2:])
        return x + p["gamma"] * F.conv2d(o, w["04output"])
    sizes = {"01query": (2, 16), "02key": (2, 16), "03value": (8, 16), "04output": (16, 8)}
    image = {"x": torch.randn(2, 16, 4, 5)}
    add("attention", attention, image, {"gamma": torch.tensor([0.7]), **{
        f"{k}_weight": 0.3 * torch.randn(*s, 1, 1) for k, s in sizes.items()}}, second=True)

    def normalized(p, name, training):
        return spectral_weight(p[f"{name}_01Conv2d_weight"], p[f"{name}_u"], 0, training)
    params = {"gamma": torch.tensor([0.7])}
    for k, s in sizes.items():
        params |= {f"{k}_u": torch.randn(s[0]), f"{k}_01Conv2d_weight": torch.randn(*s, 1, 1)}
    add("attention_spectral", lambda *a: attention(*a, normalized), image, params, second=True)

    def residual(x, p, training):
        return torch.tanh(F.conv2d(x, p["01main_01Conv2d_weight"], padding=1)) + F.conv2d(x, p["02shortcut_weight"])
    add("residual", residual, {"x": torch.randn(2, 3, 3, 3)},
        {"01main_01Conv2d_weight": torch.randn(4, 3, 3, 3), "02shortcut_weight": torch.randn(4, 3, 1, 1)}, second=True)
    add("residual_identity", lambda x, p, training: x + torch.tanh(F.linear(x, p["01main_01Linear_weight"])),
        {"x": torch.randn(2, 3)}, {"01main_01Linear_weight": torch.randn(3, 3)}, second=True)
    add("skip", lambda x, p, training: torch.cat([x, F.conv2d(x, p["01inner_weight"], padding=1)], 1),
        {"x": torch.randn(1, 3, 3, 3)}, {"01inner_weight": torch.randn(2, 3, 3, 3)})


def shapes():
    image = {"x": torch.randn(2, 4, 3, 4)}
    add("reflection_pad", lambda x, p, training: F.pad(x, (2, 2, 2, 2), mode="reflect"), image)
    add("reflection_pad_sides", lambda x, p, training: F.pad(x, (3, 0, 1, 2), mode="reflect"), image)
    for axes, shape in {3: (2, 3, 4), 4: (2, 3, 2, 3), 5: (1, 2, 2, 1, 3)}.items():
        add(f"upsample_{axes}", lambda x, p, training: F.interpolate(x, scale_factor=2, mode="nearest"),
            {"x": torch.randn(shape)})
    add("upsample_three", lambda x, p, training: F.interpolate(x, scale_factor=3, mode="nearest"), image)
    add("pixel_shuffle", lambda x, p, training: F.pixel_shuffle(x, 2), image)
    add("resize_to", lambda x, p, training: F.interpolate(x, (5, 3), mode="bilinear"), image)
    add("resize_by", lambda x, p, training: F.interpolate(x, scale_factor=2, mode="bilinear"), image)


def spectral_weight(w, u, dim, training):
    """The normalised weight by torch's own hook; u is updated in place in training."""
    holder = torch.nn.Module()
    holder.weight = torch.nn.Parameter(w.detach().clone())
    torch.nn.utils.spectral_norm(holder, "weight", dim=dim)
    holder._parameters["weight_orig"] = w
    hook = next(iter(holder._forward_pre_hooks.values()))
    with torch.no_grad():
        holder.weight_u.copy_(u)
        if not training:  # gan4j keeps u alone, and computes v from it
            holder.weight_u.copy_(F.normalize(u, dim=0))
            matrix = w.transpose(0, dim).reshape(w.shape[dim], -1)
            holder.weight_v.copy_(F.normalize(matrix.t() @ holder.weight_u, dim=0))
    weight = hook.compute_weight(holder, do_power_iteration=training)
    if training:
        with torch.no_grad():
            u.copy_(holder.weight_u)
    return weight


def spectral():
    conv, linear = "01Conv2d_weight", "01Linear_weight"
    image = {"x": torch.randn(2, 3, 4, 4)}

    def convolve(x, p, training):
        return torch.tanh(F.conv2d(x, spectral_weight(p[f"01SpectralNorm_{conv}"], p["01SpectralNorm_u"], 0, training),
                                   p["01SpectralNorm_01Conv2d_bias"], padding=1))
    params = {"01SpectralNorm_u": torch.randn(5), f"01SpectralNorm_{conv}": torch.randn(5, 3, 3, 3),
              "01SpectralNorm_01Conv2d_bias": torch.randn(5)}
    add("spectral_conv", convolve, image, params, second=True)
    add("spectral_conv_eval", convolve, image, params, training=False, second=True)
    add("spectral_linear", lambda x, p, training: F.linear(x, spectral_weight(p[linear], p["u"], 0, training)),
        {"x": torch.randn(1, 4)}, {"u": torch.randn(3), linear: torch.randn(3, 4)}, second=True)
    add("spectral_transpose", lambda x, p, training: F.conv_transpose2d(
        x, spectral_weight(p["01ConvTranspose_weight"], p["u"], 1, training), stride=2),
        image, {"u": torch.randn(4), "01ConvTranspose_weight": torch.randn(3, 4, 2, 2)}, second=True)
    add("spectral_embedding", lambda y, p, training: F.embedding(
        y, spectral_weight(p["01LabelEmbedding_weight"], p["u"], 0, training)),
        {"labels": torch.tensor([1, 0])}, {"u": torch.randn(3), "01LabelEmbedding_weight": torch.randn(3, 4)})


def layers():
    for group in (norms, conditions, wholes, shapes, spectral):
        group()
    upstream = {name: {} for name in CASES}

    def compute(dtype):
        return {f"{name}/{k}": v.detach() for name, c in CASES.items()
                for k, v in c.compute(dtype, upstream[name]).items()}
    common.record("layers", compute, {"cases": json.dumps(
        {name: {"training": c.training, "second": c.second, "inputs": list(c.inputs), "params": list(c.params)}
         for name, c in CASES.items()})})


def colour(x, r):
    """One sample (C, H, W) and three numbers."""
    x = x + (r[0] - 0.5)
    mean = x.mean(0, keepdim=True)
    x = (x - mean) * (r[1] * 2) + mean
    return (x - x.mean()) * (r[2] + 0.5) + x.mean()


def translation(x, r):
    shift, (_, h, w) = [], x.shape
    for size, number in zip((h, w), r):
        reach = int(size * 0.125 + 0.5)
        shift.append(int(number * (2 * reach + 1)) - reach)
    rows = []
    for i in range(h):
        for j in range(w):
            k, m = i + shift[0], j + shift[1]
            rows.append(x[:, k, m] if 0 <= k < h and 0 <= m < w else torch.zeros_like(x[:, 0, 0]))
    return torch.stack(rows, 1).reshape(x.shape)


def cutout(x, r):
    mask = torch.ones_like(x)
    spans = []
    for size, number in zip(x.shape[1:], r):
        side = int(size * 0.5 + 0.5)
        centre = int(number * (size + (1 - side % 2)))
        spans.append({min(max(i + centre - side // 2, 0), size - 1) for i in range(side)})
    for i in spans[0]:
        for j in spans[1]:
            mask[:, i, j] = 0
    return x * mask


def augment():
    cases = {}
    for name, function, draws in (("colour", colour, 3), ("translation", translation, 2), ("cutout", cutout, 2)):
        for size, shape in {"grey": (6, 1, 8, 8), "odd": (6, 3, 5, 9), "wide": (6, 4, 16, 12)}.items():
            numbers = torch.rand(shape[0], draws)
            numbers[0], numbers[1] = 0, 1 - 2 ** -24
            cases[f"{name}_{size}"] = (function, torch.randn(shape), numbers, torch.randn(shape))

    def compute(dtype):
        out = {}
        for name, (function, x, r, gy) in cases.items():
            x, gy = common.fresh(x, dtype).requires_grad_(), common.fresh(gy, dtype)
            y = torch.stack([function(sample, number) for sample, number in zip(x, r)])
            y.backward(gy)
            out.update({f"{name}/x": x, f"{name}/r": r, f"{name}/y": y, f"{name}/gy": gy, f"{name}/dx": x.grad})
        return {k: v.detach() for k, v in out.items()}
    common.record("augment", compute, {"cases": json.dumps(list(cases))})


if __name__ == "__main__":
    torch.set_num_threads(1)
    for seed, part in enumerate((layers, augment), start=101):
        torch.manual_seed(seed)
        part()
