"""Writes named numpy arrays as one .safetensors file, with numpy alone.

The file is an 8-byte little-endian header length, a JSON header and the raw little-endian data,
C order, without gaps. The widest element types come first, so every tensor is aligned.
"""
import json
import pathlib
import struct

import numpy as np

DTYPES = {"float64": "F64", "int64": "I64", "float32": "F32"}


def write(path, tensors, metadata):
    """Writes tensors (name -> array) and metadata (str -> str) to path; returns the size in bytes."""
    for key, value in metadata.items():
        if not isinstance(value, str):
            raise TypeError(f"metadata {key!r} must be a string")
    header, chunks, at = {"__metadata__": dict(metadata)}, [], 0
    for name, array in sorted(tensors.items(), key=lambda item: -np.asarray(item[1]).itemsize):
        array = np.asarray(array)
        data = array.astype(array.dtype.newbyteorder("<"), copy=False).tobytes(order="C")
        header[name] = {"dtype": DTYPES[array.dtype.name], "shape": list(array.shape),
                        "data_offsets": [at, at + len(data)]}
        chunks.append(data)
        at += len(data)
    text = json.dumps(header, separators=(",", ":")).encode("utf-8")
    text += b" " * (-len(text) % 8)
    path = pathlib.Path(path)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(struct.pack("<Q", len(text)) + text + b"".join(chunks))
    return path.stat().st_size


def read(path):
    """Reads a file back: (tensors, metadata)."""
    raw = pathlib.Path(path).read_bytes()
    (length,) = struct.unpack_from("<Q", raw)
    header = json.loads(raw[8:8 + length])
    metadata = header.pop("__metadata__", {})
    types = {"F64": "<f8", "I64": "<i8", "F32": "<f4"}
    tensors = {name: np.frombuffer(raw[8 + length + e["data_offsets"][0]:8 + length + e["data_offsets"][1]],
                                   types[e["dtype"]]).reshape(e["shape"]) for name, e in header.items()}
    return tensors, metadata
