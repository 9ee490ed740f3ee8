"""Records the values that gan-core's Java tests compare with, from PyTorch on the CPU.

    python gan-core/src/test/python/record_reference.py [output folder]

Needs torch and numpy. The default output folder is ../resources/reference beside this script.

Every value is recorded in float32 as PyTorch computes it. The same computation also runs in
float64 from the same float32 inputs; the metadata key "spread" holds, for each group of values, the
largest difference between the two, so that a test can set its tolerance from a measured figure.

Files and keys
  conv_transpose   k/x k/w k/b k/y k/gy k/dx k/dw k/db; metadata k = the case's parameters (JSON);
                   metadata "cases" = the names. gy is the gradient that arrives at y.
  adam             k/p<i>/init, k/p<i>/g (100 steps first), k/p<i>/step1|step10|step100,
                   k/p<i>/exp_avg and k/p<i>/exp_avg_sq after step 100; metadata k = the settings.
  optimizers       the same for RMSprop (state square_avg) and SGD (state momentum_buffer, if any).
  losses           scores/<case>/real|fake; <loss>/<case>/d|g (values) and d_real d_fake g_real g_fake
                   (gradients, zero where the loss does not use the scores).
  penalties        real fake alpha w1 b1 w2 b2; interpolated, norm (of the gradient at the
                   interpolated points); <penalty>/value and <penalty>/w1|b1|w2|b2 (gradients).
  image_penalties  the same for a convolutional critic with a map of scores: real fake alpha noise,
                   weights w1 b1 w2 b2; consistency: flip dy dx and augmented; lecam: sums after
                   two steps of the moving averages, first_real and first_fake those of the first.
"""
import json
import pathlib
import sys

import numpy as np
import torch
import torch.nn.functional as F

sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
import safetensors_writer  # noqa: E402

COMMAND = "python gan-core/src/test/python/record_reference.py"
HERE = pathlib.Path(__file__).resolve().parent
OUT = pathlib.Path(sys.argv[1]) if len(sys.argv) > 1 else HERE.parent / "resources" / "reference"


def fresh(t, dtype):
    """A copy of t in dtype that shares nothing with it."""
    return t.detach().clone().to(dtype)


def numpy(t):
    return t.detach().cpu().numpy().copy()


def record(name, compute, metadata):
    """Runs compute(dtype) in float32 (recorded) and in float64 (for the spread), and writes a file."""
    low, high = compute(torch.float32), compute(torch.float64)
    spread = {}
    for key in low:
        if not bool(torch.isfinite(low[key]).all()):
            raise SystemExit(f"{name}: {key} is not finite")
        group = key.split("/")[0]
        gap = (low[key].double() - high[key]).abs().max().item()
        spread[group] = max(spread.get(group, 0.0), gap)
    metadata = {"torch": torch.__version__, "command": COMMAND,
                "spread": json.dumps({k: float(f"{v:.3e}") for k, v in spread.items()}), **metadata}
    size = safetensors_writer.write(OUT / f"{name}.safetensors", {k: numpy(v) for k, v in low.items()}, metadata)
    print(f"{name}.safetensors: {len(low)} tensors, {size} bytes, largest spread {max(spread.values()):.3e}")


def case(dims, cin, cout, size, kernel, stride=1, padding=0, output_padding=0, groups=1, dilation=1,
         bias=True, batch=2):
    """One transposed convolution; a number stands for the same value in each dimension."""
    def each(v):
        return list(v) if isinstance(v, (tuple, list)) else [v] * dims
    return {"dims": dims, "batch": batch, "in": cin, "out": cout, "size": each(size), "kernel": each(kernel),
            "stride": each(stride), "padding": each(padding), "output_padding": each(output_padding),
            "groups": groups, "dilation": each(dilation), "bias": bias}


