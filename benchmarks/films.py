"""Films of any length, made of short ones."""

from __future__ import annotations

from pathlib import Path

import av


def repeated(video: Path, path: Path, seconds: float) -> int:
    """Write the packets of a video over and over until it is that long; returns the number of pictures."""
    with av.open(str(video)) as source, av.open(str(path), "w") as target:
        stream = source.streams.video[0]
        out = target.add_stream_from_template(stream)
        packets = [packet for packet in source.demux(stream) if packet.dts is not None]
        step = max(packet.pts + packet.duration for packet in packets) - min(packet.pts for packet in packets)
        content = [(bytes(packet), packet.pts, packet.dts, packet.is_keyframe) for packet in packets]
        wanted = round(seconds * len(content) / float(step * stream.time_base))
        for number in range(wanted):
            round_, place = divmod(number, len(content))
            data, pts, dts, key = content[place]
            packet = av.Packet(data)
            packet.stream, packet.time_base = out, stream.time_base
            packet.pts, packet.dts, packet.is_keyframe = pts + round_ * step, dts + round_ * step, key
            target.mux(packet)
    return wanted
