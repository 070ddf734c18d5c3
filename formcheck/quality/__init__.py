"""How good a picture is: its light, its sharpness, its noise, and how the camera moved."""
