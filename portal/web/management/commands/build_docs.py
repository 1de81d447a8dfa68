"""Write the generated documentation, or check that it is current."""

from difflib import unified_diff
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from portal.web.docs import DocsError, Generated, Generator, openapi, pages, requirements, workflows

GENERATORS: tuple[Generator, ...] = (
    requirements.generate,
    pages.generate,
    workflows.generate,
    openapi.generate,
)
# Folders that hold generated files only: what no generator writes any more is removed.
OWNED_FOLDERS = (workflows.FOLDER,)


class Command(BaseCommand):
    help = "Write the generated pages under docs/; --check only compares and shows the difference."

    def add_arguments(self, parser):
        parser.add_argument("--check", action="store_true", help="write nothing; fail when a file is not current")

    def handle(self, *, check: bool, **options):
        root = Path(settings.BASE_DIR)
        generated, wrong = collect(root)
        if wrong:
            raise CommandError("\n".join(wrong))
        if check:
            difference = differences(root, generated)
            if difference:
                raise CommandError(f"{difference}\nRun: bin/portal manage build_docs")
            self.stdout.write(f"{len(generated)} generated pages are current.")
            return
        for path in leftovers(root, generated):
            (root / path).unlink()
            self.stdout.write(f"removed {path}")
        for path, text in generated.items():
            target = root / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(text, encoding="utf-8")
            self.stdout.write(f"wrote {path}")


def collect(root: Path) -> tuple[Generated, list[str]]:
    """All generated texts, and the problems of those generators whose source is wrong."""
    generated: Generated = {}
    wrong: list[str] = []
    for generate in GENERATORS:
        try:
            generated |= generate(root)
        except DocsError as error:
            wrong += error.problems
    return generated, wrong


def leftovers(root: Path, generated: Generated) -> list[str]:
    """Files in owned folders that no generator writes."""
    present = (path for folder in OWNED_FOLDERS for path in sorted((root / folder).glob("*.md")))
    return [name for name in (path.relative_to(root).as_posix() for path in present) if name not in generated]


def differences(root: Path, generated: Generated) -> str:
    """A unified diff from the files as they are to the files as they should be; empty when current."""
    wanted = generated | dict.fromkeys(leftovers(root, generated), "")
    parts = []
    for path, text in wanted.items():
        target = root / path
        present = target.read_text(encoding="utf-8") if target.is_file() else ""
        if present != text:
            parts += unified_diff(
                present.splitlines(), text.splitlines(), f"{path} (now)", f"{path} (should be)", lineterm=""
            )
    return "\n".join(parts)
