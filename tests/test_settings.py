from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from pydantic import SecretStr

from clientsvia.calls.onset import DEFAULT, POLICIES
from clientsvia.errors import ConfigurationError
from clientsvia.settings import Settings, load_settings, require_servable, variable


@pytest.fixture(autouse=True)
def bare(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in Settings.model_fields:
        monkeypatch.delenv(variable(name), raising=False)


def test_the_environment_is_read_by_prefix(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CLIENTSVIA_PORT", "8123")
    assert load_settings().port == 8123


def test_those_of_providers_have_their_usual_names(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "canary-1")
    monkeypatch.setenv("OPENAI_BASE_URL", "http://127.0.0.1:9000/v1")
    monkeypatch.setenv("ELEVENLABS_API_KEY", "canary-2")
    monkeypatch.setenv("CLIENTSVIA_OPENAI_API_KEY", "another")
    monkeypatch.setenv("CLIENTSVIA_ELEVENLABS_VOICE", "nora")

    settings = load_settings()

    assert settings.openai_api_key == SecretStr("canary-1")
    assert settings.openai_base_url == "http://127.0.0.1:9000/v1"
    assert settings.elevenlabs_api_key == SecretStr("canary-2")
    assert (settings.openai_model, settings.elevenlabs_voice) == ("gpt-4.1-mini", "nora")
    assert "canary" not in repr(settings)


def test_without_keys_there_are_none() -> None:
    settings = load_settings()
    assert (settings.openai_api_key, settings.elevenlabs_api_key) == (None, None)


def test_a_wrong_one_of_a_provider_is_named_as_it_is_set(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_BASE_URL", "http://gateway.example/v1")
    with pytest.raises(ConfigurationError, match=r"OPENAI_BASE_URL is sent API keys: begin it"):
        load_settings()


def test_every_wrong_setting_is_named_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CLIENTSVIA_PORT", "eighty")
    monkeypatch.setenv("CLIENTSVIA_WORKERS", "0")
    with pytest.raises(ConfigurationError) as refused:
        load_settings()
    assert "CLIENTSVIA_PORT" in str(refused.value)
    assert "CLIENTSVIA_WORKERS" in str(refused.value)


def test_signatures_are_checked_outside_the_demo() -> None:
    assert load_settings().checks_signatures
    assert not load_settings(demo=True).checks_signatures
    assert load_settings(demo=True, validate_signatures=True).checks_signatures


def test_without_a_public_origin_only_the_demo_serves() -> None:
    require_servable(load_settings(demo=True))
    require_servable(load_settings(public_origin="https://answers.example"))
    with pytest.raises(ConfigurationError, match="CLIENTSVIA_PUBLIC_ORIGIN"):
        require_servable(load_settings())
    for wrong in ("answers.example", "https://", "https://[::1", "https://a.example:eighty"):
        with pytest.raises(ConfigurationError, match="https://"):
            require_servable(load_settings(public_origin=wrong))


def test_the_demo_listens_on_loopback_alone() -> None:
    with pytest.raises(ConfigurationError, match="loopback alone"):
        require_servable(load_settings(demo=True, host="0.0.0.0"))  # noqa: S104 - that is the point


@pytest.mark.parametrize(
    "settings",
    [
        {"clock_start": datetime(2026, 1, 1, tzinfo=UTC)},
        {"tls_key": Path("key.pem")},
        {"store": "memory:", "workers": 2},
        {"twilio_api": "http://gateway.example"},
        {"twilio_api": "api.twilio.com"},
        {"openai_base_url": "http://gateway.example/v1"},
        {"openai_base_url": "https://[::1"},
        {"elevenlabs_base_url": "https://"},
        {"redis_url": SecretStr("127.0.0.1:6379")},
        {"redis_url": SecretStr("valkey://127.0.0.1:6379")},
        {"redis_url": SecretStr("redis://")},
        {"redis_url": SecretStr("redis://cache:many")},
        {"redis_url": SecretStr("redis://cache:0")},
        {"redis_url": SecretStr("redis://cache/first")},
        {"redis_url": SecretStr("redis://cache/0#1")},
        {"redis_url": SecretStr("redis://:pass/word@cache/0")},
        {"redis_url": SecretStr("redis://cache/0?ssl_cert_reqs=none")},
        {"redis_url": SecretStr("rediss://cache/0?socket_timeout=60")},
    ],
)
def test_settings_that_do_not_fit_together_are_refused(settings: dict[str, object]) -> None:
    with pytest.raises(ConfigurationError):
        load_settings(**settings)


def test_the_origin_of_the_demo_is_where_it_listens() -> None:
    assert load_settings(demo=True, port=8123).origin == "http://127.0.0.1:8123"
    assert load_settings(demo=True, host="::1").origin == "http://[::1]:8000"
    origin = load_settings(public_origin="https://answers.example/").origin
    assert origin == "https://answers.example"


def test_secrets_do_not_show_when_settings_are_printed() -> None:
    settings = load_settings(
        admin_token=SecretStr("canary-1"),
        twilio_account_sid="AC1",
        twilio_auth_tokens=SecretStr("canary-2"),
        secret_keys=SecretStr("canary-3"),
        elevenlabs_api_key=SecretStr("canary-4"),
        redis_url=SecretStr("redis://:canary-5@cache"),
        smtp_url=SecretStr("smtp://user:canary-6@mail.example"),
        mail_from="answers@acme.example",
    )
    assert "canary" not in repr(settings)
    assert sorted(settings.secrets) == [f"canary-{number}" for number in range(1, 7)]


@pytest.mark.parametrize(
    "url",
    [
        "redis://cache",
        "redis://:p%2Fss@cache:6379/1",
        "redis://user:pass@[::1]:6379",
        "rediss://user:pass@cache.example:6380/0?ssl_ca_certs=/etc/ssl/ours.pem",
    ],
)
def test_redis_is_reached_by_its_usual_address(url: str) -> None:
    given = load_settings(redis_url=SecretStr(url)).redis_url
    assert given is not None
    assert given.get_secret_value() == url


def test_a_wrong_address_of_redis_does_not_show_its_password() -> None:
    with pytest.raises(ConfigurationError, match="redis://HOST:PORT") as refused:
        load_settings(redis_url=SecretStr("valkey://:canary@cache"))
    assert "canary" not in str(refused.value)


@pytest.mark.parametrize(
    "url",
    [
        "smtp://mail.example",
        "smtp://an%40acme.example:p%2Fss@mail.example:587",
        "smtps://user:pass@[2001:db8::1]:465/",
    ],
)
def test_a_mail_server_is_named_by_its_address(url: str) -> None:
    given = load_settings(smtp_url=SecretStr(url), mail_from="Acme <answers@acme.example>")
    assert given.smtp_url is not None
    assert given.smtp_url.get_secret_value() == url


@pytest.mark.parametrize(
    "url",
    [
        "http://user:canary@mail.example",
        "smtp://user:canary@",
        "smtp://canary@mail.example",
        "smtp://user:canary@mail.example:0",
        "smtp://user:canary@mail.example:x",
        "smtp://user:canary@mail.example/path",
        "smtp://user:canary@mail.example?tls=never",
    ],
)
def test_a_wrong_address_of_a_mail_server_does_not_show_its_password(url: str) -> None:
    with pytest.raises(ConfigurationError, match="CLIENTSVIA_SMTP_URL") as refused:
        load_settings(smtp_url=SecretStr(url), mail_from="answers@acme.example")
    assert "canary" not in str(refused.value)
    assert "smtps://HOST:PORT" in str(refused.value)


@pytest.mark.parametrize(
    "mailbox", ["answers", "a b@acme.example", "Acme\n<a@acme.example>", "<@acme.example>", "a@b@c"]
)
def test_what_is_no_mailbox_is_refused(mailbox: str) -> None:
    for name in ("mail_from", "operator_email"):
        with pytest.raises(ConfigurationError, match="mailbox"):
            load_settings(**{name: mailbox})


def test_a_mail_server_and_a_sender_go_together() -> None:
    for given in ({"smtp_url": SecretStr("smtp://mail.example")}, {"mail_from": "a@x.example"}):
        with pytest.raises(ConfigurationError, match="both, or neither"):
            load_settings(**given)
    with pytest.raises(ConfigurationError, match="without a name"):
        load_settings(operator_email="Me <me@acme.example>")


def test_every_start_policy_may_be_chosen_and_no_other() -> None:
    assert {load_settings(speculation=name).speculation for name in POLICIES} == set(POLICIES)
    assert load_settings().speculation == DEFAULT.name
    with pytest.raises(ConfigurationError, match="SPECULATION"):
        load_settings(speculation="clairvoyant")
