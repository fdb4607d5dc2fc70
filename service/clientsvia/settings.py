"""The environment, read once and frozen."""

from __future__ import annotations

import re
from ipaddress import ip_address
from pathlib import Path
from typing import Literal, Self
from urllib.parse import unquote, urlsplit

from pydantic import (
    AwareDatetime,
    Field,
    SecretStr,
    ValidationError,
    field_validator,
    model_validator,
)
from pydantic_settings import BaseSettings, SettingsConfigDict

from clientsvia.errors import ConfigurationError

PREFIX = "CLIENTSVIA_"
ANNOUNCEMENT = f"{PREFIX}ANNOUNCEMENT"
"""No setting: the variable in which ``clientsvia serve`` leaves its server what to announce."""
LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})
_MAILBOX = re.compile(
    r"(?:[^<>\x00-\x1f@]+ )?<[\x21-\x3b\x3d\x3f\x41-\x7e]+@[^\s<>@]+>"
    r"|[\x21-\x3b\x3d\x3f\x41-\x7e]+@[^\s<>@]+"
)
SENT_SECRETS = {
    "twilio_api": "auth tokens",
    "openai_base_url": "API keys",
    "elevenlabs_base_url": "API keys",
}


class Settings(BaseSettings):
    """Every setting of the service; each is read from ``CLIENTSVIA_<NAME>``.

    Those of providers have the names that their own libraries read.
    """

    model_config = SettingsConfigDict(
        env_prefix=PREFIX, frozen=True, env_ignore_empty=True, validate_by_name=True
    )

    demo: bool = Field(
        default=False,
        description="Serve the demo company on loopback alone and accept unsigned requests.",
    )
    public_origin: str = Field(
        default="",
        description="Where Twilio reaches the service, such as https://answers.example.",
    )
    host: str = Field(default="127.0.0.1", description="The IP address to listen on.")
    port: int = Field(default=8000, ge=1, le=65535, description="The port to listen on.")
    workers: int = Field(default=1, ge=1, le=64, description="How many processes serve.")
    store: str = Field(
        default="sqlite+aiosqlite:///var/clientsvia.db",
        description="Where companies and calls are kept: a SQLite URL, or memory:.",
    )
    redis_url: SecretStr | None = Field(
        default=None,
        description="Redis or Valkey through which several hosts share calls: rediss://HOST:PORT.",
    )
    secret_keys: SecretStr | None = Field(
        default=None,
        description="32-byte keys in URL-safe base64, comma-separated; the first seals and signs.",
    )
    secret_key_file: Path = Field(
        default=Path("var/secret.key"),
        description="A file of mode 0600 with the keys, where the setting above is not given.",
    )
    validate_signatures: bool | None = Field(
        default=None,
        description="Check Twilio's signature on every webhook; on by default outside the demo.",
    )
    twilio_account_sid: str = Field(
        default="", description="An account that may sign webhooks of every company."
    )
    twilio_auth_tokens: SecretStr = Field(
        default=SecretStr(""),
        description="Its auth tokens, comma-separated; two while one is being rotated.",
    )
    twilio_api: str = Field(
        default="https://api.twilio.com",
        description="Where Twilio's REST API is asked; another address for a gateway of your own.",
    )
    smtp_url: SecretStr | None = Field(
        default=None,
        description="Where mail is handed in: smtp://USER:PASSWORD@HOST:587, or smtps://…:465.",
    )
    mail_from: str = Field(
        default="",
        max_length=200,
        description="Whom mail is from, such as Acme Answers <answers@acme.example>.",
    )
    operator_email: str = Field(
        default="",
        max_length=200,
        description="Who hears when something is wrong with the service or a company's set-up.",
    )
    openai_api_key: SecretStr | None = Field(
        default=None,
        validation_alias="OPENAI_API_KEY",
        description="Answers with OpenAI for every company that has no key of its own.",
    )
    openai_base_url: str = Field(
        default="https://api.openai.com/v1",
        validation_alias="OPENAI_BASE_URL",
        description="Where OpenAI is asked; another address for a gateway of your own.",
    )
    openai_model: str = Field(
        default="gpt-4.1-mini",
        min_length=1,
        description="The model that answers where a company names none.",
    )
    elevenlabs_api_key: SecretStr | None = Field(
        default=None,
        validation_alias="ELEVENLABS_API_KEY",
        description="Speaks with ElevenLabs for every company that has no key of its own.",
    )
    elevenlabs_base_url: str = Field(
        default="https://api.elevenlabs.io",
        validation_alias="ELEVENLABS_BASE_URL",
        description="Where ElevenLabs is asked; another address for a gateway of your own.",
    )
    elevenlabs_voice: str = Field(
        default="21m00Tcm4TlvDq8ikWAM",
        min_length=1,
        description="The id of the voice that speaks where a company names none.",
    )
    elevenlabs_model: str = Field(
        default="eleven_flash_v2_5",
        min_length=1,
        description="The voice model where a company names none.",
    )
    speech: Literal["auto", "say"] = Field(
        default="auto",
        description="Whose voices speak: auto for those companies chose, say for Twilio's alone.",
    )
    voice_concurrency: int = Field(
        default=4,
        ge=1,
        le=100,
        description="How many sentences each ElevenLabs key may have made at once, by all workers.",
    )
    clips: Path = Field(
        default=Path("var/clips"),
        description="The directory sounds are kept in; with a memory: store they are in memory.",
    )
    clips_mb: int = Field(
        default=512,
        ge=1,
        le=1_000_000,
        description="How many megabytes of sounds are kept; those not used for longest go first.",
    )
    speculation: Literal["none", "quiet-600", "quiet-300", "balanced", "eager"] = Field(
        default="balanced",
        description="When an answer is begun while the caller speaks: eager is fast and dear.",
    )
    prices: Path | None = Field(
        default=None, description="A YAML file of what models and voices cost, over those listed."
    )
    admin_token: SecretStr | None = Field(
        default=None, description="Opens speech-timing-test to those who send it as a bearer token."
    )
    tls_certificate: Path | None = Field(
        default=None, description="A PEM certificate chain; with the next setting, serves HTTPS."
    )
    tls_key: Path | None = Field(default=None, description="The certificate's PEM private key.")
    log_level: str = Field(
        default="info",
        pattern="^(debug|info|warning|error)$",
        description="The least severe line that is logged.",
    )
    clock_start: AwareDatetime | None = Field(
        default=None,
        description="Demo only: the clock starts at this ISO 8601 time, for holidays and nights.",
    )

    @field_validator("host")
    @classmethod
    def _is_an_address(cls, host: str) -> str:
        try:
            return str(ip_address("127.0.0.1" if host == "localhost" else host))
        except ValueError:
            raise ValueError(
                f"{host!r} is no IP address: 127.0.0.1 for this machine alone, 0.0.0.0 for all"
            ) from None

    @field_validator("redis_url")
    @classmethod
    def _is_redis(cls, url: SecretStr | None) -> SecretStr | None:
        if url is not None and not _is_redis_url(url.get_secret_value()):
            raise ValueError(  # without the URL, which may hold a password
                "write it as redis://HOST:PORT/DATABASE, or rediss:// for TLS, with :PASSWORD@ or "
                "USER:PASSWORD@ before the host, percent-encoded, and ssl_… options alone after "
                "a ?; Valkey is reached by the same"
            )
        return url

    @field_validator("smtp_url")
    @classmethod
    def _is_smtp(cls, url: SecretStr | None) -> SecretStr | None:
        if url is not None and not _is_smtp_url(url.get_secret_value()):
            raise ValueError(  # without the URL, which may hold a password
                "write it as smtp://HOST:PORT or smtps://HOST:PORT, with USER:PASSWORD@ before the "
                "host, percent-encoded, where the server wants one, and nothing after the port"
            )
        return url

    @field_validator("mail_from", "operator_email")
    @classmethod
    def _is_mailbox(cls, text: str) -> str:
        if text and not _MAILBOX.fullmatch(text):
            raise ValueError(
                f"{text!r} is no mailbox: write answers@acme.example, or in CLIENTSVIA_MAIL_FROM "
                "Acme Answers <answers@acme.example>"
            )
        return text

    @model_validator(mode="after")
    def _fits_together(self) -> Self:
        if self.clock_start and not self.demo:
            raise ValueError("CLIENTSVIA_CLOCK_START is for the demo: unset it, or set DEMO=1")
        if bool(self.tls_certificate) != bool(self.tls_key):
            raise ValueError(
                "set CLIENTSVIA_TLS_CERTIFICATE and CLIENTSVIA_TLS_KEY both, or neither"
            )
        for field, sent in SENT_SECRETS.items():
            if not _keeps_secrets(getattr(self, field)):
                raise ValueError(
                    f"{variable(field)} is sent {sent}: begin it with https:// "
                    "(http:// is for this machine alone)"
                )
        if bool(self.twilio_account_sid) != bool(self.twilio_auth_tokens.get_secret_value()):
            raise ValueError(
                "set CLIENTSVIA_TWILIO_ACCOUNT_SID and CLIENTSVIA_TWILIO_AUTH_TOKENS both, "
                "or neither"
            )
        if bool(self.smtp_url) != bool(self.mail_from):
            raise ValueError("set CLIENTSVIA_SMTP_URL and CLIENTSVIA_MAIL_FROM both, or neither")
        if "<" in self.operator_email:
            raise ValueError("CLIENTSVIA_OPERATOR_EMAIL is an address alone, without a name")
        if self.workers > 1 and self.store == "memory:":
            raise ValueError("a memory: store serves one worker: set CLIENTSVIA_WORKERS=1")
        return self

    @property
    def checks_signatures(self) -> bool:
        """Whether webhooks must be signed."""
        return not self.demo if self.validate_signatures is None else self.validate_signatures

    @property
    def secrets(self) -> tuple[str, ...]:
        """Every secret among them, for the log to hide."""
        fields = type(self).model_fields.keys() - {"redis_url", "smtp_url"}  # see below
        values = (getattr(self, name) for name in fields)
        given = [value.get_secret_value() for value in values if isinstance(value, SecretStr)]
        passwords = (*_password(self.redis_url), *_password(self.smtp_url))
        return *(part.strip() for text in given for part in text.split(",")), *passwords

    @property
    def origin(self) -> str:
        """The public origin, without a slash at its end."""
        return self.public_origin.rstrip("/") or self.listens_at

    @property
    def listens_at(self) -> str:
        """The address this machine listens on."""
        scheme = "https" if self.tls_key else "http"
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"{scheme}://{host}:{self.port}"


