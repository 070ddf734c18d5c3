"""Video files of every awkward kind, made here."""

from __future__ import annotations

import itertools
from fractions import Fraction
from pathlib import Path

import av
import cv2
import numpy as np
import pytest
from PIL import Image

from formcheck.core.errors import CutShortError, InputError
from formcheck.media.inputs import expand, result_names
from formcheck.media.photo import PhotoFile
from formcheck.media.video import VideoFile
from formcheck.media.writer import VideoWriter


def picture(width: int, height: int) -> np.ndarray:
    """White above, dark red below."""
    rgb = np.full((height, width, 3), 255, dtype=np.uint8)
    rgb[height // 2 :] = (120, 0, 0)
    return rgb


def make_video(
    path: Path,
    stamps_ms: list[int],
    size: tuple[int, int] = (64, 48),
    codec: str = "libx264",
    shape: Fraction | None = None,
) -> Path:
    with av.open(str(path), "w") as container:
        stream = container.add_stream(codec, rate=30)
        stream.width, stream.height = size
        stream.pix_fmt = "yuv420p"
        stream.codec_context.time_base = Fraction(1, 1000)
        if shape:
            stream.codec_context.sample_aspect_ratio = shape
        container.start_encoding()
        for stamp in stamps_ms:
            frame = av.VideoFrame.from_ndarray(picture(*size), format="rgb24")
            frame.pts, frame.time_base = stamp, Fraction(1, 1000)
            container.mux(stream.encode(frame))
        container.mux(stream.encode())
    return path


def make_sound(path: Path) -> Path:
    with av.open(str(path), "w") as container:
        stream = container.add_stream("aac", rate=44100)
        frame = av.AudioFrame.from_ndarray(np.zeros((1, 1024), dtype=np.float32), format="fltp", layout="mono")
        frame.rate = 44100
        container.mux(stream.encode(frame))
        container.mux(stream.encode())
    return path


def times(path: Path) -> list[float]:
    return [picture.t_s for picture in VideoFile(path).pictures()]


def test_times_are_the_stream_s_own_from_the_first_frame(tmp_path: Path) -> None:
    stamps = [500, 533, 600, 700, 1100, 1133]
    got = times(make_video(tmp_path / "v.mp4", stamps))
    assert got == pytest.approx([(stamp - 500) / 1000 for stamp in stamps], abs=0.002)


@pytest.mark.parametrize(
    ("name", "codec"), [("v.mp4", "libx264"), ("v.mkv", "mpeg4"), ("v.avi", "mpeg4"), ("v.webm", "libvpx-vp9")]
)
def test_containers_and_codecs(tmp_path: Path, name: str, codec: str) -> None:
    path = make_video(tmp_path / name, [i * 40 for i in range(10)], codec=codec)
    assert len(times(path)) == 10


def test_reading_from_a_moment_gives_the_pictures_from_there_on(tmp_path: Path, samples: Path) -> None:
    video = VideoFile(samples / "toe_touch_good.mp4")
    wanted_s = [picture.t_s for picture in video.pictures(64)][333]
    whole = next(picture for picture in video.pictures(64) if picture.t_s == wanted_s)
    part = next(video.pictures(64, from_s=wanted_s))
    assert part.t_s == wanted_s
    np.testing.assert_array_equal(part.rgb, whole.rgb)
    late = VideoFile(make_video(tmp_path / "a.mp4", [500 + i * 33 for i in range(30)]))
    assert next(late.pictures(from_s=0.5)).t_s >= 0.5
    assert list(late.pictures(from_s=99.0)) == []


@pytest.mark.parametrize("name", ["a.ts", "a.mkv", "a.mp4"])
def test_any_container_gives_the_picture_of_the_moment(tmp_path: Path, samples: Path, name: str) -> None:
    path = tmp_path / name
    with av.open(str(samples / "toe_touch_good.mp4")) as source, av.open(str(path), "w") as target:
        out = target.add_stream_from_template(source.streams.video[0])
        for packet in itertools.islice(source.demux(source.streams.video[0]), 300):
            packet.stream = out
            target.mux(packet)
    video = VideoFile(path)
    stamps = [picture.t_s for picture in video.pictures(64)]
    assert len(stamps) > 250
    for wanted_s in (stamps[1], stamps[130], stamps[-1]):
        assert next(video.pictures(64, from_s=wanted_s)).t_s == wanted_s


def test_rotation_turns_the_picture_upright(tmp_path: Path) -> None:
    plain = make_video(tmp_path / "plain.mp4", [0, 33, 66])
    turned = tmp_path / "turned.mp4"
    turned.write_bytes(with_rotation(plain.read_bytes()))
    video = VideoFile(turned)
    assert (video.info.width, video.info.height) == (48, 64)
    first = next(video.pictures())
    assert first.rgb.shape == (64, 48, 3)
    # What was above is now on the right: the matrix says 90 degrees clockwise.
    assert first.rgb[32, 40].min() > 200
    assert first.rgb[32, 8].max() < 160


def with_rotation(content: bytes) -> bytes:
    """Write a display matrix of 90 degrees clockwise into the track header of an mp4."""
    start = content.index(b"tkhd") + 4 + 40
    matrix = b"".join(
        value.to_bytes(4, "big", signed=True) for value in (0, 1 << 16, 0, -(1 << 16), 0, 0, 48 << 16, 0, 1 << 30)
    )
    return content[:start] + matrix + content[start + 36 :]


def test_pixels_that_are_not_square_are_made_square(tmp_path: Path) -> None:
    video = VideoFile(make_video(tmp_path / "v.mp4", [0, 33], size=(720, 576), shape=Fraction(16, 11)))
    assert (video.info.width, video.info.height) == (1047, 576)
    assert next(video.pictures()).rgb.shape[:2] == (576, 1047)


def test_large_pictures_are_made_smaller_but_keep_their_size_in_mind(tmp_path: Path) -> None:
    video = VideoFile(make_video(tmp_path / "v.mp4", [0, 33], size=(1280, 720)))
    first = next(video.pictures(longest_px=640))
    assert first.rgb.shape == (360, 640, 3)
    assert (first.width, first.height) == (1280, 720)


def test_small_upright_pictures_show_what_the_large_ones_do(tmp_path: Path) -> None:
    turned = tmp_path / "t.mp4"
    turned.write_bytes(with_rotation(make_video(tmp_path / "v.mp4", [0, 40], size=(640, 480)).read_bytes()))
    large, small = (next(VideoFile(turned).pictures(px)).rgb for px in (None, 201))
    assert large.flags.c_contiguous and small.flags.c_contiguous
    assert small.shape == (201, 151, 3)
    np.testing.assert_allclose(small, cv2.resize(large, (151, 201), interpolation=cv2.INTER_AREA), atol=12)


def test_pictures_with_a_palette_are_made_smaller_too(tmp_path: Path) -> None:
    rgb = Image.fromarray(picture(64, 48))
    rgb.save(tmp_path / "v.gif", save_all=True, append_images=[rgb.rotate(180)], duration=100)
    assert next(VideoFile(tmp_path / "v.gif").pictures(32)).rgb.shape == (24, 32, 3)


def test_what_is_written_is_read_again(tmp_path: Path) -> None:
    with VideoWriter(tmp_path / "v.mp4", 65, 49, 30.0) as writer:
        for i in range(20):
            writer.write(i / 25, np.full((49, 65, 3), 10 * i, dtype=np.uint8))
    read = list(VideoFile(tmp_path / "v.mp4").pictures())
    assert [one.t_s for one in read] == pytest.approx([i / 25 for i in range(20)], abs=1e-3)
    for i, one in enumerate(read):
        assert one.rgb.shape == (48, 64, 3)
        np.testing.assert_allclose(one.rgb.astype(float), 10.0 * i, atol=4)


def test_odd_sizes(tmp_path: Path) -> None:
    assert VideoFile(make_video(tmp_path / "v.mkv", [0, 33], size=(63, 47), codec="ffv1")).info.width == 63


@pytest.mark.parametrize(
    ("make", "says"),
    [
        (lambda path: path.write_text("not a video"), "no video that can be read"),
        (lambda path: path.write_bytes(b""), "no video that can be read"),
        (lambda path: make_sound(path), "only sound"),
        (lambda path: make_video(path, []), "there is no video in it"),
    ],
    ids=["text", "empty", "sound", "no frames"],
)
def test_what_is_no_video_says_so(tmp_path: Path, make, says: str) -> None:
    path = tmp_path / "x.mp4"
    make(path)
    with pytest.raises(InputError, match=says):
        VideoFile(path)


def test_a_file_without_its_end_cannot_be_opened(tmp_path: Path) -> None:
    whole = make_video(tmp_path / "v.mp4", [i * 33 for i in range(60)])
    whole.write_bytes(whole.read_bytes()[:-600])
    with pytest.raises(InputError, match="its end is missing"):
        VideoFile(whole)


def make_cut_short(path: Path) -> Path:
    """A video of five seconds of which about half is there."""
    generator = np.random.default_rng(0)
    with av.open(str(path), "w", options={"movflags": "faststart"}) as container:
        stream = container.add_stream("libx264", rate=30, options={"g": "10"})
        stream.width, stream.height, stream.pix_fmt = 64, 48, "yuv420p"
        for _ in range(150):
            frame = av.VideoFrame.from_ndarray(generator.integers(0, 255, (48, 64, 3), dtype=np.uint8), format="rgb24")
            container.mux(stream.encode(frame))
        container.mux(stream.encode())
    content = path.read_bytes()
    path.write_bytes(content[: len(content) // 2])
    return path


def test_a_stream_cut_short_gives_what_there_is_and_says_so(tmp_path: Path) -> None:
    seen = []
    with pytest.raises(CutShortError, match="of 5.0 s could be read"):
        seen.extend(VideoFile(make_cut_short(tmp_path / "v.mp4")).pictures())
    assert 30 < len(seen) < 120


def test_photos_are_turned_by_their_exif(tmp_path: Path) -> None:
    path = tmp_path / "p.jpg"
    exif = Image.Exif()
    exif[0x0112] = 6
    Image.fromarray(picture(64, 48)).save(path, exif=exif)
    photo = PhotoFile(path)
    assert (photo.info.width, photo.info.height) == (48, 64)
    assert next(photo.pictures()).rgb.shape == (64, 48, 3)


def test_a_broken_photo_says_so(tmp_path: Path) -> None:
    path = tmp_path / "p.jpg"
    path.write_bytes(b"\xff\xd8\xff garbage")
    with pytest.raises(InputError, match="photo"):
        PhotoFile(path)


def test_folders_are_expanded_and_what_is_wrong_is_told(tmp_path: Path) -> None:
    for name in ("b.MP4", "a.jpg", "notes.txt"):
        (tmp_path / name).touch()
    empty = tmp_path / "empty"
    empty.mkdir()
    files, wrong = expand([tmp_path, empty, tmp_path / "missing.mp4"])
    assert [file.name for file in files] == ["a.jpg", "b.MP4"]
    assert [str(error).split(": ")[1][:9] for error in wrong] == ["no videos", "no such f"]


def test_result_folders_never_collide() -> None:
    files = [Path("a/clip.mp4"), Path("b/clip.mp4"), Path("Clip.mov"), Path("r/one/poses.jsonl.gz")]
    assert result_names(files) == ["clip", "clip-2", "Clip-3", "one-again"]
