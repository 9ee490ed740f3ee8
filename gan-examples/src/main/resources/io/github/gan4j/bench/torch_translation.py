"""Translation between two domains in PyTorch, for torch_peer.py: cyclegan (Zhu et al. 2017) and pix2pix (Isola et
al. 2017), networks and training steps.

  eager  the step of the authors' implementation: cyclegan moves the generators first, on one graph of all six passes;
         pix2pix the discriminator. In-place rectifiers, plain Adam, losses read every 100 steps; cuDNN
         searches for the fastest convolutions.
  lean   the discriminators first, then the generators, on the same translations; what a generator makes of pictures of
         its target domain comes out of the pass that translates, and real and generated pictures are scored in one, if
         the norm allows it; each discriminator frozen in the generators' turn; fused Adam; batches indexed from one
         uint8 tensor; autocast with --precision bfloat16; cuDNN as above.

Training (--train STEPS --data ARCHIVE --out FOLDER): the lean form on an archive of pictures as gan4j's data sets have
it (NAME.idx for trainA, trainB, testA, testB: unsigned bytes, (N, C, H, W)), the learning rate falling to zero in the
second half. Then the held-out pictures to FOLDER/A.npy and B.npy, what became of them to AtoB.npy and BtoA.npy.
"""
import io
import math
import random
import struct
import time
import zipfile

import torch
from torch import nn
from torch.nn.functional import binary_cross_entropy_with_logits, l1_loss, mse_loss
from torch.utils.data import DataLoader, Dataset, TensorDataset

VARIANTS = ("cyclegan", "pix2pix")
LOG_EVERY = 100
BATCH = 16


def add_options(parser):
    group = parser.add_argument_group("cyclegan, pix2pix")
    group.add_argument("--generator", choices=("residual", "unet"), default="residual")
    group.add_argument("--blocks", type=int, default=6, help="residual: blocks")
    group.add_argument("--levels", type=int, default=0, help="unet: halvings; 0 for as many as there can be")
    group.add_argument("--dropout", type=float, default=0.0, help="unet: share of features dropped in its widest levels")
    group.add_argument("--patch", type=int, default=70, help="pixels that a score sees: 16, 34, 70, 142 or 286")
    group.add_argument("--norm", choices=("instance", "batch"), default="instance")
    group.add_argument("--cycle-weight", type=float, default=10.0)
    group.add_argument("--identity-weight", type=float, default=0.5, help="a share of --cycle-weight")
    group.add_argument("--l1-weight", type=float, default=100.0)
    group.add_argument("--pool", type=int, default=50, help="cyclegan: past translations")


def check(o, parser):
    if o.patch not in (16, 34, 70, 142, 286):
        parser.error("--patch must be 16, 34, 70, 142 or 286")
    factor = 4 if o.generator == "residual" else 2 ** levels(o)
    if o.size % factor:
        parser.error(f"--size must be a multiple of {factor}")


# ---- networks ----------------------------------------------------------------------------------

class Residual(nn.Module):
    def __init__(self, width, norm, bias):
        super().__init__()
        self.main = nn.Sequential(
            nn.ReflectionPad2d(1), nn.Conv2d(width, width, 3, bias=bias), norm(width), nn.ReLU(True),
            nn.ReflectionPad2d(1), nn.Conv2d(width, width, 3, bias=bias), norm(width))

    def forward(self, x):
        return x + self.main(x)


def residual_generator(o, norm, bias):
    g, c = o.generator_filters, o.channels
    layers = [nn.ReflectionPad2d(3), nn.Conv2d(c, g, 7, bias=bias), norm(g), nn.ReLU(True),
              nn.Conv2d(g, 2 * g, 3, 2, 1, bias=bias), norm(2 * g), nn.ReLU(True),
              nn.Conv2d(2 * g, 4 * g, 3, 2, 1, bias=bias), norm(4 * g), nn.ReLU(True)]
    layers += [Residual(4 * g, norm, bias) for _ in range(o.blocks)]
    layers += [nn.ConvTranspose2d(4 * g, 2 * g, 3, 2, 1, 1, bias=bias), norm(2 * g), nn.ReLU(True),
               nn.ConvTranspose2d(2 * g, g, 3, 2, 1, 1, bias=bias), norm(g), nn.ReLU(True),
               nn.ReflectionPad2d(3), nn.Conv2d(g, c, 7), nn.Tanh()]
    return nn.Sequential(*layers)


