import pytest

from workbench.errors import SettingsError
from workbench.settings import Settings, load_settings, save_setting


def test_no_file_means_the_defaults(tmp_path):
    assert load_settings(tmp_path / "settings.toml") == Settings()


def test_settings_are_read(tmp_path):
    path = tmp_path / "settings.toml"
    path.write_text('author = "ليلى"\nbeam_size = 4\n', encoding="utf-8")
    assert load_settings(path) == Settings(author="ليلى", beam_size=4)


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("beamsize = 4", "beam_size"),
        ("beam_size = 'four'", "whole number"),
        ("bidi = 'left'", "app, armor"),
        ("beam_size = true", "whole number"),
        ("beam_size = 0", "1 to 16"),
        ("threads = -1", "0 to 256"),
        ("author = 1", "text in quotes"),
        ("author =", "Invalid value"),
    ],
)
def test_a_wrong_file_is_refused_with_the_way_out(tmp_path, text, named):
    path = tmp_path / "settings.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(SettingsError) as caught:
        load_settings(path)
    assert named in caught.value.hint


def test_a_file_of_other_bytes_is_refused(tmp_path):
    path = tmp_path / "settings.toml"
    path.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(SettingsError):
        load_settings(path)


def test_a_setting_is_kept_and_the_rest_of_the_file_stays(tmp_path):
    path = tmp_path / "new" / "settings.toml"
    save_setting(path, "bidi", "armor")
    assert load_settings(path).bidi == "armor"
    path.write_text('# mine\nauthor = "Anna"  # me\nbidi = "app"\n', encoding="utf-8")
    save_setting(path, "bidi", "kitty")
    assert path.read_text(encoding="utf-8") == '# mine\nauthor = "Anna"  # me\nbidi = "kitty"\n'
    with pytest.raises(SettingsError):
        save_setting(path, "bidi", "left")
    path.write_text("not toml", encoding="utf-8")
    with pytest.raises(SettingsError):
        save_setting(path, "bidi", "app")
    assert path.read_text(encoding="utf-8") == "not toml"
