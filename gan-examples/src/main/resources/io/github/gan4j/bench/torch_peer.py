"""The PyTorch side of `gan4j bench`: the same networks and the same training step, on the CPU or a GPU.

Needs torch and the standard library only. Everything on standard output is one JSON object a line.

Worker (the default): prints one line when ready, then answers each line of standard input, so that
another process can take turns with it:
  run K        K training steps            {"ms": [time of each step, drawing the batch included],
                                            "total_ms": of all, the loop around them included}
  memory       of this process             {"peak_mb": .., "rss_mb": ..}
  generate N   N images, evaluation mode   {"ms": total}
  quit         or end of input
A line that cannot be carried out is answered with {"error": ..}.

Forms of the training step:
  eager  as its users write it. dcgan: the step of the official DCGAN tutorial. gan, cgan, wgan-gp: the step of
         the widely used scripts. All: DataLoader, plain Adam, .item() each step; all but wgan-gp: sigmoid and
         BCELoss.
  lean   what the library offers to save work: one backward pass for the discriminator, and one forward pass
         where it has no batch norm, channels last where there are convolutions, parameters of the discriminator
         frozen in the generator's turn, no graph of generated images that only the critic sees, fused Adam,
         loss on logits, batches indexed from one uint8 tensor, .item() every 50 steps only, autocast with
         --precision bfloat16, cuDNN's search for the fastest convolutions.
A step is one update of the generator; for wgan-gp with the critic's updates before it.

On a GPU (--device cuda:N) networks, noise and targets are there; the images stay in the host's memory, and a
batch is copied when it is drawn, from pinned memory. Weights are drawn on the CPU on either device.

Training (--train STEPS): the lean form on real images, then --count generated images to --out.

cyclegan and pix2pix are in torch_translation.py beside this script, which says what differs.
"""
import argparse
import ast
import json
import math
import os
import re
import struct
import sys
import time

import torch
from torch import nn
from torch.utils.data import DataLoader, TensorDataset

sys.dont_write_bytecode = True  # the folder may be gan4j's, and is then deleted
import torch_translation as translation  # noqa: E402

LOG_EVERY = 50


def say(**fields):
    print(json.dumps(fields), flush=True)


# ---- networks ----------------------------------------------------------------------------------

CLASSES = 10


LABEL_UNITS = 50


class WithLabels(nn.Module):
    """Puts labels beside the input of a network: as indicators, or as vectors that are learnt."""

    def __init__(self, network, embedding=None):
        super().__init__()
        self.network, self.embedding = network, embedding

    def forward(self, x, labels):
        if self.embedding is None:
            code = nn.functional.one_hot(labels, CLASSES).to(x.dtype)
        else:
            code = self.embedding(labels)
        return self.network(torch.cat((x.flatten(1), code), 1))


def build_cgan(o):
    generator, discriminator = build_gan(o, CLASSES, LABEL_UNITS)
    return WithLabels(generator), WithLabels(discriminator, nn.Embedding(CLASSES, LABEL_UNITS))


def build_gan(o, indicators=0, label_units=0):
    pixels = o.channels * o.size * o.size
    layers, before = [], o.latent + indicators
    for i, width in enumerate(o.hidden):
        layers.append(nn.Linear(before, width))
        if i > 0:
            layers.append(nn.BatchNorm1d(width))
        layers.append(nn.LeakyReLU(0.2, inplace=True))
        before = width
    generator = nn.Sequential(*layers, nn.Linear(before, pixels), nn.Tanh(),
                              nn.Unflatten(1, (o.channels, o.size, o.size)))
    layers, before = [nn.Flatten()], pixels + label_units
    for width in o.discriminator_hidden:
        layers += [nn.Linear(before, width), nn.LeakyReLU(0.2, inplace=True)]
        before = width
    return generator, nn.Sequential(*layers, nn.Linear(before, 1))


def build_wgan_gp(o):
    """DCGAN's networks, the critic without batch norm."""
    return build_dcgan(o, norm=False)


