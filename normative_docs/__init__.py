"""Administrative normative documents (行政规范性文件), from draft to repeal."""