def variable(field: str) -> str:
    """The environment variable that a setting is read from."""
    alias = Settings.model_fields[field].validation_alias
    return alias if isinstance(alias, str) else f"{PREFIX}{field.upper()}"


def load_settings(**overrides: object) -> Settings:
    """The settings of this environment; raises ConfigurationError naming every wrong one."""
    try:
        return Settings(**overrides)  # type: ignore[arg-type]  # validated like the rest
    except ValidationError as error:
        lines = [
            f"  {_name(item['loc'])}: {item['msg'].removeprefix('Value error, ')}"
            for item in error.errors()
        ]
        raise ConfigurationError("\n".join(["wrong settings:", *lines])) from None


def require_servable(settings: Settings) -> None:
    """Refuse settings that would expose callers; raises ConfigurationError with the remedy."""
    if settings.demo:
        if settings.host not in LOOPBACK:
            raise ConfigurationError(
                f"the demo accepts unsigned requests and listens on loopback alone, not on "
                f"{settings.host}: unset CLIENTSVIA_HOST, or unset CLIENTSVIA_DEMO"
            )
        return
    if not settings.public_origin:
        raise ConfigurationError(
            "the public origin is not set: set CLIENTSVIA_PUBLIC_ORIGIN to where Twilio reaches "
            "this service, such as https://answers.example, or try CLIENTSVIA_DEMO=1"
        )
    if not _is_origin(settings.origin):
        raise ConfigurationError(
            f"CLIENTSVIA_PUBLIC_ORIGIN is {settings.public_origin!r}: write a scheme and a host "
            "alone, such as https://answers.example or https://answers.example:8443"
        )


