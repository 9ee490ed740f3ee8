"""Records three training steps of small networks for gan-models' Java tests, from PyTorch on the CPU.

    python gan-models/src/test/python/record_training.py [output folder [variant ...]]

Needs torch and numpy. The default output folder is ../resources/reference beside this script.

One file per variant: gan, dcgan28, dcgan32, projection, r3gan, wgan-gp (.safetensors). The step, on a batch of four:
  discriminator  BCE(D(real), 1) + BCE(D(G(z).detach()), 0), on logits; Adam(2e-4, (0.5, 0.999))
  generator      BCE(D(G(z)), 1) through the updated discriminator, the same z and the same forward
                 pass of the generator; Adam(2e-4, (0.5, 0.999))
Both networks stay in training mode, so the discriminator's batch norm sees real, fake, fake.
projection has the hinge loss and labels, r3gan the relativistic pairing loss, R1 and R2. Their
discriminators see real and fake in one batch, so that spectral norm makes one step of power iteration in each
player's turn. wgan-gp has two rounds of the critic in a step, each with a batch and latents of its own, and the
gradient penalty; where between real and fake it looks is drawn as gan4j draws it, from the same seed.

Keys (i counts a network's tensors in state_dict order, num_batches_tracked left out; the names, the
indices of the trainable ones and the shapes are in the metadata):
  G/<i> D/<i>           the start                 z/<round> real/<round>     the inputs, a round each step or more
  labels/<step>         the labels, where there are classes
  loss_d/<step> loss_g/<step>                     gradD/<i> gradG/<i>        gradients of step 0, first round
  G3/<i> D3/<i>         after the third step      eval/y                     final G(z/0), evaluation mode
  train/y               final G(z/0) in training mode, run after all else
Values are float32. The same three steps also run in float64 from the same float32 start; the metadata
key "spread" holds the largest difference of the two for each tensor above. "cancelled" names the biases that
batch norm cancels: their true gradient is zero, what is recorded is rounding noise, and Adam scales
that noise up, so compare them (and the running means that contain them) with a bound of
6 * learning rate (three steps, opposite signs) instead of the recorded spread. "spread_weights" is the largest difference over the
final weights and running statistics without those; eval/y feels them too, train/y does not.

A unit of the generator whose activation keeps one sign over the whole small batch is cancelled by the next
batch norm in the same way. The seed is the first, from a variant's own start, where that does not
happen: where spread_weights is below 5e-7. The running statistics start at random values of the size that
the activations have, so that eval/y is not close to zero and an exchange of tensors shows.
"""
import json
import pathlib
import sys

import torch
from torch import nn
from torch.nn.functional import avg_pool2d, binary_cross_entropy_with_logits, interpolate, leaky_relu, normalize, relu
from torch.nn.functional import softplus

sys.dont_write_bytecode = True
HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parents[3] / "gan-core" / "src" / "test" / "python"))
import safetensors_writer  # noqa: E402

COMMAND = "python gan-models/src/test/python/record_training.py"
OUT = pathlib.Path(sys.argv[1]) if len(sys.argv) > 1 else HERE.parent / "resources" / "reference"
BATCH, STEPS = 4, 3


def gan(p):
    hidden, pixels = p["generator_hidden"], p["channels"] * p["size"] ** 2
    layers, before = [], p["latent"]
    for i, width in enumerate(hidden):
        layers.append(nn.Linear(before, width))
        if i > 0:
            layers.append(nn.BatchNorm1d(width))
        layers.append(nn.LeakyReLU(0.2))
        before = width
    generator = nn.Sequential(*layers, nn.Linear(before, pixels), nn.Tanh(),
                              nn.Unflatten(1, (p["channels"], p["size"], p["size"])))
    layers, before = [nn.Flatten()], pixels
    for width in p["discriminator_hidden"]:
        layers += [nn.Linear(before, width), nn.LeakyReLU(0.2)]
        before = width
    discriminator = nn.Sequential(*layers, nn.Linear(before, 1))
    for net in (generator, discriminator):
        for name, t in net.named_parameters():
            # Zero would do for a bias; a random one shows an exchange of two tensors.
            nn.init.normal_(t, 1.0 if t.dim() == 1 and is_norm_weight(net, name) else 0.0, 0.1)
    start_running_statistics(generator, 0.1, 0.5, 1.5)
    return generator, discriminator


