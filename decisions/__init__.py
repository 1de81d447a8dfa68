"""Major administrative decisions (重大行政决策), from proposal to execution."""
