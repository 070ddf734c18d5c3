"""The seated hamstring stretch: `both` legs or `one_leg`."""