def start_running_statistics(net, mean, low, high):
    for module in net.modules():
        if isinstance(module, nn.modules.batchnorm._BatchNorm):
            nn.init.normal_(module.running_mean, 0.0, mean)
            nn.init.uniform_(module.running_var, low, high)


def is_norm_weight(net, name):
    module, _, kind = name.rpartition(".")
    return kind == "weight" and isinstance(net.get_submodule(module), nn.modules.batchnorm._BatchNorm)


def dcgan(p):
    g, d, z, c = p["generator_filters"], p["discriminator_filters"], p["latent"], p["channels"]
    norm, bias = (nn.BatchNorm2d, False) if p.get("critic_norm", True) else (lambda width: nn.Identity(), True)
    odd = p["size"] == 28  # 4 -> 7 -> 14 -> 28 in place of 4 -> 8 -> 16 -> 32
    generator = nn.Sequential(
        nn.Unflatten(1, (z, 1, 1)),
        nn.ConvTranspose2d(z, g * 4, 4, 1, 0, bias=False), nn.BatchNorm2d(g * 4), nn.ReLU(),
        nn.ConvTranspose2d(g * 4, g * 2, 3 if odd else 4, 2, 1, bias=False), nn.BatchNorm2d(g * 2), nn.ReLU(),
        nn.ConvTranspose2d(g * 2, g, 4, 2, 1, bias=False), nn.BatchNorm2d(g), nn.ReLU(),
        nn.ConvTranspose2d(g, c, 4, 2, 1, bias=False), nn.Tanh())
    discriminator = nn.Sequential(
        nn.Conv2d(c, d, 4, 2, 1, bias=bias), nn.LeakyReLU(0.2),
        nn.Conv2d(d, d * 2, 4, 2, 1, bias=bias), norm(d * 2), nn.LeakyReLU(0.2),
        nn.Conv2d(d * 2, d * 4, 3 if odd else 4, 2, 1, bias=bias), norm(d * 4), nn.LeakyReLU(0.2),
        nn.Conv2d(d * 4, 1, 4, 1, 0, bias=bias), nn.Flatten())
    for net in (generator, discriminator):
        for name, t in net.named_parameters():
            if t.dim() == 4:
                # Without norms so little comes through that rounding would be a good part of it.
                nn.init.normal_(t, 0.0, 0.1 if bias and net is discriminator else 0.02)
            elif name.endswith("weight"):
                nn.init.normal_(t, 1.0, 0.02)
            else:
                nn.init.zeros_(t)
        start_running_statistics(net, 0.02, 0.002, 0.01)
    return generator, discriminator


class Spectral(nn.Module):
    """A layer whose weight is divided by its largest singular value; u precedes the layer's own tensors."""

    def __init__(self, layer):
        super().__init__()
        self.register_buffer("u", normalize(torch.randn(layer.weight.shape[0]), dim=0))
        self.layer = layer

    def forward(self, x):
        matrix = self.layer.weight.flatten(1)
        with torch.no_grad():
            v = normalize(matrix.t() @ self.u, dim=0)
            u = normalize(matrix @ v, dim=0)
            self.u.copy_(u)
        weight = self.layer.weight / torch.dot(u, matrix @ v)
        return torch.func.functional_call(self.layer, {"weight": weight}, (x,))


class ClassNorm(nn.Module):
    def __init__(self, classes, channels):
        super().__init__()
        self.gamma = nn.Parameter(1 + 0.1 * torch.randn(classes, channels))
        self.beta = nn.Parameter(0.1 * torch.randn(classes, channels))
        self.norm = nn.BatchNorm2d(channels, affine=False)

    def forward(self, x, labels):
        scale, shift = (t[labels][:, :, None, None] for t in (self.gamma, self.beta))
        return relu(self.norm(x) * scale + shift)


