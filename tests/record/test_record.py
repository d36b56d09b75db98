"""Every fact of the published record is held by the loaded system, or left out for a stated reason."""

import pytest

from tests.record import checks
from tests.record.record import HERE, Part, mapping, matches, parts, sections

SECTIONS = list(sections())
pytestmark = pytest.mark.usefixtures("loaded")


def checks_of(section: str, part: Part) -> list:
    """Those of the longest address that fits, written out before `each`; a reason to leave out covers all beneath."""
    found = {
        pattern: said
        for pattern, said in mapping(section).items()
        if matches(pattern, part) and (len(pattern) == len(part.address) or "out" in str(said))
    }
    best = max(found, key=lambda pattern: (len(pattern), -pattern.count("each")), default=None)
    return found[best] if best is not None else []


def faults_of(section: str, part: Part) -> list[str]:
    faults = []
    for said in checks_of(section, part):
        if isinstance(said, dict):
            if len(str(said["out"])) < 10:
                faults.append(f"{section}/{part}: say why it is left out")
        elif part.confidence == "memory-low":
            faults.append(f"{section}/{part}: is not sure enough to be loaded")
        else:
            try:
                checks.run(said, part)
            except checks.Fault as fault:
                faults.append(f"{section}/{part}: {said}: {fault}")
    return faults


@pytest.mark.parametrize("section", SECTIONS)
def test_every_fact_is_mapped(section):
    unmapped = [str(part) for part in parts(section) if not part.is_about and not checks_of(section, part)]
    assert not unmapped, f"{len(unmapped)} not mapped in {section}.yaml:\n" + "\n".join(unmapped)


@pytest.mark.parametrize("section", SECTIONS)
def test_every_mapping_is_of_a_fact(section):
    there = parts(section)
    lost = ["/".join(pattern) for pattern in mapping(section) if not any(matches(pattern, part) for part in there)]
    assert not lost, "\n".join(lost)


@pytest.mark.parametrize("section", SECTIONS)
def test_the_loaded_system_holds_every_fact(section):
    faults = [fault for part in parts(section) for fault in faults_of(section, part)]
    assert not faults, f"{len(faults)}:\n" + "\n".join(faults)


def test_every_mapping_file_is_of_a_section():
    assert {path.stem for path in HERE.glob("*.yaml")} <= set(SECTIONS)
