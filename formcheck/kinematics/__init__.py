"""From a followed body to joint angles and other measures."""
