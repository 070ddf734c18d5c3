from __future__ import annotations

import datetime as dt
import io
import json
import re
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from html.parser import HTMLParser
from itertools import pairwise

import pytest
from PIL import Image

from formcheck.analysis import Options, judge
from formcheck.analysis.page import timeline_of
from formcheck.core.clock import duration
from formcheck.core.feedback import Alert, Hold, Report
from formcheck.core.limits import LimitChange
from formcheck.core.poses import PoseBlock
from formcheck.core.rules import Level
from formcheck.core.timeline import KeyFrame, Timeline
from formcheck.reports.html import render, wanted_key_frames
from formcheck.reports.summary import headline, held_number
from formcheck.stretches import by_slug
from tests.figures import RIGHT, SOURCE, ease, film, folded, frame, in_and_out, lying

VOID = {"meta", "img", "input", "br", "link", "hr"}
SHAPES = {"path", "circle", "rect", "use"}


class Page(HTMLParser):
    """What stands on a page: its elements in order, the text in each, and whether they are closed in order."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[int] = []
        self.elements: list[tuple[str, dict[str, str | None], list[str]]] = []
        self.feed(text)
        assert not self.open, self.elements[self.open[-1]]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs), []))
        if tag not in VOID:
            self.open.append(len(self.elements) - 1)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag in SHAPES
        self.elements.append((tag, dict(attrs), []))

    def handle_endtag(self, tag: str) -> None:
        assert self.elements[self.open.pop()][0] == tag

    def handle_data(self, data: str) -> None:
        for index in self.open:
            self.elements[index][2].append(data)

    def all(self, tag: str, name: str | None = None) -> list[str]:
        """The text of every element of that tag, and of that class if given, in plain spaces."""
        return [
            " ".join("".join(words).split())
            for one, attrs, words in self.elements
            if one == tag and (name is None or name in (attrs.get("class") or "").split())
        ]

    def attrs(self, tag: str) -> list[dict[str, str | None]]:
        return [attrs for one, attrs, _ in self.elements if one == tag]

    def card(self, heading: str) -> str:
        """The text of the section with that heading."""
        return next(text for text in self.all("section") if text.startswith(heading))

    @property
    def words(self) -> str:
        return self.all("body")[0]


def told(scene: Callable[[float], object], seconds: float, slug: str | None) -> tuple[Report, Timeline | None]:
    done = judge(film(scene, seconds), SOURCE, Options(stretch=by_slug(slug) if slug else None))  # type: ignore[arg-type]
    if done.stretch is None:
        return done.report, None
    return done.report, timeline_of(done.stretch, [PoseBlock.of(film(scene, seconds))], Options())


@cache
def hips_back() -> tuple[Report, Timeline | None]:
    return told(lambda t: folded(1 + 119 * in_and_out(t), setback=0.36 * in_and_out(t)).pose(), 17.0, "toe-touch")


@cache
def oblique() -> tuple[Report, Timeline | None]:
    return told(lambda t: folded(1 + 119 * in_and_out(t)).pose(yaw_deg=45.0), 17.0, "toe-touch")


@cache
def both_legs() -> tuple[Report, Timeline | None]:
    def scene(t: float) -> object:
        later = t > 12.0
        up = in_and_out(t - 12.0 if later else t, 6.0)
        return lying(raise_deg=-6.0 + 91.0 * up, stretched=RIGHT if later else 0).pose()

    return told(scene, 24.0, "supine")


def html(report: Report, timeline: Timeline | None, moments: tuple[KeyFrame, ...] = ()) -> str:
    stretch = by_slug(report.stretch) if report.stretch else None
    return render(report, stretch, timeline, moments, made=dt.date(2027, 1, 2))


def page(report: Report, timeline: Timeline | None, moments: tuple[KeyFrame, ...] = ()) -> Page:
    return Page(html(report, timeline, moments))


def jpeg(colour: str) -> bytes:
    file = io.BytesIO()
    Image.new("RGB", (64, 48), colour).save(file, "JPEG")
    return file.getvalue()


def timeline_data(text: str) -> dict:
    found = re.search(r'<script type="application/json" id="timeline-data">(.*?)</script>', text, re.DOTALL)
    assert found
    return json.loads(found[1])


def test_the_verdict_the_hold_and_every_rule_are_there() -> None:
    report, timeline = hips_back()
    shown = page(report, timeline)
    assert shown.all("h1") == [headline(report)]
    assert shown.all("p", "count") == [f"{held_number(report.holds[0])}of 30 s"]
    rows = [row for row in shown.all("tr") if row.startswith(("ok", "off", "unseen", "not judged"))]
    titles = [rule.title for rule in by_slug("toe-touch").rules if rule.id != "hold-time"]
    assert len(rows) == len(titles)
    for title in titles:
        assert sum(title in row for row in rows) == 1
    (hips,) = [row for row in rows if "Hips over the feet" in row]
    assert hips.startswith("off, warning")
    result = next(rule for rule in report.rules if rule.id == "hips-over-feet")
    assert f"worst {result.worst:.2f} \u00b1 0.04 leg lengths, limit {result.limit:.2f}" in hips
    assert " ".join(f"off for {duration(result.off_s)}".split()) in hips
    (knees,) = [row for row in rows if "Knees nearly straight" in row]
    assert knees.startswith("ok")
    assert "figure.mp4" in shown.all("footer")[0]
    assert "2027-01-02" in shown.all("footer")[0]
    assert "no medical device" in shown.all("footer")[0]


def test_what_to_try_next_puts_the_fault_first_and_the_hold_second() -> None:
    report, timeline = hips_back()
    first, second = page(report, timeline).all("ol")[-1], page(report, timeline).all("strong")
    assert first.startswith("Bring your hips forward, over your feet")
    assert "Hold it a little longer: 30 s is the target" in second


def test_when_all_is_well_the_next_step_is_suggested() -> None:
    report, timeline = both_legs()
    long = tuple(replace(hold, held_s=31.0) for hold in report.holds)
    card = page(replace(report, holds=long, alerts=()), timeline).card("Next time")
    assert "2 to 4 holds a side" in card
    fold, over_time = hips_back()
    held = tuple(replace(hold, held_s=31.0) for hold in fold.holds)
    no_sides = page(replace(fold, holds=held, alerts=()), over_time).card("Next time")
    assert "2 to 4 holds" in no_sides and "a side" not in no_sides
    one_leg = page(replace(report, holds=long[:1], alerts=()), timeline).card("Next time")
    assert "Do the right leg too" in one_leg


def test_how_far_somebody_got_is_praised_only_where_the_hold_was_good() -> None:
    good, timeline = both_legs()
    assert "Your best in this recording" in html(good, timeline)
    assert len(page(good, timeline).all("p", "praise")) == 1
    regretted = replace(good, holds=tuple(replace(hold, next_time="knees straight") for hold in good.holds))
    text = html(regretted, timeline)
    assert "Your best" not in text
    assert "How far you got in this recording" in text
    for report, kept in ((good, True), (regretted, False)):
        twice = tuple(replace(hold, held_s=31.0) for hold in report.holds * 2)
        assert ("Keep it like this" in html(replace(report, holds=twice), timeline)) is kept


def test_both_sides_have_their_ring() -> None:
    report, timeline = both_legs()
    assert {hold.side for hold in report.holds} == {"left", "right"}
    sides = page(report, timeline).all("p", "side")
    assert [side.split(" leg")[0] for side in sides] == ["Left", "Right"]
    lonely = page(replace(report, holds=report.holds[:1], side="left"), timeline).all("p", "side")
    assert "not in this recording" in lonely[1]


def test_what_could_not_be_seen_is_told_with_seconds_reason_and_what_to_do() -> None:
    report, timeline = oblique()
    shown = page(report, timeline)
    unseen = [rule for rule in report.rules if rule.outcome == "unseen"]
    assert {rule.id for rule in unseen} >= {"hips-over-feet", "knees-straight"}
    (row,) = [row for row in shown.all("tr") if "Hips over the feet" in row]
    assert row.startswith("unseen")
    assert f"unseen for {unseen[0].unseen_s:.0f} s" in row
    blind = shown.card("What the camera could not judge")
    assert "Turn your side to the camera Hips over the feet, Knees nearly straight Put the camera to your side" in blind
    for prompt in report.prompts:
        assert prompt in blind


def test_the_timeline_has_holds_limits_and_alerts() -> None:
    report, timeline = hips_back()
    text = html(report, timeline)
    shown = Page(text)
    assert shown.all("text", "hold-words").count(f"Hold {report.holds[0].held_s:.0f} s") == 3 * 3
    assert "warning above this line" in shown.all("text", "limit-words")
    assert "hint below 150\u00b0" in shown.all("text", "limit-words")
    assert "Bring your hips forward, over your feet" in shown.all("text", "lane")
    data = timeline_data(text)
    (alert,) = report.alerts
    assert data["alerts"] == [
        {"from": round(alert.start_s, 2), "to": round(alert.end_s, 2), "level": "warn", "words": alert.message}
    ]
    assert [track["name"] for track in data["tracks"]] == ["trunk from upright", "hip setback", "knee angle"]
    assert timeline is not None
    assert max(data["tracks"][0]["v"]) == pytest.approx(timeline.key.value.max(), abs=0.1)
    assert None in data["tracks"][1]["v"]
    radios = [one for one in shown.attrs("input") if one.get("type") == "radio"]
    assert [one.get("value") for one in radios] == ["0", "1", "2"]
    table = shown.all("table")[0]
    assert f"{timeline.key.value.max():.0f}\u00b0" in table and "hold, Bring your hips forward, over your feet" in table


def test_a_page_needs_nothing_from_elsewhere_and_runs_only_its_own_script() -> None:
    report, timeline = hips_back()
    moment = KeyFrame(kind="best", t_s=5.0, caption="Fold", alt="You", picture=jpeg("red"))
    text = html(report, timeline, (moment,))
    shown = Page(text)
    assert "http" not in text.replace("http-equiv", "")
    assert "@import" not in text and "url(" not in text
    for _, attrs, _ in shown.elements:
        assert not any(name.startswith("on") or name == "style" for name in attrs)
        for name in ("src", "href", "data", "action", "srcset"):
            assert (attrs.get(name) or "#").startswith(("#", "data:image/"))
    (policy,) = [one["content"] for one in shown.attrs("meta") if one.get("http-equiv") == "Content-Security-Policy"]
    assert policy is not None
    assert policy.startswith("default-src 'none'") and "unsafe" not in policy
    assert shown.attrs("html") == [{"lang": "en"}]
    levels = [int(tag[1]) for tag, _, _ in shown.elements if re.fullmatch("h[1-6]", tag)]
    assert levels[0] == 1 and all(after - before <= 1 for before, after in pairwise(levels))
    assert all(one.get("alt") for one in shown.attrs("img"))


@pytest.mark.parametrize(
    "name", ["<img src=x onerror=alert(1)>.mp4", "</script><script>alert(1)</script>.mp4", "&.mp4"]
)
def test_a_hostile_file_name_stays_a_name(name: str) -> None:
    report, timeline = hips_back()
    evil = tuple(replace(alert, message=name) for alert in report.alerts)
    report = replace(report, source=replace(report.source, name=name), alerts=evil)
    text = html(report, timeline)
    shown = Page(text)
    assert name in shown.all("title")[0]
    assert name in shown.all("footer")[0]
    assert not shown.attrs("img")
    assert len(shown.attrs("script")) == 2
    assert timeline_data(text)["alerts"][0]["words"] == name


def test_equal_results_are_equal_pages_of_bounded_size() -> None:
    report, timeline = hips_back()
    assert html(report, timeline) == html(report, timeline)
    assert len(html(report, timeline)) < 400_000


def test_nobody_found_tells_what_to_do() -> None:
    report, timeline = told(lambda _t: None, 4.0, None)
    shown = page(report, timeline)
    assert "nobody was found" in shown.all("h1")[0]
    assert "Get all of you into the picture" in shown.card("How to get a verdict")
    assert not shown.attrs("table") and not shown.attrs("script")


def test_an_unknown_stretch_tells_how_to_name_it() -> None:
    report, timeline = told(lambda _t: folded(1.0, setback=0.0).pose(), 4.0, None)
    assert report.stretch is None
    shown = page(report, timeline)
    assert "--stretch" in shown.card("How to get a verdict")


def test_without_a_hold_nothing_is_called_good_or_bad() -> None:
    scene = lambda t: folded(1 + 119 * ease(t, 1, 6) * (1 - ease(t, 6, 9))).pose()  # noqa: E731
    report, timeline = told(scene, 10.0, "toe-touch")
    assert not report.holds
    shown = page(report, timeline)
    assert not shown.all("p", "count")
    assert set(shown.all("td", "outcome")) == {"not judged"}
    assert "Come to rest" in shown.words
    assert wanted_key_frames(report, by_slug("toe-touch"), timeline) == []


def test_a_photo_has_its_picture_and_rules_but_no_times() -> None:
    info = replace(SOURCE, name="photo.jpg", kind="photo", still=True, fps=None)
    done = judge([frame(0, 0.0, folded(120.0, setback=0.45).pose())], info, Options(stretch=by_slug("toe-touch")))
    assert [alert.rule for alert in done.report.alerts] == ["hips-over-feet"]
    (wanted,) = wanted_key_frames(done.report, done.stretch)
    assert (wanted.kind, wanted.t_s) == ("photo", 0.0)
    picture = KeyFrame(kind="photo", t_s=0.0, caption=wanted.caption, alt=wanted.alt, picture=jpeg("blue"))
    shown = page(done.report, None, (picture,))
    assert len(shown.attrs("img")) == 1
    assert not shown.all("p", "count") and not shown.attrs("script")
    assert "Unseen for" not in shown.words and "hold" not in shown.card("Next time").lower()
    assert shown.all("td", "outcome")[0].startswith("off")


def test_both_pictures_are_shown_with_their_captions() -> None:
    report, timeline = hips_back()
    wanted = wanted_key_frames(report, by_slug("toe-touch"), timeline)
    assert [one.kind for one in wanted] == ["furthest", "fault"]
    moments = tuple(
        KeyFrame(kind=one.kind, t_s=one.t_s, caption=one.caption, alt=one.alt, picture=jpeg("red")) for one in wanted
    )
    captions = page(report, timeline, moments).all("figcaption")
    assert captions[0].startswith("Furthest, at 0:") and "Still to work on here: Bring your hips" in captions[0]
    assert captions[1].startswith("To work on, at 0:") and "Bring your hips forward" in captions[1]


@pytest.mark.parametrize(("known", "off"), [("furthest", "Furthest"), ("hold", "In your hold")])
def test_a_moment_is_the_best_one_only_where_nothing_was_off(known: str, off: str) -> None:
    report = hips_back()[0]
    if known == "hold":
        report = replace(report, progress=())
    (faulty, _), (clean,) = (wanted_key_frames(one, None) for one in (report, replace(report, alerts=())))
    assert (faulty.kind, clean.kind, clean.t_s) == (known, "best", faulty.t_s)
    for one, title in ((faulty, off), (clean, "Best moment")):
        moment = KeyFrame(kind=one.kind, t_s=one.t_s, caption=one.caption, alt=one.alt, picture=jpeg("red"))
        assert page(report, None, (moment,)).all("figcaption")[0].startswith(f"{title}, at 0:")


def test_the_worst_fault_is_the_most_serious_then_the_longest_at_its_worst() -> None:
    report, timeline = hips_back()
    assert timeline is not None
    (hips,) = report.alerts
    long_hint = replace(hips, rule="knees-straight", level=Level.HINT, start_s=3.0, end_s=16.0)
    short = replace(hips, start_s=4.0, end_s=5.0)
    report = replace(report, alerts=(long_hint, short, hips))
    fault = wanted_key_frames(report, None, timeline)[-1]
    assert fault.alert == hips
    track = timeline.of("hips-over-feet")
    assert track is not None and hips.value is not None
    shown = track.value[abs(track.t_s - fault.t_s).argmin()]
    assert shown == pytest.approx(hips.value, abs=0.005)
    # Without a timeline it is the middle.
    assert wanted_key_frames(report, None)[-1].t_s == pytest.approx((hips.start_s + hips.end_s) / 2)


def test_the_best_moment_lies_in_a_hold() -> None:
    report, timeline = hips_back()
    (hold,) = report.holds
    best = wanted_key_frames(report, None, timeline)[0]
    assert best.t_s == report.progress[0].t_s
    elsewhere = tuple(replace(one, t_s=0.2) for one in report.progress)
    middle = wanted_key_frames(replace(report, progress=elsewhere), None, timeline)[0]
    assert middle.t_s == pytest.approx((hold.start_s + hold.end_s) / 2)


def test_a_hold_just_short_of_the_target_does_not_look_like_it() -> None:
    report, timeline = hips_back()
    short = replace(report, holds=(replace(report.holds[0], held_s=29.88),))
    assert not short.holds[0].reached
    shown = page(short, timeline)
    assert shown.all("p", "count") == ["29.8of 30 s"]
    assert shown.all("h1")[0].startswith("Held 29.8 s of 30 s.")
    assert "short of it" in shown.all("p", "side")[0]


def test_many_alerts_over_hours_stay_readable() -> None:
    report, timeline = hips_back()
    hold = report.holds[0]
    holds = tuple(
        Hold(start_s=300.0 * i, end_s=300.0 * i + 40, held_s=39.0, target_s=30.0, side="both") for i in range(30)
    )
    many = tuple(
        Alert(rule="no-bounce", level=Level.WARN, start_s=one.start_s + 5, end_s=one.start_s + 9, measure="swing",
              value=7.0, limit=4.0, unit="deg", message="Stop bouncing: hold still", count=3)
        for one in holds
    )  # fmt: skip
    long = replace(report, holds=holds, alerts=many, source=replace(report.source, duration_s=9200.0))
    shown = page(long, timeline)
    assert len([one for one in shown.attrs("button") if "data-moment" in one]) == 30
    assert "24 more" in shown.all("summary")
    assert {"1:00:00", "2:00:00"} <= set(shown.all("text", "across"))
    assert shown.all("text", "lane").count("Stop bouncing: hold still") == 3 * 3
    assert "90 times" in shown.card("The rules") or "90 times" in shown.card("Next time")
    assert hold.target_s == 30.0


def test_changed_limits_are_told() -> None:
    report, timeline = hips_back()
    change = LimitChange(rule="knees-straight", limit="hint", value=152.5, default=150.0, unit="deg")
    shown = page(replace(report, changed_limits=(change,)), timeline)
    assert "knees-straight, hint: 152.5 instead of 150 (deg)" in shown.all("footer")[0]
