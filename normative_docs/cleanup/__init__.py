"""Clean-up of normative documents (清理): every two years all of them, and whenever a higher law changes."""
