"""Incidental review (附带审查): a document is examined within somebody's reconsideration or law suit."""
