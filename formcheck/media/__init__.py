"""Pictures in and out: videos, photos, cameras."""
