"""Static files under names that contain their digest, so that a browser may keep them for ever."""

from whitenoise.compress import Compressor
from whitenoise.storage import CompressedManifestStaticFilesStorage


class PortalStaticFilesStorage(CompressedManifestStaticFilesStorage):
    """As its parent, but a style sheet or script may name a source map that is not there.

    Source maps serve those who debug third-party packages; they are left out when files are collected, because
    compressing them takes minutes and no visitor ever asks for one.
    """

    patterns = tuple(
        (glob, rules)
        for glob, rules in (
            (glob, tuple(rule for rule in rules if "sourceMappingURL" not in str(rule)))
            for glob, rules in CompressedManifestStaticFilesStorage.patterns
        )
        if rules
    )

    def create_compressor(self, **kwargs):
        """Compress by gzip only: brotli at its highest level costs half a minute for a few kilobytes."""
        return Compressor(use_brotli=False, **kwargs)