class Up(nn.Module):
    """main and shortcut hold their layers in the order in which gan4j has them."""

    def __init__(self, classes, before, after):
        super().__init__()
        self.main = nn.ModuleList([ClassNorm(classes, before), nn.Conv2d(before, after, 3, padding=1),
                                   ClassNorm(classes, after), nn.Conv2d(after, after, 3, padding=1)])
        self.shortcut = nn.Conv2d(before, after, 1)

    def forward(self, x, labels):
        norm1, conv1, norm2, conv2 = self.main
        y = conv2(norm2(conv1(interpolate(norm1(x, labels), scale_factor=2)), labels))
        return y + self.shortcut(interpolate(x, scale_factor=2))


class Down(nn.Module):
    def __init__(self, before, after, first, halves):
        super().__init__()
        hidden = after if first else before
        self.main = nn.ModuleList([Spectral(nn.Conv2d(before, hidden, 3, padding=1)),
                                   Spectral(nn.Conv2d(hidden, after, 3, padding=1))])
        self.shortcut = Spectral(nn.Conv2d(before, after, 1))
        self.first, self.pool = first, (lambda x: avg_pool2d(x, 2)) if halves else (lambda x: x)

    def forward(self, x):
        y = self.main[1](relu(self.main[0](x if self.first else relu(x))))
        return self.pool(y) + self.pool(self.shortcut(x))


class ProjectionGenerator(nn.Module):
    def __init__(self, p):
        super().__init__()
        f = p["generator_filters"]
        self.start, self.block = nn.Linear(p["latent"], 2 * f * 16), Up(p["classes"], 2 * f, f)
        self.norm, self.end = nn.BatchNorm2d(f), nn.Conv2d(f, p["channels"], 3, padding=1)

    def forward(self, z, labels):
        x = self.start(z)
        return torch.tanh(self.end(relu(self.norm(self.block(x.reshape(len(x), -1, 4, 4), labels)))))


class ProjectionDiscriminator(nn.Module):
    def __init__(self, p):
        super().__init__()
        f = p["discriminator_filters"]
        self.blocks = nn.Sequential(Down(p["channels"], f, True, True), Down(f, 2 * f, False, False))
        self.score, self.classes = Spectral(nn.Linear(2 * f, 1)), Spectral(nn.Embedding(p["classes"], 2 * f))

    def forward(self, x, labels):
        features = relu(self.blocks(x)).sum((2, 3))
        return self.score(features) + (features * self.classes(labels)).sum(1, keepdim=True)


def projection(p):
    generator, discriminator = ProjectionGenerator(p), ProjectionDiscriminator(p)
    for net in (generator, discriminator):
        for name, t in net.named_parameters():
            if t.dim() == 1:
                nn.init.normal_(t, 1.0 if is_norm_weight(net, name) else 0.0, 0.1)
        start_running_statistics(net, 0.1, 0.5, 1.5)
    return generator, discriminator