def _is_origin(url: str) -> bool:
    """Whether it is a scheme, a host and perhaps a port, and nothing else."""
    try:
        parts = urlsplit(url)
        bare = f"{parts.scheme}://{parts.netloc}" == url and parts.username is None
        return (
            bare and parts.scheme in {"https", "http"} and bool(parts.hostname) and parts.port != 0
        )
    except ValueError:
        return False


def _password(url: SecretStr | None) -> frozenset[str]:
    """As it stands in the URL and as it is sent; nothing where there is none."""
    password = urlsplit(url.get_secret_value()).password if url else None
    return frozenset({password, unquote(password)}) if password else frozenset()


def _is_smtp_url(url: str) -> bool:
    """Whether it is an address of a mail server, and nothing else."""
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        return False
    return (
        parts.scheme in {"smtp", "smtps"}
        and bool(parts.hostname)
        and port != 0
        and parts.path in {"", "/"}
        and not (parts.query or parts.fragment)
        and bool(parts.username) == bool(parts.password)
    )


def _is_redis_url(url: str) -> bool:
    """Whether it is an address of Redis, with nothing that would change how long is waited."""
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        return False
    options = (option.partition("=")[0] for option in parts.query.split("&") if option)
    return (
        parts.scheme in {"redis", "rediss"}
        and bool(parts.hostname)
        and port != 0
        and (parts.path in {"", "/"} or parts.path[1:].isdecimal())
        and all(parts.scheme == "rediss" and option.startswith("ssl_") for option in options)
        and not parts.fragment
    )


def _keeps_secrets(api: str) -> bool:
    """Whether what is sent to this address cannot be read on the way."""
    try:
        parts = urlsplit(api)
    except ValueError:
        return False
    local = parts.scheme == "http" and parts.hostname in LOOPBACK
    return local or (parts.scheme == "https" and bool(parts.hostname))


def _name(location: tuple[int | str, ...]) -> str:
    """The variable that is wrong: pydantic tells it by the setting's name, or by its alias."""
    name = "_".join(str(part) for part in location)
    return variable(name) if name in Settings.model_fields else name or "settings"