class Skip(nn.Module):
    """The rectifier that comes first works in place; the one after the concatenation makes that no difference."""

    def __init__(self, *layers):
        super().__init__()
        self.inner = nn.Sequential(*layers)

    def forward(self, x):
        return torch.cat([x, self.inner(x)], 1)


def levels(o):
    halvings = (o.size & -o.size).bit_length() - 1
    return o.levels or max(3, min(8, halvings))


def unet(o, norm, bias):
    depth, g = levels(o), o.generator_filters

    def width(level):
        return g * min(8, 2 ** (level - 1))

    inner = None
    for level in range(depth, 1, -1):
        layers = [nn.LeakyReLU(0.2, True), nn.Conv2d(width(level - 1), width(level), 4, 2, 1, bias=bias)]
        if inner is not None:
            layers += [norm(width(level)), inner]
        channels = width(level) * (1 if inner is None else 2)
        layers += [nn.ReLU(True), nn.ConvTranspose2d(channels, width(level - 1), 4, 2, 1, bias=bias),
                   norm(width(level - 1))]
        if o.dropout > 0 and 4 < level < depth:
            layers.append(nn.Dropout(o.dropout))
        inner = Skip(*layers)
    return nn.Sequential(nn.Conv2d(o.channels, g, 4, 2, 1, bias=bias), inner, nn.ReLU(True),
                         nn.ConvTranspose2d(2 * g, o.channels, 4, 2, 1), nn.Tanh())


def patch_discriminator(o, channels, norm, bias):
    d, strided = o.discriminator_filters, {16: 1, 34: 2, 70: 3, 142: 4, 286: 5}[o.patch]
    layers, before = [nn.Conv2d(channels, d, 4, 2, 1), nn.LeakyReLU(0.2, True)], d
    for i in range(1, strided + 1):
        width = d * min(8, 2 ** i)
        layers += [nn.Conv2d(before, width, 4, 1 if i == strided else 2, 1, bias=bias), norm(width),
                   nn.LeakyReLU(0.2, True)]
        before = width
    return nn.Sequential(*layers, nn.Conv2d(before, 1, 4, 1, 1))


def init(module):
    """As DCGAN's authors start: N(0, 0.02), the scales of batch norm from N(1, 0.02)."""
    if isinstance(module, (nn.Conv2d, nn.ConvTranspose2d)):
        nn.init.normal_(module.weight, 0.0, 0.02)
        if module.bias is not None:
            nn.init.zeros_(module.bias)
    elif isinstance(module, nn.BatchNorm2d):
        nn.init.normal_(module.weight, 1.0, 0.02)
        nn.init.zeros_(module.bias)


def build(o):
    """The networks by the names that gan4j has for them, on the device; their weights are drawn on the CPU."""
    norm = nn.InstanceNorm2d if o.norm == "instance" else nn.BatchNorm2d
    bias = o.norm == "instance"

    def generator():
        return (residual_generator if o.generator == "residual" else unet)(o, norm, bias).apply(init)

    def discriminator(channels):
        return patch_discriminator(o, channels, norm, bias).apply(init)

    if o.variant == "pix2pix":
        networks = {"generator AtoB": generator(), "discriminator": discriminator(2 * o.channels)}
    else:
        networks = {"generator AtoB": generator(), "generator BtoA": generator(),
                    "discriminator A": discriminator(o.channels), "discriminator B": discriminator(o.channels)}
    return {name: network.to(o.device) for name, network in networks.items()}


# ---- devices -----------------------------------------------------------------------------------

def copy(batch, device):
    """Copies a batch to the device without waiting: a copy from memory that is not pinned waits for the GPU."""
    return batch if device.type == "cpu" else batch.pin_memory().to(device, non_blocking=True)


def cycle(loader, device):
    """The batches of a loader on the device, epoch after epoch."""
    while True:
        for batch in loader:
            yield [tensor.to(device, non_blocking=True) for tensor in batch]


def wait(device):
    """Waits until a GPU has done all that it was told to."""
    if device.type == "cuda":
        torch.cuda.synchronize(device)


def autocast(o):
    """Layers multiply in the precision asked for. A turn has one of its own, since it keeps the weights that it has
    rounded; gradients are computed outside."""
    return torch.autocast(o.device.type, torch.bfloat16, enabled=o.precision == "bfloat16")


# ---- training steps ----------------------------------------------------------------------------

