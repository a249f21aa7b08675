"""Where a model goes; the cards are those of a stand-in, since machines that run tests have none."""

import pytest

from workbench.engines.argos.model import load
from workbench.engines.argos.packages import read_package
from workbench.engines.argos.placement import Placement, load_first, placements
from workbench.errors import EngineError


class Machine:
    """CTranslate2 on a machine with some cards, whose driver may be no good."""

    def __init__(self, cards, supported, fails=(), fails_late=()):
        self.cards, self.supported, self.fails, self.fails_late = cards, supported, fails, fails_late

    def get_cuda_device_count(self):
        if isinstance(self.cards, Exception):
            raise self.cards
        return self.cards

    def get_supported_compute_types(self, device):
        return self.supported[device]

    def Translator(self, _model, *, device, **_options):  # noqa: N802  (as CTranslate2 calls it)
        if device in self.fails:
            raise RuntimeError("CUDA driver version is insufficient")
        machine = self

        class Translator:
            place = device

            def translate_batch(self, *_, **__):
                if device in machine.fails_late:
                    raise RuntimeError("Library libcublas.so.12 is not found")

        return Translator()


KINDS = {"cpu": {"float32", "int8", "int8_float32"}, "cuda": {"float32", "float16", "int8", "int8_float16"}}


def test_without_a_card_every_core_decodes_a_batch_with_eight_bits():
    assert placements("auto", 3, Machine(0, KINDS)) == [Placement("cpu", "int8", 3, 1)]
    (own,) = placements("auto", None, Machine(0, KINDS))
    assert 1 <= own.translators <= 4


def test_a_card_goes_before_the_cpu_unless_the_user_says_otherwise():
    card, cpu = Placement("cuda", "int8_float16", 1, 1), Placement("cpu", "int8", 2, 1)
    machine = Machine(1, KINDS)
    assert placements("auto", 2, machine) == [card, cpu]
    assert placements("cpu", 2, machine) == [cpu]
    assert placements("cuda", 2, machine) == [card]


@pytest.mark.parametrize(
    ("cuda", "kind"), [({"float32", "float16"}, "float16"), ({"float32", "int8"}, "int8"), ({"float32"}, "default")]
)
def test_an_older_card_calculates_as_it_can(cuda, kind):
    assert placements("cuda", 1, Machine(1, {**KINDS, "cuda": cuda}))[0].compute_type == kind


def test_a_processor_without_eight_bits_takes_what_it_has():
    assert placements("cpu", 1, Machine(0, {"cpu": {"float32"}}))[0].compute_type == "default"


def test_a_driver_that_is_no_good_is_no_card():
    assert [place.device for place in placements("auto", 1, Machine(RuntimeError("no driver"), KINDS))] == ["cpu"]


@pytest.mark.parametrize("how", ["fails", "fails_late"])
def test_where_the_card_does_not_work_the_cpu_does(how):
    machine = Machine(1, KINDS, **{how: ("cuda",)})
    assert load_first("model", placements("auto", 1, machine), machine).place == "cpu"
    with pytest.raises(RuntimeError):
        load_first("model", placements("cuda", 1, machine), machine)
    assert load_first("model", placements("auto", 1, Machine(1, KINDS)), Machine(1, KINDS)).place == "cuda"


def test_a_card_that_is_wanted_and_not_there_is_told(tiny_folder):
    import ctranslate2

    if ctranslate2.get_cuda_device_count():
        pytest.skip("this machine has a card")
    with pytest.raises(EngineError, match="cannot be loaded"):
        load(read_package(tiny_folder), 1, device="cuda")


def test_a_loaded_model_tells_where_it_is(tiny_folder):
    model = load(read_package(tiny_folder), 2, device="cpu")
    assert (model.device, model.threads) == ("cpu", 2)
    assert model.compute_type.startswith(("int8", "float32"))