CONV_CASES = {
    "1d_plain": case(1, 3, 2, 5, 3),
    "1d_stride_output_padding": case(1, 4, 6, 7, 5, stride=3, padding=2, output_padding=2, groups=2),
    "1d_dilation_no_bias": case(1, 2, 3, 6, 3, stride=2, padding=1, dilation=3, bias=False),
    "2d_project": case(2, 8, 6, 1, 4, bias=False),
    "2d_double": case(2, 6, 4, 4, 4, stride=2, padding=1, bias=False),
    "2d_double_bias": case(2, 3, 5, (3, 4), 4, stride=2, padding=1),
    "2d_four_to_seven": case(2, 4, 3, 4, 3, stride=2, padding=1, bias=False),
    "2d_output_padding": case(2, 3, 4, (4, 3), 3, stride=2, padding=1, output_padding=1),
    "2d_uneven": case(2, 4, 2, (3, 5), (3, 2), stride=(2, 3), padding=(1, 0), output_padding=(1, 2),
                      dilation=(2, 1)),
    "2d_groups": case(2, 6, 9, 4, 3, stride=2, padding=1, groups=3),
    "2d_depthwise_dilation": case(2, 4, 4, 5, 3, padding=2, groups=4, dilation=2, bias=False),
    "3d_double": case(3, 3, 2, 2, 4, stride=2, padding=1),
    "3d_uneven": case(3, 4, 2, (2, 3, 2), (2, 3, 1), stride=(1, 2, 3), padding=(0, 1, 0),
                      output_padding=(0, 1, 2), groups=2, dilation=(2, 1, 1), bias=False),
    "3d_groups_dilation": case(3, 2, 4, 3, 2, stride=2, padding=1, output_padding=1, groups=2, dilation=2),
}


