"""Registered figures with basis and records behind them, and their yearly snapshots."""