class Pool:
    """Past translations (Shrivastava et al. 2017, section 2.3)."""

    def __init__(self, size):
        self.size, self.images = size, []

    def query(self, images):
        if self.size == 0:
            return images
        shown = []
        for image in images.detach():
            image = image.unsqueeze(0)
            if len(self.images) < self.size:
                self.images.append(image)
                shown.append(image)
            elif random.uniform(0, 1) > 0.5:
                at = random.randint(0, self.size - 1)
                shown.append(self.images[at].clone())
                self.images[at] = image
            else:
                shown.append(image)
        return torch.cat(shown, 0)


class Unaligned(Dataset):
    def __init__(self, a, b):
        self.a, self.b = a, b

    def __getitem__(self, i):
        return self.a[i % len(self.a)], self.b[random.randint(0, len(self.b) - 1)]

    def __len__(self):
        return max(len(self.a), len(self.b))


def to_float(images):
    return images.float().div_(127.5).sub_(1.0)


def freeze(networks, frozen):
    for network in networks:
        network.requires_grad_(not frozen)


class Criterion(nn.Module):
    """Mean squared error or cross-entropy against a target of the scores' shape."""

    def __init__(self, loss):
        super().__init__()
        self.loss = loss
        self.register_buffer("real_label", torch.tensor(1.0))
        self.register_buffer("fake_label", torch.tensor(0.0))

    def forward(self, scores, real):
        return self.loss(scores, (self.real_label if real else self.fake_label).expand_as(scores))


class Eager:
    """One step as the authors wrote it."""

    def __init__(self, o, networks, a, b):
        torch.backends.cudnn.benchmark = True
        self.o, self.steps = o, 0
        generators = [net for name, net in networks.items() if name.startswith("generator")]
        self.discriminators = [net for name, net in networks.items() if name.startswith("discriminator")]
        betas = (o.beta1, o.beta2)
        self.optimizer_G = torch.optim.Adam([p for n in generators for p in n.parameters()], lr=o.lr, betas=betas)
        self.optimizer_D = torch.optim.Adam([p for n in self.discriminators for p in n.parameters()],
                                            lr=o.discriminator_lr or o.lr, betas=betas)
        a, b = to_float(a), to_float(b)
        if o.variant == "pix2pix":
            self.netG, (self.netD,) = generators[0], self.discriminators
            self.criterionGAN, self.step = Criterion(nn.BCEWithLogitsLoss()).to(o.device), self.pix2pix_step
            dataset = TensorDataset(a, b)
        else:
            (self.netG_A, self.netG_B), (self.netD_A, self.netD_B) = generators, self.discriminators
            self.criterionGAN, self.step = Criterion(nn.MSELoss()).to(o.device), self.cyclegan_step
            self.fake_A_pool, self.fake_B_pool = Pool(o.pool), Pool(o.pool)
            dataset = Unaligned(a, b)
        self.criterionL1 = nn.L1Loss()
        loader = DataLoader(dataset, batch_size=o.batch_size, shuffle=True, drop_last=True,
                            pin_memory=o.device.type == "cuda")
        self.batches = cycle(loader, o.device)

    def read(self, **losses):
        self.steps += 1
        if self.steps % LOG_EVERY == 0:
            self.losses = {name: float(loss) for name, loss in losses.items()}

    def cyclegan_step(self):
        o, (real_A, real_B) = self.o, next(self.batches)
        fake_B = self.netG_A(real_A)
        rec_A = self.netG_B(fake_B)
        fake_A = self.netG_B(real_B)
        rec_B = self.netG_A(fake_A)

        freeze(self.discriminators, True)
        self.optimizer_G.zero_grad()
        loss_idt_A = loss_idt_B = 0
        if o.identity_weight > 0:
            loss_idt_A = self.criterionL1(self.netG_A(real_B), real_B) * o.cycle_weight * o.identity_weight
            loss_idt_B = self.criterionL1(self.netG_B(real_A), real_A) * o.cycle_weight * o.identity_weight
        loss_G_A = self.criterionGAN(self.netD_B(fake_B), True)
        loss_G_B = self.criterionGAN(self.netD_A(fake_A), True)
        loss_cycle_A = self.criterionL1(rec_A, real_A) * o.cycle_weight
        loss_cycle_B = self.criterionL1(rec_B, real_B) * o.cycle_weight
        loss_G = loss_G_A + loss_G_B + loss_cycle_A + loss_cycle_B + loss_idt_A + loss_idt_B
        loss_G.backward()
        self.optimizer_G.step()

        freeze(self.discriminators, False)
        self.optimizer_D.zero_grad()
        loss_D_B = self.backward_D(self.netD_B, real_B, self.fake_B_pool.query(fake_B))
        loss_D_A = self.backward_D(self.netD_A, real_A, self.fake_A_pool.query(fake_A))
        self.optimizer_D.step()
        self.read(G=loss_G, D_A=loss_D_A, D_B=loss_D_B)

    def backward_D(self, netD, real, fake):
        loss_D = (self.criterionGAN(netD(real), True) + self.criterionGAN(netD(fake.detach()), False)) * 0.5
        loss_D.backward()
        return loss_D

    def pix2pix_step(self):
        real_A, real_B = next(self.batches)
        fake_B = self.netG(real_A)

        freeze(self.discriminators, False)
        self.optimizer_D.zero_grad()
        loss_D = self.backward_D(self.netD, torch.cat((real_A, real_B), 1), torch.cat((real_A, fake_B), 1))
        self.optimizer_D.step()

        freeze(self.discriminators, True)
        self.optimizer_G.zero_grad()
        loss_G_GAN = self.criterionGAN(self.netD(torch.cat((real_A, fake_B), 1)), True)
        loss_G = loss_G_GAN + self.criterionL1(fake_B, real_B) * self.o.l1_weight
        loss_G.backward()
        self.optimizer_G.step()
        self.read(G=loss_G, D=loss_D)


