"""What the folder of a normative document must hold (一文一档)."""
