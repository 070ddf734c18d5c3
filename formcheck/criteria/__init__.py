"""What stretches are written with: needs, quantities, alignment points, and the rules and shapes they share.

Stretches of other packages use the same.
"""
