"""From an input to its results: source, estimator, recording, judge, files."""

from formcheck.pipeline.files import Workers, analyze_file, judge_recording
from formcheck.pipeline.judging import Judged, judge
from formcheck.pipeline.options import Advance, Options

__all__ = ["Advance", "Judged", "Options", "Workers", "analyze_file", "judge", "judge_recording"]
