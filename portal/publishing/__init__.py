"""What the public may see: publication register, masking, take-down."""