def target(scores, value, loss):
    scores = scores.float()
    return loss(scores, torch.full_like(scores, value))


class Lean:
    """The same game with the work saved that can be."""

    def __init__(self, o, networks, a, b):
        torch.backends.cudnn.benchmark = True
        self.o, self.networks, self.a, self.b = o, networks, a, b
        self.paired, self.joint = o.variant == "pix2pix", o.norm == "instance"
        self.adam_g, self.adam_d = (
            torch.optim.Adam([p for name, net in networks.items() if name.startswith(side) for p in net.parameters()],
                             lr=lr, betas=(o.beta1, o.beta2), fused=True)
            for side, lr in (("generator", o.lr), ("discriminator", o.discriminator_lr or o.lr)))
        self.source = torch.Generator().manual_seed(o.seed)
        self.orders, self.at = None, 0
        self.pools = {way: Pool(0 if self.paired else o.pool) for way in ("AtoB", "BtoA")}
        self.steps, self.losses = 0, None

    def batch(self):
        if self.orders is None or self.at + self.o.batch_size > len(self.orders[0]):
            length = max(len(self.a), len(self.b))
            orders = [torch.randperm(length, generator=self.source) for _ in range(1 if self.paired else 2)]
            self.orders, self.at = (orders[0] % len(self.a), orders[-1] % len(self.b)), 0
        chosen = [order[self.at:self.at + self.o.batch_size] for order in self.orders]
        self.at += self.o.batch_size
        a, b = (copy(part[index], self.o.device) for part, index in zip((self.a, self.b), chosen))
        return to_float(a), to_float(b)

    def judge(self, network, real, fake, loss):
        if self.joint:
            of_real, of_fake = network(torch.cat((real, fake))).chunk(2)
        else:
            of_real, of_fake = network(real), network(fake)
        return (target(of_real, 1.0, loss) + target(of_fake, 0.0, loss)) * 0.5

    def step(self):
        losses = (self.pix2pix if self.paired else self.cyclegan)(*self.batch())
        self.steps += 1
        if self.steps % LOG_EVERY == 0:
            self.losses = [float(loss.detach()) for loss in losses]

    def turns(self, discriminators, loss_d, generators_loss):
        loss_d.backward()
        self.adam_d.step()
        self.adam_d.zero_grad(set_to_none=True)
        freeze(discriminators, True)
        with autocast(self.o):
            loss_g = generators_loss()
        loss_g.backward()
        self.adam_g.step()
        self.adam_g.zero_grad(set_to_none=True)
        freeze(discriminators, False)
        return loss_d, loss_g

    def pix2pix(self, a, b):
        bce = binary_cross_entropy_with_logits
        network = self.networks["discriminator"]
        with autocast(self.o):
            fake = self.networks["generator AtoB"](a)
            shown = torch.cat((a, fake), 1)
            loss_d = self.judge(network, torch.cat((a, b), 1), shown.detach(), bce)

        def wish():
            return target(network(shown), 1.0, bce) + self.o.l1_weight * l1_loss(fake, b)

        return self.turns([network], loss_d, wish)

    def cyclegan(self, a, b):
        o, there, back = self.o, self.networks["generator AtoB"], self.networks["generator BtoA"]
        of_a, of_b = self.networks["discriminator A"], self.networks["discriminator B"]
        joint = self.joint and o.identity_weight > 0
        with autocast(o):
            if joint:
                fake_b, same_b = there(torch.cat((a, b))).chunk(2)
                fake_a, same_a = back(torch.cat((b, a))).chunk(2)
            else:
                fake_b, fake_a = there(a), back(b)
            loss_d = (self.judge(of_a, a, self.pools["BtoA"].query(fake_a), mse_loss)
                      + self.judge(of_b, b, self.pools["AtoB"].query(fake_b), mse_loss))

        def wish():
            loss = (target(of_b(fake_b), 1.0, mse_loss) + target(of_a(fake_a), 1.0, mse_loss)
                    + o.cycle_weight * (l1_loss(back(fake_b), a) + l1_loss(there(fake_a), b)))
            if o.identity_weight > 0:
                same = (same_b, same_a) if joint else (there(b), back(a))
                loss = loss + o.cycle_weight * o.identity_weight * (l1_loss(same[0], b) + l1_loss(same[1], a))
            return loss

        return self.turns([of_a, of_b], loss_d, wish)


