"""Municipality outlines from 国土数値情報 行政区域 (N03): is a point in the city? Only for codes whose outline is present.

Beside them may lie an extract of streets, railways and stops for the maps on paper (``geo/ways.py``).
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tsunagite.findings import Finding, SourceLocation, error
from tsunagite.geo.ways import Way, Ways, ways_of_extract
from tsunagite.records.load.municipalities import of_code
from tsunagite.records.yaml.reader import content_of

if TYPE_CHECKING:  # where there is no outline, shapely is not loaded
    from tsunagite.geo.outlines import Outline

# The published outlines are simplified, and a harbour or a bridge may lie just outside: about 1 km.
TOLERANCE_DEGREES = 0.01
# Drawn below the tiles: 0.0008 degrees are about 80 m, and the outline of a city takes some kilobytes.
COARSE_DEGREES = 0.0008


@dataclass(frozen=True)
class Boundaries:
    """Outlines by five-digit municipality code (N03_007)."""

    outlines: dict[str, Outline] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)
    """Names by the same code, with the county (木田郡三木町)."""
    digest: str = ""
    """Stands for all files they were read from."""
    ways: Ways = field(default_factory=Ways)

    def knows(self, lg_code: str) -> bool:
        """Tell whether the outline of a municipality (code of five or six digits) is at hand."""
        return lg_code[:5] in self.outlines

    def hold(self, lg_code: str, lat: float, lng: float) -> bool:
        """Tell whether a point (degrees) lies in the municipality or within the tolerance of its outline."""
        return self.outlines[lg_code[:5]].holds(lat, lng)

    def drawn(self, lg_code: str) -> list[list[tuple[float, float]]]:
        """Return the outline of a municipality as rings of (lat, lng); none where it is not at hand."""
        outline = self.outlines.get(lg_code[:5])
        return outline.rings(COARSE_DEGREES) if outline else []


def read_boundaries(root: Path) -> tuple[Boundaries, list[Finding]]:
    """Read every ``resources/areas/**/*.geojson`` that carries N03 codes."""
    findings: list[Finding] = []
    outlines: dict[str, Outline] = {}
    names: dict[str, str] = {}
    ways: list[Way] = []
    digest = hashlib.blake2b()
    paths = sorted((root / "resources" / "areas").rglob("*.geojson"))
    if not paths:
        return Boundaries(), findings
    from tsunagite.geo.outlines import Outline  # noqa: PLC0415 - shapely brings NumPy along, and many sites have no outline

    for path in paths:
        geometries: dict[str, list[Any]] = {}
        try:
            content = content_of(path)
            digest.update(b"%d " % len(content) + content)
            features = json.loads(content.decode("utf-8-sig"))["features"]
            ways += ways_of_extract(features)
            for feature in features:
                properties = feature["properties"]
                if code := properties.get("N03_007"):
                    short, written = (
                        str(code)[:5],
                        f"{properties.get('N03_003') or ''}{properties.get('N03_004') or ''}",
                    )
                    names[short] = f"{written}{properties.get('N03_005') or ''}"
                    geometries.setdefault(short, []).append(feature["geometry"])
                    city = of_code(short)
                    if (
                        city and city.code[:5] != short and city.name in written
                    ):  # a ward: its city has no outline of its own
                        names[city.code[:5]] = city.name
                        geometries.setdefault(city.code[:5], []).append(feature["geometry"])
            outlines |= {code: Outline(parts, TOLERANCE_DEGREES) for code, parts in sorted(geometries.items())}
        except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError) as problem:
            line, column = getattr(problem, "lineno", 1), getattr(problem, "colno", 1)  # JSON errors know where
            findings.append(error("F106", SourceLocation(path.relative_to(root).as_posix(), line=line, column=column)))
    return Boundaries(outlines, names, digest.hexdigest(), Ways(tuple(ways))), findings
