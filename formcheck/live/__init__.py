"""Live: from a camera to a session that is judged, led, spoken and recorded while it goes on."""