def translate(network, pictures):
    """Translates batch by batch in evaluation mode; training mode again afterwards."""
    network.eval()
    with torch.no_grad():
        made = torch.cat([network(part) for part in pictures.split(BATCH)])
    network.train()
    return made


# ---- training ----------------------------------------------------------------------------------

def read_part(archive, name, channels):
    with archive.open(name + ".idx") as f:
        data = io.BytesIO(f.read())
    zero, kind, axes = struct.unpack(">HBB", data.read(4))
    shape = struct.unpack(f">{axes}I", data.read(4 * axes))
    rest = bytearray(data.read())
    if zero or kind != 8 or axes != 4 or len(rest) != math.prod(shape):
        raise SystemExit(f"{name}.idx does not hold unsigned bytes of shape (N, C, H, W)")
    pictures = torch.frombuffer(rest, dtype=torch.uint8).reshape(shape)
    return pictures.expand(-1, channels, -1, -1) if shape[1] == 1 else pictures


def read_archive(o):
    with zipfile.ZipFile(o.data) as archive:
        parts = {name: read_part(archive, name, o.channels) for name in ("trainA", "trainB", "testA", "testB")}
    for name, pictures in parts.items():
        if tuple(pictures.shape[1:]) != (o.channels, o.size, o.size):
            raise SystemExit(f"{o.data} holds {name} of {tuple(pictures.shape[1:])}, not --channels and --size")
    return parts


def train(o, average, say, write_npy):
    parts = read_archive(o)
    networks = build(o)
    trainer = Lean(o, networks, parts["trainA"], parts["trainB"])
    schedules = [torch.optim.lr_scheduler.LambdaLR(
        adam, lambda t: 1 - max(0, t - o.train // 2) / (o.train - o.train // 2)) for adam in (trainer.adam_g, trainer.adam_d)]
    averaged = {}
    if o.ema > 0:
        averaged = {name: net for name, net in build(o).items() if name.startswith("generator")}
        for name, net in averaged.items():
            net.load_state_dict(networks[name].state_dict())
            net.requires_grad_(False)
    torch.manual_seed(o.seed + 2)
    random.seed(o.seed)
    start = time.perf_counter()
    for t in range(o.train):
        trainer.step()
        for schedule in schedules:
            schedule.step()
        for name, net in averaged.items():
            average(net, networks[name], min(o.ema, (1 + t) / (10 + t)))
        if trainer.steps % LOG_EVERY == 0:
            say(step=trainer.steps, loss_d=round(trainer.losses[0], 6), loss_g=round(trainer.losses[1], 6))
    wait(o.device)
    ms = (time.perf_counter() - start) * 1e3
    for way, (source, truth) in {"AtoB": ("A", "B"), "BtoA": ("B", "A")}.items():
        name = "generator " + way
        write_npy(f"{o.out}/{source}.npy", parts["test" + source].permute(0, 2, 3, 1))
        if name in networks:
            pictures = to_float(parts["test" + source].to(o.device))
            made = translate(averaged.get(name, networks[name]), pictures)
            made = ((made + 1) * 127.5).round_().clamp_(0, 255).to(torch.uint8).cpu()
            write_npy(f"{o.out}/{way}.npy", made.permute(0, 2, 3, 1))
    say(done=True, torch=torch.__version__, threads=torch.get_num_threads(), steps=o.train, ms=round(ms, 1),
        pictures=[len(parts["trainA"]), len(parts["trainB"])], averaged=bool(averaged))
