"""A draw as plain text (抽取记录): what is written for everybody, and what is read back from it to do the draw again.

The lines that count have a word in front and tabs between their columns; the lines with ``#`` explain them to people.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field

from portal.draws.lots import GROUP, LOT, Lot, PoolGroup, in_order, pool_digest, pool_lines
from portal.draws.models import Draw, DrawEntry, DrawnPlace
from portal.moment import SHANGHAI

POOL_DIGEST, SEED, RESULT = "摘要", "种子", "结果"
DRAWN, RESERVE, FILLED = (outcome.label for outcome in DrawnPlace.Outcome)
NO_DIGEST = "-"


def file_name(draw: Draw) -> str:
    """A name that any shell takes without quotes, for the commands name it."""
    return f"draw-{str(draw.public_id)[:8]}.txt"


def pool_command(name: str) -> str:
    """What shows that the pool is the one that was published."""
    return f"grep -E '^({GROUP}|{LOT})' {name} | sha256sum"


def group_command(seed: str, group: int, numbers: Iterable[int]) -> str:
    """What draws one group again: digest and number of each lot, in the order of the draw."""
    listed = " ".join(str(number) for number in numbers)
    return (
        f"for n in {listed}; do printf '%s %s\\n' "
        f'"$(printf \'%s\' "{seed}:{group}:$n" | sha256sum | cut -c1-64)" $n; done | LC_ALL=C sort'
    )


def write(draw: Draw, groups, entries: list[DrawEntry], address: str) -> str:
    """The whole text.

    :param entries: the lots in the order of the pool, with their groups and (once drawn) their places.
    :param address: of the public page.
    """
    name = file_name(draw)
    head = [
        "公开抽取记录。任何人都可以用本文件重做一遍。",
        f"抽取事项：{draw.purpose}",
        f"组织单位：{draw.organisation.name}",
        f"公开页面：{address}",
        f"名册固定：{moment_said(draw.frozen_at)}",
    ]
    drawn = draw.result if draw.is_drawn else None
    if drawn:
        head.append(f"抽取：{moment_said(drawn.drawn_at)}，见证人：{drawn.witness_post}")
    else:
        head.append("尚未抽取。")
    head += [
        "",
        "各列用制表符隔开。组别：组号、名额、名称。名册：组号、编号、标识。结果：组号、位次、结果、编号、摘要。",
        "",
        f"核对名册：运行下面的命令，得到的应当是“{POOL_DIGEST}”一行的值。",
        f"  {pool_command(name)}",
    ]
    if drawn:
        head += ["", "重做抽取：每组运行一条命令，得到的次序应当与“结果”各行相同；排在前面的抽中，其余依次候补。"]
        for group in groups:
            head += _explained(drawn.seed, group, [entry for entry in entries if entry.group_id == group.pk])
    lines = [f"# {line}".rstrip() for line in head]
    lines += pool_lines(
        [PoolGroup(group.order, group.places, group.name) for group in groups],
        [Lot(entry.group.order, entry.number, entry.label) for entry in entries],
    )
    lines.append(f"{POOL_DIGEST}\t{draw.pool_digest}")
    if drawn:
        lines.append(f"{SEED}\t{drawn.seed}")
        lines += [
            f"{RESULT}\t{entry.group.order}\t{entry.place.rank}\t{entry.place.get_outcome_display()}\t{entry.number}\t"
            f"{entry.place.digest or NO_DIGEST}"
            for entry in sorted(entries, key=lambda each: (each.group.order, each.place.rank))
        ]
    return "".join(f"{line}\n" for line in lines)


def moment_said(moment) -> str:
    """To the second, as the record and its page say it."""
    return f"{moment.astimezone(SHANGHAI):%Y-%m-%d %H:%M:%S}"


def _explained(seed: str, group, entries) -> list[str]:
    about = f"第 {group.order} 组（{group.name}，名额 {group.places}）"
    if len(entries) <= group.places:
        return [f"{about}：{len(entries)} 个编号，不多于名额，不用抽取，全部入选。"]
    return [f"{about}：", f"  {group_command(seed, group.order, (entry.number for entry in entries))}"]


# ── reading it back ──


class Unreadable(ValueError):
    """The text is no record of a draw; the message says where it fails, in Chinese."""


@dataclass
class Transcript:
    """What a text says of a draw."""

    groups: list[PoolGroup] = field(default_factory=list)
    lots: list[Lot] = field(default_factory=list)
    digest: str = ""
    seed: str = ""
    result: list[tuple[int, int, str, int, str]] = field(default_factory=list)

    @property
    def is_drawn(self) -> bool:
        return bool(self.seed or self.result)

    def computed(self) -> list[tuple[int, int, str, int, str]]:
        """The result as it follows from pool and seed: group, rank, outcome, number, digest."""
        rows = []
        for group in self.groups:
            numbers = [lot.number for lot in self.lots if lot.group == group.order]
            if len(numbers) <= group.places:
                rows += [(group.order, rank, FILLED, number, NO_DIGEST) for rank, number in enumerate(numbers, start=1)]
                continue
            rows += [
                (group.order, rank, DRAWN if rank <= group.places else RESERVE, number, digest)
                for rank, (digest, number) in enumerate(in_order(self.seed, group.order, numbers), start=1)
            ]
        return rows

    def disagreements(self) -> list[str]:
        """What the text says otherwise than follows from its own pool and seed; empty when it agrees."""
        found = []
        digest = pool_digest(self.groups, self.lots)
        if digest != self.digest:
            found.append(f"名册摘要不符：记录为 {self.digest or '（没有）'}，按名册计算为 {digest}。")
        known = [group.order for group in self.groups]
        if len(set(known)) < len(known):
            found.append("有重复的组号。")
        if {lot.group for lot in self.lots} - set(known):
            found.append("名册中有编号不属于任何一组。")
        if len({(lot.group, lot.number) for lot in self.lots}) < len(self.lots):
            found.append("名册中有重复的编号。")
        if self.is_drawn and not found:
            found += self._differing_rows()
        return found

    def _differing_rows(self) -> list[str]:
        computed, said = self.computed(), self.result
        found = []
        for wanted, row in zip(computed, said, strict=False):
            if wanted != row:
                found.append(f"第 {wanted[0]} 组第 {wanted[1]} 位不符：记录为 {_row(row)}，重新计算为 {_row(wanted)}。")
        if len(computed) != len(said):
            found.append(f"结果应当有 {len(computed)} 行，记录中有 {len(said)} 行。")
        return found


def _row(row) -> str:
    group, rank, outcome, number, digest = row
    return f"[第 {group} 组第 {rank} 位 {outcome} 编号 {number} {digest[:12]}]"


def read(text: str) -> Transcript:
    """:raises Unreadable: a line that does not belong, or no pool at all."""
    found = Transcript()
    for place, line in enumerate(text.removeprefix("\ufeff").splitlines(), start=1):
        if not line.strip() or line.startswith("#"):
            continue
        try:
            _take(found, line.split("\t"))
        except ValueError as wrong:
            raise Unreadable(f"第 {place} 行读不懂：{line[:60]}") from wrong
    if not found.groups or not found.lots:
        raise Unreadable("文件中没有抽取名册。")
    return found


def _take(found: Transcript, columns: list[str]) -> None:
    """:raises ValueError: no line of a record."""
    match columns:
        case [word, order, places, name] if word == GROUP:
            found.groups.append(PoolGroup(_number(order), _number(places), name))
        case [word, group, number, label] if word == LOT:
            found.lots.append(Lot(_number(group), _number(number), label))
        case [word, digest] if word == POOL_DIGEST:
            found.digest = digest.strip()
        case [word, seed] if word == SEED:
            found.seed = seed.strip()
        case [word, group, rank, outcome, number, digest] if word == RESULT:
            found.result.append((_number(group), _number(rank), outcome, _number(number), digest.strip()))
        case _:
            raise ValueError(columns[0])


def _number(text: str) -> int:
    """Only as it is written here: 007 would be the same number and another digest.

    :raises ValueError: written otherwise.
    """
    number = int(text)
    if str(number) != text:
        raise ValueError(text)
    return number
