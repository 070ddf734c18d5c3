"""From a followed body to measured values."""