def conv_transpose():
    inputs = {}
    for name, c in CONV_CASES.items():
        inputs[name] = (torch.randn(c["batch"], c["in"], *c["size"]),
                        torch.randn(c["in"], c["out"] // c["groups"], *c["kernel"]) * 0.5,
                        torch.randn(c["out"]) if c["bias"] else None)
    upstream = {}

    def compute(dtype):
        out = {}
        for name, c in CONV_CASES.items():
            x, w, b = (None if t is None else fresh(t, dtype).requires_grad_() for t in inputs[name])
            y = getattr(F, f"conv_transpose{c['dims']}d")(
                x, w, b, c["stride"], c["padding"], c["output_padding"], c["groups"], c["dilation"])
            if name not in upstream:
                upstream[name] = torch.randn(y.shape)
            gy = fresh(upstream[name], dtype)
            y.backward(gy)
            out.update({f"{name}/x": x, f"{name}/w": w, f"{name}/y": y, f"{name}/gy": gy,
                        f"{name}/dx": x.grad, f"{name}/dw": w.grad})
            if b is not None:
                out.update({f"{name}/b": b, f"{name}/db": b.grad})
        return {k: v.detach() for k, v in out.items()}

    record("conv_transpose", compute,
           {"cases": json.dumps(list(CONV_CASES)), **{k: json.dumps(c) for k, c in CONV_CASES.items()}})


def adam():
    cases = {
        "adam": {"algorithm": "Adam", "lr": 2e-4, "betas": [0.5, 0.999], "eps": 1e-8, "weight_decay": 0.0},
        "adam_l2": {"algorithm": "Adam", "lr": 2e-4, "betas": [0.5, 0.999], "eps": 1e-8, "weight_decay": 0.01},
        "adamw": {"algorithm": "AdamW", "lr": 1e-3, "betas": [0.9, 0.99], "eps": 1e-8, "weight_decay": 0.05},
    }
    shapes, steps = [(4, 3), (5,), (1,)], 100
    # Elements of the second parameter get gradients of very different size: where eps enters the
    # formula shows only where the gradient is near eps. Its last element never gets any.
    scales = [torch.ones(4, 3), torch.tensor([1.0, 1e-3, 1e-6, 1e-8, 0.0]), torch.ones(1)]
    start = {k: [torch.randn(s) for s in shapes] for k in cases}
    grads = {k: [torch.randn(steps, *s) * scale + 0.3 * scale for s, scale in zip(shapes, scales)] for k in cases}

    def compute(dtype):
        out = {}
        for name, c in cases.items():
            params = [torch.nn.Parameter(fresh(p, dtype)) for p in start[name]]
            optimizer = getattr(torch.optim, c["algorithm"])(
                params, lr=c["lr"], betas=tuple(c["betas"]), eps=c["eps"], weight_decay=c["weight_decay"])
            for i, p in enumerate(params):
                out[f"{name}/p{i}/init"] = p.detach().clone()
                out[f"{name}/p{i}/g"] = fresh(grads[name][i], dtype)
            for step in range(1, steps + 1):
                for p, g in zip(params, grads[name]):
                    p.grad = fresh(g[step - 1], dtype)
                optimizer.step()
                if step in (1, 10, 100):
                    for i, p in enumerate(params):
                        out[f"{name}/p{i}/step{step}"] = p.detach().clone()
            for i, p in enumerate(params):
                for moment in ("exp_avg", "exp_avg_sq"):
                    out[f"{name}/p{i}/{moment}"] = optimizer.state[p][moment].clone()
        return out

    record("adam", compute, {"cases": json.dumps(list(cases)), **{k: json.dumps(c) for k, c in cases.items()}})


def optimizers():
    cases = {
        "rmsprop": ("RMSprop", {"lr": 1e-3, "alpha": 0.99, "eps": 1e-8}),
        "rmsprop_fast": ("RMSprop", {"lr": 1e-2, "alpha": 0.9, "eps": 1e-4}),
        "sgd": ("SGD", {"lr": 0.05}),
        "sgd_momentum": ("SGD", {"lr": 0.02, "momentum": 0.9}),
    }
    states = {"RMSprop": "square_avg", "SGD": "momentum_buffer"}
    shapes, steps = [(4, 3), (5,), (1,)], 100
    scales = [torch.ones(4, 3), torch.tensor([1.0, 1e-3, 1e-6, 1e-8, 0.0]), torch.ones(1)]
    start = {k: [torch.randn(s) for s in shapes] for k in cases}
    grads = {k: [torch.randn(steps, *s) * scale + 0.3 * scale for s, scale in zip(shapes, scales)] for k in cases}

    def compute(dtype):
        out = {}
        for name, (algorithm, settings) in cases.items():
            params = [torch.nn.Parameter(fresh(p, dtype)) for p in start[name]]
            optimizer = getattr(torch.optim, algorithm)(params, **settings)
            for i, p in enumerate(params):
                out[f"{name}/p{i}/init"] = p.detach().clone()
                out[f"{name}/p{i}/g"] = fresh(grads[name][i], dtype)
            for step in range(1, steps + 1):
                for p, g in zip(params, grads[name]):
                    p.grad = fresh(g[step - 1], dtype)
                optimizer.step()
                if step in (1, 10, 100):
                    for i, p in enumerate(params):
                        out[f"{name}/p{i}/step{step}"] = p.detach().clone()
            for i, p in enumerate(params):
                state = optimizer.state[p].get(states[algorithm])
                if state is not None:
                    out[f"{name}/p{i}/state"] = state.clone()
        return out

    record("optimizers", compute, {"cases": json.dumps(list(cases)),
                                   **{k: json.dumps(settings) for k, (_, settings) in cases.items()}})


def bce(scores, target):
    return F.binary_cross_entropy_with_logits(scores, torch.full_like(scores, target))


LOSSES = {
    # name: (discriminator's loss, generator's loss), both of (real scores r, fake scores f)
    "minimax": (lambda r, f: bce(r, 1.0) + bce(f, 0.0), lambda r, f: -F.softplus(f).mean()),
    "non_saturating": (lambda r, f: bce(r, 1.0) + bce(f, 0.0), lambda r, f: bce(f, 1.0)),
    "non_saturating_smooth": (lambda r, f: bce(r, 0.9) + bce(f, 0.0), lambda r, f: bce(f, 1.0)),
    "least_squares_pearson": (lambda r, f: 0.5 * ((r - 1) ** 2).mean() + 0.5 * ((f + 1) ** 2).mean(),
                              lambda r, f: 0.5 * (f ** 2).mean()),
    "least_squares": (lambda r, f: 0.5 * ((r - 1) ** 2).mean() + 0.5 * (f ** 2).mean(),
                      lambda r, f: 0.5 * ((f - 1) ** 2).mean()),
    "wasserstein": (lambda r, f: f.mean() - r.mean(), lambda r, f: -f.mean()),
    "hinge": (lambda r, f: F.relu(1 - r).mean() + F.relu(1 + f).mean(), lambda r, f: -f.mean()),
    "relativistic_pairing": (lambda r, f: F.softplus(-(r - f)).mean(), lambda r, f: F.softplus(-(f - r)).mean()),
    "relativistic_average": (lambda r, f: bce(r - f.mean(), 1.0) + bce(f - r.mean(), 0.0),
                             lambda r, f: bce(r - f.mean(), 0.0) + bce(f - r.mean(), 1.0)),
}

LOSS_NOTES = {
    "minimax": "D: BCE(real,1)+BCE(fake,0); G: mean log(1-sigmoid(fake)) = -mean softplus(fake)",
    "non_saturating": "D: BCE(real,1)+BCE(fake,0); G: BCE(fake,1)",
    "non_saturating_smooth": "one-sided label smoothing. D: BCE(real,0.9)+BCE(fake,0); G: BCE(fake,1)",
    "least_squares": "D: 0.5 mean (real-1)^2 + 0.5 mean fake^2; G: 0.5 mean (fake-1)^2",
    "least_squares_pearson": "D: 0.5 mean (real-1)^2 + 0.5 mean (fake+1)^2; G: 0.5 mean fake^2",
    "wasserstein": "D: mean fake - mean real; G: -mean fake",
    "hinge": "D: mean relu(1-real) + mean relu(1+fake); G: -mean fake",
    "relativistic_pairing": "D: mean softplus(-(real-fake)); G: mean softplus(-(fake-real)), element by element",
    "relativistic_average": "D: BCE(real-mean(fake),1)+BCE(fake-mean(real),0); G: targets swapped; sum, not half; "
                            "the means carry gradient",
}


def losses():
    scores = {name: (torch.randn(shape) * 2, torch.randn(shape) * 2)
              for name, shape in {"s8": (8,), "s8x1": (8, 1), "s4x1x3x3": (4, 1, 3, 3)}.items()}
    scores["extreme"] = (torch.tensor([60.0, -60.0, 60.0, -60.0, 0.0, 25.0, -25.0, 1e-3]),
                         torch.tensor([60.0, -60.0, -60.0, 60.0, 0.0, -25.0, 25.0, -1e-3]))

    def compute(dtype):
        out = {}
        for name, (real, fake) in scores.items():
            out[f"scores/{name}/real"], out[f"scores/{name}/fake"] = fresh(real, dtype), fresh(fake, dtype)
            for loss, pair in LOSSES.items():
                for side, function in zip("dg", pair):
                    r, f = fresh(real, dtype).requires_grad_(), fresh(fake, dtype).requires_grad_()
                    value = function(r, f)
                    dr, df = torch.autograd.grad(value, (r, f), allow_unused=True)
                    out[f"{loss}/{name}/{side}"] = value.detach()
                    out[f"{loss}/{name}/{side}_real"] = torch.zeros_like(r.detach()) if dr is None else dr
                    out[f"{loss}/{name}/{side}_fake"] = torch.zeros_like(f.detach()) if df is None else df
        return out

    record("losses", compute, {"cases": json.dumps(list(scores)), "losses": json.dumps(list(LOSSES)), **LOSS_NOTES})


def penalties():
    inputs = {"real": torch.randn(6, 3), "fake": torch.randn(6, 3), "alpha": torch.rand(6, 1),
              "w1": torch.randn(5, 3), "b1": torch.randn(5) * 0.3,
              "w2": torch.randn(1, 5), "b2": torch.randn(1)}
    weights, strength = ("w1", "b1", "w2", "b2"), 10.0

    def compute(dtype):
        t = {k: fresh(v, dtype) for k, v in inputs.items()}
        for k in weights:
            t[k].requires_grad_()

        def gradient(x):
            x = x.detach().requires_grad_()
            score = F.linear(torch.tanh(F.linear(x, t["w1"], t["b1"])), t["w2"], t["b2"])
            return torch.autograd.grad(score.sum(), x, create_graph=True)[0]

        between = t["alpha"] * t["real"] + (1 - t["alpha"]) * t["fake"]
        norm = gradient(between).norm(2, dim=1)
        values = {
            "two_sided": strength * ((norm - 1) ** 2).mean(),
            "one_sided": strength * (F.relu(norm - 1) ** 2).mean(),
            "r1": strength / 2 * gradient(t["real"]).square().sum(1).mean(),
            "r2": strength / 2 * gradient(t["fake"]).square().sum(1).mean(),
            "zero_centered": strength * gradient(between).square().sum(1).mean(),
        }
        if not (bool((norm > 1).any()) and bool((norm < 1).any())):
            raise SystemExit("penalties: the gradient norms should lie on both sides of one")
        out = {**t, "interpolated": between, "norm": norm}
        for name, value in values.items():
            out[f"{name}/value"] = value
            grads = torch.autograd.grad(value, [t[k] for k in weights], allow_unused=True, retain_graph=True)
            for k, g in zip(weights, grads):
                out[f"{name}/{k}"] = torch.zeros_like(t[k]) if g is None else g
        return {k: v.detach() for k, v in out.items()}

    record("penalties", compute, {
        "critic": "score = tanh(x w1^T + b1) w2^T + b2", "strength": "10",
        "interpolated": "alpha * real + (1 - alpha) * fake",
        "two_sided": "10 * mean (norm - 1)^2, norm = 2-norm per sample of the gradient at interpolated",
        "one_sided": "10 * mean relu(norm - 1)^2",
        "r1": "10/2 * mean per sample of the squared 2-norm of the gradient at real",
        "r2": "10/2 * mean per sample of the squared 2-norm of the gradient at fake",
        "zero_centered": "10 * mean per sample of the squared 2-norm of the gradient at interpolated"})


def flip_and_shift(x, flip, dy, dx, most):
    """Flips, pads by reflection and crops, image by image: the slow and certain way."""
    images = []
    for i in range(x.shape[0]):
        image = x[i:i + 1].flip(3) if flip[i] else x[i:i + 1]
        padded = F.pad(image, (most,) * 4, mode="reflect")
        top, left = most - int(dy[i]), most - int(dx[i])
        images.append(padded[:, :, top:top + x.shape[2], left:left + x.shape[3]])
    return torch.cat(images)


def image_penalties():
    n, shift = 5, 3
    inputs = {"real": torch.randn(n, 3, 5, 6), "fake": torch.randn(n, 3, 5, 6), "alpha": torch.rand(n, 1, 1, 1),
              "noise": torch.rand(n, 3, 5, 6), "w1": torch.randn(4, 3, 3, 3) * 0.4, "b1": torch.randn(4) * 0.3,
              "w2": torch.randn(1, 4, 2, 2) * 0.5, "b2": torch.randn(1),
              "flip": torch.tensor([1.0, 0.0, 1.0, 0.0, 1.0]), "dy": torch.tensor([3.0, -3.0, 0.0, 1.0, -2.0]),
              "dx": torch.tensor([-1.0, 2.0, 3.0, -3.0, 0.0])}
    weights, strength, decay = ("w1", "b1", "w2", "b2"), 10.0, 0.9

    def compute(dtype):
        t = {k: fresh(v, dtype) for k, v in inputs.items()}
        for k in weights:
            t[k].requires_grad_()

        def critic(x):
            return F.conv2d(torch.tanh(F.conv2d(x, t["w1"], t["b1"], stride=2, padding=1)), t["w2"], t["b2"])

        def squared_norm(x):
            x = x.detach().requires_grad_()
            g = torch.autograd.grad(critic(x).sum(), x, create_graph=True)[0]
            return g.square().sum((1, 2, 3))

        between = t["alpha"] * t["real"] + (1 - t["alpha"]) * t["fake"]
        around = t["real"] + t["alpha"] * 0.5 * t["real"].std(unbiased=False) * t["noise"]
        augmented = flip_and_shift(t["real"], inputs["flip"], inputs["dy"], inputs["dx"], shift)
        values = {
            "two_sided": strength * ((squared_norm(between).sqrt() - 1) ** 2).mean(),
            "one_sided": strength * (F.relu(squared_norm(between).sqrt() - 1) ** 2).mean(),
            "zero_centered": strength * squared_norm(between).mean(),
            "r1": strength / 2 * squared_norm(t["real"]).mean(),
            "r2": strength / 2 * squared_norm(t["fake"]).mean(),
            "dragan": strength * ((squared_norm(around).sqrt() - 1) ** 2).mean(),
            "consistency": strength * ((critic(t["real"]) - critic(augmented)) ** 2).mean(),
        }
        # LeCam in its second step; in the first the kinds changed places.
        first = [critic(t["fake"]).mean().detach(), critic(t["real"]).mean().detach()]
        second = [critic(t["real"]).mean().detach(), critic(t["fake"]).mean().detach()]
        sums = [decay * (1 - decay) * a + (1 - decay) * b for a, b in zip(first, second)]
        anchor_real, anchor_fake = (s / (1 - decay ** 2) for s in sums)
        values["lecam"] = strength * (F.relu(critic(t["real"]) - anchor_fake).square().mean()
                                      + F.relu(anchor_real - critic(t["fake"])).square().mean())
        out = {**t, "around": around, "augmented": augmented, "sums": torch.stack(sums)}
        for name, value in values.items():
            out[f"{name}/value"] = value
            grads = torch.autograd.grad(value, [t[k] for k in weights], allow_unused=True, retain_graph=True)
            for k, g in zip(weights, grads):
                out[f"{name}/{k}"] = torch.zeros_like(t[k]) if g is None else g
        return {k: v.detach() for k, v in out.items()}

    record("image_penalties", compute, {
        "critic": "score map = conv(tanh(conv(x, w1, b1, stride 2, padding 1)), w2, b2)", "strength": "10",
        "dragan": "10 * mean (norm - 1)^2 at real + alpha * 0.5 * std(real, population) * noise",
        "consistency": "10 * mean (critic(real) - critic(augmented))^2; flip, then shift by dy, dx, reflected margins",
        "lecam": "10 * (mean relu(D(real)-af)^2 + mean relu(ar-D(fake))^2); decay 0.9, second step, zero-debiased"})


if __name__ == "__main__":
    torch.set_num_threads(1)
    for seed, part in enumerate((conv_transpose, adam, losses, penalties, optimizers, image_penalties), start=1):
        torch.manual_seed(seed)
        part()
