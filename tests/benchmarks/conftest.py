"""Measurements are asked for by name (`bin/portal bench`) and are no part of the tests."""


def pytest_ignore_collect(collection_path, config):
    asked = any("benchmarks" in argument for argument in config.args)
    return None if asked else True