class Bottleneck(nn.Module):
    def __init__(self, channels, group):
        super().__init__()
        inside = 2 * channels
        self.main = nn.ModuleList([nn.Conv2d(channels, inside, 1),
                                   nn.Conv2d(inside, inside, 3, padding=1, groups=inside // group),
                                   nn.Conv2d(inside, channels, 1, bias=False)])

    def forward(self, x):
        y = leaky_relu(self.main[0](x), 0.2)
        return x + self.main[2](leaky_relu(self.main[1](y), 0.2))


class R3Generator(nn.Module):
    def __init__(self, p):
        super().__init__()
        f, group = p["generator_filters"], p["group"]
        self.start = nn.Linear(p["latent"], 2 * f, bias=False)
        self.basis = nn.ConvTranspose2d(2 * f, 2 * f, 4, groups=2 * f, bias=False)
        self.small, self.mix = Bottleneck(2 * f, group), nn.Conv2d(2 * f, f, 1, bias=False)
        self.large, self.end = Bottleneck(f, group), nn.Conv2d(f, p["channels"], 1, bias=False)

    def forward(self, z, labels):
        x = self.small(self.basis(self.start(z)[:, :, None, None]))
        x = self.end(self.large(interpolate(self.mix(x), scale_factor=2, mode="bilinear")))
        return x if self.training else x.clamp(-1, 1)


class R3Discriminator(nn.Module):
    def __init__(self, p):
        super().__init__()
        f, group = p["discriminator_filters"], p["group"]
        self.start, self.large = nn.Conv2d(p["channels"], f, 1, bias=False), Bottleneck(f, group)
        self.mix, self.small = nn.Conv2d(f, 2 * f, 1, bias=False), Bottleneck(2 * f, group)
        self.basis = nn.Conv2d(2 * f, 2 * f, 4, groups=2 * f, bias=False)
        self.end = nn.Linear(2 * f, 1, bias=False)

    def forward(self, x, labels):
        x = interpolate(self.large(self.start(x)), scale_factor=0.5, mode="bilinear")
        return self.end(self.basis(self.small(self.mix(x))).flatten(1))


def r3gan(p):
    nets = R3Generator(p), R3Discriminator(p)
    for net in nets:
        for t in net.parameters():
            # Biases so small that no unit keeps its sign: a shift of all scores alike is not felt by the loss.
            nn.init.normal_(t, 0.0, 1.0 / t[0].numel() ** 0.5 if t.dim() > 1 else 0.05)
    return nets


VARIANTS = {
    "gan": (gan, {"size": 28, "channels": 1, "latent": 16, "generator_hidden": [16, 24, 32],
                  "discriminator_hidden": [32, 16]}),
    "dcgan28": (dcgan, {"size": 28, "channels": 1, "latent": 8, "generator_filters": 4, "discriminator_filters": 4}),
    "dcgan32": (dcgan, {"size": 32, "channels": 1, "latent": 8, "generator_filters": 4, "discriminator_filters": 4}),
    "projection": (projection, {"size": 8, "channels": 1, "latent": 6, "generator_filters": 3,
                                "discriminator_filters": 4, "classes": 3, "loss": "hinge"}),
    "r3gan": (r3gan, {"size": 8, "channels": 2, "latent": 6, "generator_filters": 4, "discriminator_filters": 4,
                      "group": 4, "loss": "relativistic", "gamma": 1.0}),
    "wgan-gp": (dcgan, {"size": 28, "channels": 1, "latent": 8, "generator_filters": 4, "discriminator_filters": 4,
                        "critic_norm": False, "loss": "wasserstein", "critic": 2, "gp": 10.0}),
}


def state_names(net):
    return [name for name in net.state_dict() if not name.endswith("num_batches_tracked")]


def bce(scores, target):
    return binary_cross_entropy_with_logits(scores, torch.full_like(scores, target))


def step_seed(step):
    """gan4j's Seeds.derive(0, Seeds.STEP, step)."""
    gamma, mask = 0x9E3779B97F4A7C15, (1 << 64) - 1

    def mix(z):
        x = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9 & mask
        x = (x ^ (x >> 27)) * 0x94D049BB133111EB & mask
        return x ^ (x >> 31)

    state = mix(gamma)
    for part in (2, step):
        state = mix(mix((state + gamma) & mask) ^ mix((part + gamma) & mask))
    return state


def discriminator_loss(p, real, fake):
    if p.get("loss") == "wasserstein":
        return fake.mean() - real.mean()
    if p.get("loss") == "hinge":
        return relu(1 - real).mean() + relu(1 + fake).mean()
    if p.get("loss") == "relativistic":
        return softplus(fake - real).mean()
    return bce(real, 1.0) + bce(fake, 0.0)


def generator_loss(p, real, fake):
    if p.get("loss") in ("hinge", "wasserstein"):
        return -fake.mean()
    if p.get("loss") == "relativistic":
        return softplus(real - fake).mean()
    return bce(fake, 1.0)


def penalties(p, judge, labels, *samples):
    """R1 and R2, or the gradient penalty of WGAN-GP."""
    total = 0
    if "gp" in p:
        real, fake = (x.detach() for x in samples)
        x = (fake + (real - fake) * torch.rand(len(real), 1, 1, 1).to(real.dtype)).requires_grad_()
        gradient, = torch.autograd.grad(judge(x, labels).sum(), x, create_graph=True)
        return p["gp"] * (gradient.flatten(1).norm(dim=1) - 1).square().mean()
    for x in samples if "gamma" in p else ():
        x = x.detach().requires_grad_()
        gradient, = torch.autograd.grad(judge(x, labels).sum(), x, create_graph=True)
        total = total + p["gamma"] / 2 * gradient.flatten(1).square().sum(1).mean()
    return total


def train(build, p, start, inputs, dtype):
    """Three steps from the given start; returns everything that is recorded."""
    nets = dict(zip("GD", (net.to(dtype) for net in build(p))))
    for letter, net in nets.items():
        state = net.state_dict()
        net.load_state_dict({k: start[letter][k].clone().to(dtype) if k in start[letter] else v
                             for k, v in state.items()})
        net.train()
    generator, discriminator = nets["G"], nets["D"]
    out = {}

    def put_state(prefix, letter):
        state = nets[letter].state_dict()
        for i, name in enumerate(state_names(nets[letter])):
            out[f"{prefix}/{i}"] = state[name].detach().clone()

    def put_gradients(letter):
        parameters = dict(nets[letter].named_parameters())
        for i, name in enumerate(state_names(nets[letter])):
            if name in parameters:
                out[f"grad{letter}/{i}"] = parameters[name].grad.clone()

    put_state("G", "G")
    put_state("D", "D")
    adam_g, adam_d = (torch.optim.Adam(net.parameters(), lr=2e-4, betas=(0.5, 0.999))
                      for net in (generator, discriminator))
    rounds = p.get("critic", 1)
    compared = p.get("loss") in ("hinge", "relativistic")
    generate = (lambda z, y: generator(z, y)) if compared else (lambda z, y: generator(z))
    judge = (lambda x, y: discriminator(x, y)) if compared else (lambda x, y: discriminator(x))
    for step in range(STEPS):
        torch.manual_seed(step_seed(step))
        for index in range(step * rounds, (step + 1) * rounds):
            z, real = (inputs[f"{kind}/{index}"].clone().to(dtype) for kind in ("z", "real"))
            out[f"z/{index}"], out[f"real/{index}"] = z, real
            labels = inputs.get(f"labels/{index}")
            if labels is not None:
                out[f"labels/{index}"] = labels
            fake = generate(z, labels)
            adam_d.zero_grad()
            if compared:
                both = None if labels is None else torch.cat([labels, labels])
                scores = judge(torch.cat([real, fake.detach()]), both).chunk(2)
            else:
                scores = judge(real, labels), judge(fake.detach(), labels)
            loss_d = discriminator_loss(p, *scores)
            (loss_d + penalties(p, judge, labels, real, fake)).backward()
            if index == 0:
                put_gradients("D")
            adam_d.step()
        adam_g.zero_grad()
        # The real scores first, as gan4j has it; only a loss that compares needs them.
        of_real = judge(real, labels).detach() if p.get("loss") == "relativistic" else None
        loss_g = generator_loss(p, of_real, judge(fake, labels))
        loss_g.backward()
        if step == 0:
            put_gradients("G")
        adam_g.step()
        out[f"loss_d/{step}"], out[f"loss_g/{step}"] = loss_d.detach(), loss_g.detach()
    put_state("G3", "G")
    put_state("D3", "D")
    generator.eval()
    with torch.no_grad():
        out["eval/y"] = generate(inputs["z/0"].clone().to(dtype), inputs.get("labels/0"))
        generator.train()
        out["train/y"] = generate(inputs["z/0"].clone().to(dtype), inputs.get("labels/0"))
    return out


def cancelled(net):
    """Names of the biases that stand right before batch norm, and the running means that they enter."""
    if isinstance(net, ProjectionGenerator):
        # Batch norm at the end, or before the next convolution, takes away what is constant in a channel.
        return ([f"block.{layer}.bias" for layer in ("main.1", "main.3", "shortcut")],
                ["block.main.2.norm.running_mean", "norm.running_mean"])
    modules = list(net.named_modules())[1:]
    biases, means = [], []
    for (name, module), (after, norm) in zip(modules, modules[1:]):
        if isinstance(norm, nn.modules.batchnorm._BatchNorm) and getattr(module, "bias", None) is not None:
            biases.append(f"{name}.bias")
            means.append(f"{after}.running_mean")
    return biases, means


def record(variant, seed):
    torch.manual_seed(seed)
    build, p = VARIANTS[variant]
    nets = dict(zip("GD", build(p)))
    start = {letter: {k: net.state_dict()[k].clone() for k in state_names(net)} for letter, net in nets.items()}
    inputs = {}
    for index in range(STEPS * p.get("critic", 1)):
        inputs[f"z/{index}"] = torch.randn(BATCH, p["latent"])
        inputs[f"real/{index}"] = torch.rand(BATCH, p["channels"], p["size"], p["size"]) * 2 - 1
        if "classes" in p:
            inputs[f"labels/{index}"] = torch.randint(p["classes"], (BATCH,))
    low, high = (train(build, p, start, inputs, dtype) for dtype in (torch.float32, torch.float64))
    spread = {k: (low[k].double() - high[k]).abs().max().item() for k in low}
    metadata = {"torch": torch.__version__, "command": COMMAND, "variant": variant, "seed": str(seed),
                "configuration": json.dumps({**p, "batch": BATCH, "steps": STEPS, "lr": 2e-4, "betas": [0.5, 0.999],
                                             "leaky_slope": 0.2, "norm_eps": 1e-5, "norm_momentum": 0.1})}
    left_out = set()
    for letter, net in nets.items():
        names, parameters = state_names(net), dict(net.named_parameters())
        biases, means = cancelled(net)
        metadata[f"{letter}.names"] = json.dumps(names)
        metadata[f"{letter}.trainable"] = json.dumps([i for i, n in enumerate(names) if n in parameters])
        metadata[f"{letter}.cancelled"] = json.dumps([names.index(n) for n in biases])
        metadata[f"{letter}.cancelled_means"] = json.dumps([names.index(n) for n in means])
        left_out |= {f"{letter}3/{names.index(n)}" for n in biases + means}
    final = {k: v for k, v in spread.items() if k.startswith(("G3/", "D3/"))}
    figures = {"spread_final": max(final.values()),
               "spread_weights": max(v for k, v in final.items() if k not in left_out),
               "spread_gradients": max(v for k, v in spread.items() if k.startswith("grad")),
               "spread_losses": max(v for k, v in spread.items() if k.startswith("loss")),
               "spread_eval": spread["eval/y"], "spread_train": spread["train/y"]}
    if figures["spread_weights"] > 5e-7:
        return False
    metadata.update({k: f"{v:.3e}" for k, v in figures.items()})
    metadata["spread"] = json.dumps({k: float(f"{v:.3e}") for k, v in spread.items() if v > 0})
    size = safetensors_writer.write(OUT / f"{variant}.safetensors", {k: v.numpy() for k, v in low.items()}, metadata)
    moved = max((low[k] - low[k.replace("3/", "/")]).abs().max().item() for k in final)
    losses = [(round(low[f"loss_d/{s}"].item(), 6), round(low[f"loss_g/{s}"].item(), 6)) for s in range(STEPS)]
    sizes = [f"{k} {low[k].abs().mean().item():.3e}" for k in ("eval/y", "train/y")]
    print(f"{variant}.safetensors: seed {seed}, {len(low)} tensors, {size} bytes; losses (D, G) {losses}; "
          f"largest move {moved:.3e}; mean size of {', '.join(sizes)}; "
          + ", ".join(f"{k} {v:.3e}" for k, v in figures.items()))
    return True


if __name__ == "__main__":
    torch.set_num_threads(1)
    only = sys.argv[2:]
    for i, name in enumerate(VARIANTS, start=1):
        if only and name not in only:
            continue
        if not any(record(name, 1000 * i + attempt) for attempt in range(1000)):
            raise SystemExit(f"{name}: no seed without cancelled units")
