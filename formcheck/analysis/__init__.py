"""From a file to its folder of results."""

from formcheck.analysis.judging import JudgedInput, judge
from formcheck.analysis.options import Advance, Options
from formcheck.analysis.results import Workers, analyze_file, judge_recording

__all__ = ["Advance", "JudgedInput", "Options", "Workers", "analyze_file", "judge", "judge_recording"]
