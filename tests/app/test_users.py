"""Who may sign in: hashes that hold, and files that are refused without telling a secret."""

import pytest

from analytics.app.users import hash_password, is_right, read_users
from analytics.errors import UnreadableFile, UsageError


def test_a_password_is_kept_as_a_salted_scrypt_hash(hashed):
    assert hashed.startswith("scrypt$16384$8$1$")
    assert "four" not in hashed
    assert hash_password("four words of theirs") != hashed


@pytest.mark.parametrize(
    ("typed", "is_it"), [("four words of theirs", True), ("four words of their", False), ("", False)]
)
def test_only_the_password_itself_is_right(hashed, typed, is_it):
    assert is_right(typed, hashed) is is_it


def test_nothing_is_right_for_a_name_that_is_not_there():
    assert not is_right("four words of theirs", None)
    assert not is_right("x" * 1_000_000, None)


@pytest.mark.parametrize("password", ["elevenchars", "x" * 1025])
def test_a_password_that_is_too_short_or_too_long_is_refused(password):
    with pytest.raises(UsageError, match="12 to 1,024 characters"):
        hash_password(password)


def test_reads_names_roles_hosts_and_proxies(tmp_path, hashed):
    file = tmp_path / "users.toml"
    file.write_text(
        f'hosts = ["cases.example.com"]\nproxies = ["10.0.0.5"]\n'
        f'[[user]]\nname = "maria"\nrole = "reviewer"\npassword = "{hashed}"\n'
    )
    found = read_users(file)
    assert found.by_name["maria"].role == "reviewer"
    assert (found.hosts, found.proxies) == (("cases.example.com",), ("10.0.0.5",))
    assert hashed not in repr(found)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "it names no users"),
        ("x = [", "it is not TOML"),
        ("port = 1", "'port' is not known"),
        ('[[user]]\nname = ""\nrole = "viewer"', "has no name"),
        ('[[user]]\nname = "a"\nrole = "boss"', "the role is wrong"),
        ('[[user]]\nname = "a"\nrole = "viewer"\npassword = "plain-secret"', "no hashed password"),
        ('[[user]]\nname = "a"\nrole = "viewer"\npassword = "scrypt$2$8$1$AAAA$AAAA"', "no hashed password"),
        ('[[user]]\nname = "a"\nrole = "viewer"\nmail = "x"', "'mail' is not known"),
        ('[[user]]\nname = "a"\nrole = "viewer"\n[[user]]\nname = "a"\nrole = "admin"', "stands in it twice"),
        ('hosts = "a"\n[[user]]\nname = "a"\nrole = "viewer"', "hosts is no list"),
    ],
)
def test_a_wrong_file_is_refused_with_the_reason_and_no_secret(tmp_path, text, said):
    file = tmp_path / "users.toml"
    file.write_text(text)
    with pytest.raises(UnreadableFile, match=said) as refused:
        read_users(file)
    assert "plain-secret" not in str(refused.value)