def build_dcgan(o, norm=True):
    """4x4 and then doublings up to the size; 28 goes 4, 7, 14, 28 with a 3x3 kernel for 4 to 7."""
    stages = 3 if o.size == 28 else int(math.log2(o.size // 4))
    kernels = [3 if o.size == 28 else 4] + [4] * (stages - 1)
    g, d = o.generator_filters, o.discriminator_filters
    width = g << (stages - 1)
    layers = [nn.Unflatten(1, (o.latent, 1, 1)), nn.ConvTranspose2d(o.latent, width, 4, 1, 0, bias=False)]
    for kernel in kernels:
        layers += [nn.BatchNorm2d(width), nn.ReLU(True)]
        after = o.channels if width == g else width // 2
        layers.append(nn.ConvTranspose2d(width, after, kernel, 2, 1, bias=False))
        width = after
    generator = nn.Sequential(*layers, nn.Tanh())
    layers, before, width = [], o.channels, d
    for i, kernel in enumerate(reversed(kernels)):
        layers.append(nn.Conv2d(before, width, kernel, 2, 1, bias=not norm))
        if i > 0 and norm:
            layers.append(nn.BatchNorm2d(width))
        layers.append(nn.LeakyReLU(0.2, inplace=True))
        before, width = width, width * 2
    discriminator = nn.Sequential(*layers, nn.Conv2d(before, 1, 4, 1, 0, bias=not norm), nn.Flatten())
    return generator.apply(translation.init), discriminator.apply(translation.init)


def build(o):
    make = {"gan": build_gan, "cgan": build_cgan, "dcgan": build_dcgan, "wgan-gp": build_wgan_gp}[o.variant]
    return [network.to(o.device) for network in make(o)]


def gradient_penalty(critic, real, fake):
    alpha = torch.rand(real.size(0), 1, 1, 1, device=real.device)
    between = (alpha * real + (1 - alpha) * fake).requires_grad_(True)
    scores = critic(between)
    gradients, = torch.autograd.grad(outputs=scores, inputs=between, grad_outputs=torch.ones_like(scores),
                                     create_graph=True, retain_graph=True, only_inputs=True)
    return ((gradients.flatten(1).norm(2, dim=1) - 1) ** 2).mean()


# ---- training steps ----------------------------------------------------------------------------

def to_float(images):
    return images.float().div_(127.5).sub_(1.0)


class Eager:
    """One step as users of the library write it."""

    def __init__(self, o, generator, discriminator, images):
        self.o, self.netG = o, generator
        if o.variant in ("gan", "dcgan"):
            self.netD = nn.Sequential(*discriminator, nn.Sigmoid())
        elif o.variant == "cgan":
            discriminator.network.append(nn.Sigmoid())
            self.netD = discriminator
        else:
            self.netD = discriminator
        betas = (o.beta1, o.beta2)
        self.optimizerD = torch.optim.Adam(
            self.netD.parameters(), lr=o.discriminator_lr or o.lr, betas=betas
        )
        self.optimizerG = torch.optim.Adam(self.netG.parameters(), lr=o.lr, betas=betas)
        self.criterion = nn.BCELoss()
        tensors = [to_float(images)]
        if o.variant == "cgan":
            tensors.append(torch.arange(len(images)) % CLASSES)
        loader = DataLoader(TensorDataset(*tensors), batch_size=o.batch_size, shuffle=True,
                            drop_last=True, num_workers=0, pin_memory=o.device.type == "cuda")
        self.batches = translation.cycle(loader, o.device)
        self.G_losses, self.D_losses = [], []
        self.step = {"gan": self.gan_step, "cgan": self.cgan_step, "dcgan": self.dcgan_step,
                     "wgan-gp": self.wgan_gp_step}[o.variant]

    def dcgan_step(self):
        data = next(self.batches)
        self.netD.zero_grad()
        real = data[0]
        b_size = real.size(0)
        label = torch.full((b_size,), 1.0, dtype=torch.float, device=self.o.device)
        output = self.netD(real).view(-1)
        errD_real = self.criterion(output, label)
        errD_real.backward()
        D_x = output.mean().item()

        noise = torch.randn(b_size, self.o.latent, device=self.o.device)
        fake = self.netG(noise)
        label.fill_(0.0)
        output = self.netD(fake.detach()).view(-1)
        errD_fake = self.criterion(output, label)
        errD_fake.backward()
        D_G_z1 = output.mean().item()
        errD = errD_real + errD_fake
        self.optimizerD.step()

        self.netG.zero_grad()
        label.fill_(1.0)
        output = self.netD(fake).view(-1)
        errG = self.criterion(output, label)
        errG.backward()
        D_G_z2 = output.mean().item()
        self.optimizerG.step()

        self.G_losses.append(errG.item())
        self.D_losses.append(errD.item())
        return D_x, D_G_z1, D_G_z2

    def gan_step(self):
        (real_imgs,) = next(self.batches)
        valid = torch.ones(real_imgs.size(0), 1, device=self.o.device)
        fake = torch.zeros(real_imgs.size(0), 1, device=self.o.device)

        self.optimizerG.zero_grad()
        z = torch.randn(real_imgs.size(0), self.o.latent, device=self.o.device)
        gen_imgs = self.netG(z)
        g_loss = self.criterion(self.netD(gen_imgs), valid)
        g_loss.backward()
        self.optimizerG.step()

        self.optimizerD.zero_grad()
        real_loss = self.criterion(self.netD(real_imgs), valid)
        fake_loss = self.criterion(self.netD(gen_imgs.detach()), fake)
        d_loss = (real_loss + fake_loss) / 2
        d_loss.backward()
        self.optimizerD.step()

        self.G_losses.append(g_loss.item())
        self.D_losses.append(d_loss.item())


    def cgan_step(self):
        real_imgs, labels = next(self.batches)
        valid = torch.ones(real_imgs.size(0), 1, device=self.o.device)
        fake = torch.zeros(real_imgs.size(0), 1, device=self.o.device)

        self.optimizerG.zero_grad()
        z = torch.randn(real_imgs.size(0), self.o.latent, device=self.o.device)
        gen_labels = torch.randint(0, CLASSES, (real_imgs.size(0),), device=self.o.device)
        gen_imgs = self.netG(z, gen_labels)
        g_loss = self.criterion(self.netD(gen_imgs, gen_labels), valid)
        g_loss.backward()
        self.optimizerG.step()

        self.optimizerD.zero_grad()
        d_real_loss = self.criterion(self.netD(real_imgs, labels), valid)
        d_fake_loss = self.criterion(self.netD(gen_imgs.detach(), gen_labels), fake)
        d_loss = (d_real_loss + d_fake_loss) / 2
        d_loss.backward()
        self.optimizerD.step()

        self.G_losses.append(g_loss.item())
        self.D_losses.append(d_loss.item())

    def wgan_gp_step(self):
        for _ in range(self.o.critic):
            (real_imgs,) = next(self.batches)
            self.optimizerD.zero_grad()
            z = torch.randn(real_imgs.size(0), self.o.latent, device=self.o.device)
            fake_imgs = self.netG(z).detach()
            d_loss = (-torch.mean(self.netD(real_imgs)) + torch.mean(self.netD(fake_imgs))
                      + 10 * gradient_penalty(self.netD, real_imgs, fake_imgs))
            d_loss.backward()
            self.optimizerD.step()
            self.D_losses.append(d_loss.item())

        self.optimizerG.zero_grad()
        g_loss = -torch.mean(self.netD(self.netG(z)))
        g_loss.backward()
        self.optimizerG.step()
        self.G_losses.append(g_loss.item())


class Lean:
    """The same step with the work saved that can be."""

    def __init__(self, o, generator, discriminator, images, labels=None):
        torch.backends.cudnn.benchmark = True  # all batches have one shape; nothing to a CPU
        self.o, self.generator, self.discriminator, self.images = o, generator, discriminator, images
        self.layout = torch.channels_last if o.variant in ("dcgan", "wgan-gp") else torch.contiguous_format
        for net in (generator, discriminator):
            net.to(memory_format=self.layout)
        self.labels = torch.arange(len(images)) % CLASSES if labels is None else labels
        self.adam_g, self.adam_d = (
            torch.optim.Adam(net.parameters(), lr=lr, betas=(o.beta1, o.beta2), fused=True)
            for net, lr in ((generator, o.lr), (discriminator, o.discriminator_lr or o.lr)))
        # Batch norm would take both halves of a joint batch for one.
        self.joint = not any(isinstance(m, nn.BatchNorm2d) for m in discriminator.modules())
        self.loss = nn.BCEWithLogitsLoss()
        self.ones, self.zeros = (torch.full((o.batch_size, 1), value, device=o.device) for value in (1.0, 0.0))
        self.order_source = torch.Generator().manual_seed(o.seed)
        self.order, self.at, self.steps = None, 0, 0
        self.losses = None

    def batch(self):
        if self.order is None or self.at + self.o.batch_size > len(self.order):
            self.order, self.at = torch.randperm(len(self.images), generator=self.order_source), 0
        chosen = self.order[self.at:self.at + self.o.batch_size]
        self.at += self.o.batch_size
        parts = (self.images, self.labels) if self.o.variant == "cgan" else (self.images,)
        images, *labels = (translation.copy(part[chosen], self.o.device) for part in parts)
        return to_float(images).contiguous(memory_format=self.layout), labels

    def scores(self, real, fake, *labels):
        """Of real images and of generated ones, in one pass where that is the same."""
        if self.joint:
            twice = [torch.cat((part, part)) for part in labels]
            return self.discriminator(torch.cat((real, fake)), *twice).float().chunk(2)
        return self.discriminator(real, *labels).float(), self.discriminator(fake, *labels).float()

    def noise(self):
        return torch.randn(self.o.batch_size, self.o.latent, device=self.o.device)

    def step(self):
        if self.o.variant == "wgan-gp":
            for i in range(1, self.o.critic + 1):
                with torch.set_grad_enabled(i == self.o.critic), translation.autocast(self.o):
                    fake = self.generator(self.noise())
                real, _ = self.batch()
                with translation.autocast(self.o):
                    of_real, of_fake = self.scores(real, fake.detach())
                    loss_d = (of_fake.mean() - of_real.mean()
                              + 10 * gradient_penalty(self.discriminator, real, fake.detach()))
                loss_d.backward()
                self.adam_d.step()
                self.adam_d.zero_grad(set_to_none=True)
        else:
            real, labels = self.batch()
            with translation.autocast(self.o):
                fake = self.generator(self.noise(), *labels)
                of_real, of_fake = self.scores(real, fake.detach(), *labels)
                loss_d = self.loss(of_real, self.ones) + self.loss(of_fake, self.zeros)
            loss_d.backward()
            self.adam_d.step()
            self.adam_d.zero_grad(set_to_none=True)

        self.discriminator.requires_grad_(False)
        with translation.autocast(self.o):
            if self.o.variant == "wgan-gp":
                loss_g = -self.discriminator(fake).float().mean()
            else:
                loss_g = self.loss(self.discriminator(fake, *labels).float(), self.ones)
        loss_g.backward()
        self.adam_g.step()
        self.adam_g.zero_grad(set_to_none=True)
        self.discriminator.requires_grad_(True)

        self.steps += 1
        if self.steps % LOG_EVERY == 0:
            self.losses = loss_d.item(), loss_g.item()


# ---- worker ------------------------------------------------------------------------------------

def memory():
    """Peak and present resident memory of this process in MiB."""
    try:
        with open("/proc/self/status", encoding="ascii", errors="replace") as f:
            lines = dict(line.split(":", 1) for line in f if ":" in line)
        return {"peak_mb": round(int(lines["VmHWM"].split()[0]) / 1024, 1),
                "rss_mb": round(int(lines["VmRSS"].split()[0]) / 1024, 1)}
    except (OSError, KeyError, ValueError):
        pass
    try:
        import resource
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        return {"peak_mb": round(peak / (1 << 20 if sys.platform == "darwin" else 1 << 10), 1), "rss_mb": None}
    except ImportError:
        return {"peak_mb": None, "rss_mb": None}


def generate(generator, count, latent, device, source=None):
    """Yields count images in batches of 256, in evaluation mode; training mode again afterwards.

    Where the generator takes labels they go round.
    """
    conditional = isinstance(generator, WithLabels)
    generator.eval()
    with torch.no_grad():
        for start in range(0, count, 256):
            number = min(256, count - start)
            labels = (torch.arange(start, start + number, device=device) % CLASSES,) if conditional else ()
            yield generator(torch.randn(number, latent, generator=source, device=device), *labels)
    generator.train()


def positive(words):
    if len(words) != 2 or not words[1].isdigit() or int(words[1]) < 1:
        raise ValueError(f"{words[0]} takes one whole number above zero")
    return int(words[1])


def run(trainer, steps):
    """Returns the milliseconds of each step, and those of all."""
    times, begin = [], time.perf_counter()
    for _ in range(steps):
        start = time.perf_counter()
        trainer.step()
        times.append((time.perf_counter() - start) * 1e3)
    return times, (time.perf_counter() - begin) * 1e3


def run_on_gpu(trainer, steps):
    """The same where a step may return before the GPU has done it. To wait for each would slow a step down that does
    not wait itself: so events in the GPU's queue tell when each has ended, and only the last is waited for."""
    events = [torch.cuda.Event(enable_timing=True) for _ in range(steps + 1)]
    begin = time.perf_counter()
    events[0].record()
    for event in events[1:]:
        trainer.step()
        event.record()
    torch.cuda.synchronize()
    total = (time.perf_counter() - begin) * 1e3
    return [before.elapsed_time(after) for before, after in zip(events, events[1:])], total


def answer(words, trainer, produce, device):
    if words[0] == "run":
        times, total = (run_on_gpu if device.type == "cuda" else run)(trainer, positive(words))
        say(ms=[round(t, 4) for t in times], total_ms=round(total, 4))
    elif words[0] == "generate":
        count = positive(words)
        start = time.perf_counter()
        produce(count)
        translation.wait(device)
        say(ms=round((time.perf_counter() - start) * 1e3, 4))
    elif words[0] == "memory":
        say(**memory())
    else:
        raise ValueError(f"unknown command {words[0]!r}")


def contestant(o):
    """Returns the networks by name, the trainer, and what makes a number of images."""
    if o.variant in translation.VARIANTS:
        networks = translation.build(o)
        sides = [random_images(o) for _ in "AB"]
        trainer = (translation.Eager if o.form == "eager" else translation.Lean)(o, networks, *sides)
        network = networks["generator AtoB"]
        return networks, trainer, lambda n: translation.translate(
            network, torch.randn(n, o.channels, o.size, o.size, device=o.device))
    generator, discriminator = build(o)
    trainer = (Eager if o.form == "eager" else Lean)(o, generator, discriminator, random_images(o))
    return ({"generator": generator, "discriminator": discriminator}, trainer,
            lambda n: [None for _ in generate(generator, n, o.latent, o.device)])


def random_images(o):
    return torch.randint(0, 256, (o.images, o.channels, o.size, o.size), dtype=torch.uint8)


def work(o):
    networks, trainer, produce = contestant(o)
    count = {name: sum(p.numel() for p in net.parameters()) for name, net in networks.items()}
    say(ready=True, torch=torch.__version__, threads=torch.get_num_threads(), parameters=count, form=o.form,
        images=o.images, **memory())
    for line in iter(sys.stdin.readline, ""):
        words = line.split()
        if not words:
            continue
        if words[0] == "quit":
            break
        try:
            answer(words, trainer, produce, o.device)
        except (ValueError, RuntimeError) as e:
            say(error=str(e))


# ---- training ----------------------------------------------------------------------------------

def read_npy(path):
    """Reads a uint8 array in C order; no numpy needed."""
    with open(path, "rb") as f:
        start = f.read(8)
        if start[:6] != b"\x93NUMPY":
            raise SystemExit(f"{path} is not a .npy file")
        length, = struct.unpack("<H", f.read(2)) if start[6] == 1 else struct.unpack("<I", f.read(4))
        header = ast.literal_eval(f.read(length).decode("latin-1"))
        if header["descr"] not in ("|u1", "<u1", "=u1", ">u1") or header["fortran_order"]:
            raise SystemExit(f"{path} must hold uint8 in C order, it holds {header['descr']}")
        data = bytearray(f.read())
    if not data or len(data) != math.prod(header["shape"]):
        raise SystemExit(f"{path} is cut short or empty")
    return torch.frombuffer(data, dtype=torch.uint8).reshape(header["shape"])


def write_npy(path, images):
    header = f"{{'descr': '|u1', 'fortran_order': False, 'shape': {tuple(images.shape)}, }}"
    header += " " * (-(10 + len(header) + 1) % 64) + "\n"
    with open(path, "wb") as f:
        f.write(b"\x93NUMPY\x01\x00" + struct.pack("<H", len(header)) + header.encode("latin-1"))
        f.write(bytes(images.contiguous().flatten().untyped_storage()))


def load_images(o):
    """uint8 (N,H,W) or (N,H,W,C) to (N,C,size,size), smaller images in the middle of zeros."""
    images = read_npy(o.data)
    if images.dim() == 3:
        images = images.unsqueeze(3)
    if images.dim() != 4:
        raise SystemExit(f"{o.data} must have the shape (N,H,W) or (N,H,W,C), it has {tuple(images.shape)}")
    images = images.permute(0, 3, 1, 2)
    n, channels, height, width = images.shape
    if channels != o.channels or max(height, width) > o.size:
        raise SystemExit(f"{o.data} holds {height}x{width} images of {channels} channels: "
                         f"not --channels {o.channels}, or larger than --size {o.size}")
    if n < o.batch_size:
        raise SystemExit(f"{o.data} holds {n} images, fewer than a batch of {o.batch_size}")
    padded = torch.zeros(n, channels, o.size, o.size, dtype=torch.uint8)
    top, left = (o.size - height) // 2, (o.size - width) // 2
    padded[:, :, top:top + height, left:left + width] = images
    return padded


def load_labels(o, count):
    """A byte for each image."""
    with open(o.labels, "rb") as f:
        labels = torch.frombuffer(bytearray(f.read()), dtype=torch.uint8).long()
    if len(labels) != count or labels.max() >= CLASSES:
        raise SystemExit(f"{o.labels} must hold {count} labels, a byte each, below {CLASSES}")
    return labels


def average(mean, network, decay):
    """Moves the mean; parameters and the statistics of batch norm, the count of batches is not averaged."""
    with torch.no_grad():
        for old, new in zip(mean.state_dict().values(), network.state_dict().values()):
            if new.is_floating_point():
                old.lerp_(new, 1 - decay)


def train(o):
    if not o.data or not o.out:
        raise SystemExit("--train needs --data and --out")
    if o.variant in translation.VARIANTS:
        os.makedirs(o.out, exist_ok=True)
        translation.train(o, average, say, write_npy)
        return
    if not os.path.isdir(os.path.dirname(os.path.abspath(o.out))):
        raise SystemExit(f"the folder of {o.out} does not exist")
    images = load_images(o)
    generator, discriminator = build(o)
    trainer = Lean(o, generator, discriminator, images, load_labels(o, len(images)) if o.labels else None)
    averaged = None
    if o.ema > 0:
        averaged = build(o)[0]
        averaged.load_state_dict(generator.state_dict())
        averaged.requires_grad_(False)
    torch.manual_seed(o.seed + 2)  # the same noise whether or not there is an average
    start, start_cpu = time.perf_counter(), time.process_time()
    for t in range(o.train):
        trainer.step()
        if averaged is not None:
            average(averaged, generator, min(o.ema, (1 + t) / (10 + t)))
        if trainer.steps % LOG_EVERY == 0:
            say(step=trainer.steps, loss_d=round(trainer.losses[0], 6), loss_g=round(trainer.losses[1], 6))
    translation.wait(o.device)
    ms, cpu_ms = (time.perf_counter() - start) * 1e3, (time.process_time() - start_cpu) * 1e3
    source = torch.Generator(o.device).manual_seed(o.seed + 1)
    made = torch.cat([((x + 1) * 127.5).round_().clamp_(0, 255).to(torch.uint8).cpu()
                      for x in generate(averaged or generator, o.count, o.latent, o.device, source)])
    made = made[:, 0] if o.channels == 1 else made.permute(0, 2, 3, 1)
    write_npy(o.out, made)
    say(done=True, torch=torch.__version__, threads=torch.get_num_threads(), steps=o.train, ms=round(ms, 1),
        cpu_ms=round(cpu_ms, 1), images=len(images), shape=list(made.shape), averaged=averaged is not None, **memory())


def widths(text):
    values = [int(v) for v in text.split(",")]
    if min(values) < 1:
        raise argparse.ArgumentTypeError("widths must be above zero")
    return values


def above_zero(text):
    value = int(text)
    if value < 1:
        raise argparse.ArgumentTypeError("must be above zero")
    return value


def device(text):
    match = re.fullmatch(r"cpu|cuda:(\d+)", text)
    if not match:
        raise argparse.ArgumentTypeError("must be cpu or cuda:N")
    if match[1] and int(match[1]) >= torch.cuda.device_count():
        raise argparse.ArgumentTypeError(f"{text} is not there: this torch sees {torch.cuda.device_count()} GPUs")
    return torch.device(text)


def options():
    p = argparse.ArgumentParser(description="PyTorch side of gan4j bench: worker on standard input, or --train.")
    p.add_argument("--variant", choices=("gan", "cgan", "dcgan", "wgan-gp") + translation.VARIANTS, default="dcgan")
    p.add_argument("--size", type=above_zero, default=28, help="dcgan, wgan-gp: 28, 32, 64 or 128")
    p.add_argument("--channels", type=above_zero, default=1)
    p.add_argument("--batch-size", type=above_zero, default=64)
    p.add_argument("--latent", type=above_zero, default=100)
    p.add_argument("--generator-filters", type=above_zero, default=64)
    p.add_argument("--discriminator-filters", type=above_zero, default=64)
    p.add_argument("--hidden", type=widths, default=[256, 512, 1024], help="gan: generator's hidden widths")
    p.add_argument("--discriminator-hidden", type=widths, default=[512, 256])
    p.add_argument("--critic", type=above_zero, default=5, help="wgan-gp: critic's updates a step")
    p.add_argument("--form", choices=("eager", "lean"), default="eager")
    p.add_argument("--device", type=device, default="cpu", help="cpu or cuda:N")
    p.add_argument("--precision", choices=("float32", "bfloat16"), default="float32",
                   help="lean: bfloat16 multiplies so in training, by autocast")
    p.add_argument("--threads", type=above_zero, help="default: the library's choice")
    p.add_argument("--images", type=above_zero, default=2048, help="worker: random images held in memory")
    p.add_argument("--lr", type=float, default=2e-4)
    p.add_argument("--discriminator-lr", type=float, help="default: as --lr")
    p.add_argument("--beta1", type=float, default=0.5)
    p.add_argument("--beta2", type=float, default=0.999)
    p.add_argument("--seed", type=int, default=0)
    p.add_argument("--train", type=above_zero, metavar="STEPS", help="train the lean form on --data")
    p.add_argument("--data", help="uint8 .npy, (N,H,W) or (N,H,W,C); of translation an archive")
    p.add_argument("--labels", help="cgan: the label of each image of --data, a byte each")
    p.add_argument("--out", help=".npy for the generated images, uint8, at --size; of translation a folder")
    p.add_argument("--count", type=above_zero, default=64, help="images to generate")
    p.add_argument("--ema", type=float, default=0.0,
                   help="decay of the generator's moving average; the step t = 0, 1, .. uses min(decay, (1+t)/(10+t))")
    translation.add_options(p)
    o = p.parse_args()
    if o.variant in translation.VARIANTS:
        translation.check(o, p)
    elif o.batch_size < 2:
        p.error("--batch-size must be at least 2: batch norm needs it")
    if o.variant in ("dcgan", "wgan-gp") and o.size not in (28, 32, 64, 128):
        p.error("--size must be 28, 32, 64 or 128 for convolutional networks")
    if o.images < o.batch_size:
        p.error("--images must be at least --batch-size")
    if o.train and (o.variant == "cgan") != bool(o.labels):
        p.error("--train takes --labels for cgan, and for nothing else")
    if not 0 <= o.ema < 1:
        p.error("--ema must be at least 0 and below 1")
    return o


def main():
    o = options()
    if o.threads:
        torch.set_num_threads(o.threads)
    if o.device.type == "cuda":
        torch.cuda.set_device(o.device)  # for what takes no device: events, pinned memory
    torch.manual_seed(o.seed)
    if o.train:
        train(o)
    else:
        work(o)


if __name__ == "__main__":
    try:
        main()
    except (BrokenPipeError, KeyboardInterrupt):
        sys.stderr.close()
        sys.exit(1)
