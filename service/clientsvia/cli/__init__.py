"""The command line: each command is a module of its own, imported when it is called."""

from __future__ import annotations

import typer

from clientsvia.cli import (
    account,
    backup,
    bench,
    call,
    caller,
    calls,
    company,
    deploy,
    doctor,
    history,
    hours,
    keys,
    messages,
    notify,
    number,
    number_setup,
    serve,
    usage,
    user,
)

app = typer.Typer(
    name="clientsvia",
    help="Answers the phone for many small companies.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
)
app.command("serve")(serve.serve)
app.command("backup", epilog=backup.BACKUP_EPILOG)(backup.backup)
app.command("restore", epilog=backup.RESTORE_EPILOG)(backup.restore)
app.command("call", epilog=call.EPILOG)(call.call)
app.command("doctor", epilog=doctor.EPILOG)(doctor.doctor)
app.command("usage", epilog=usage.EPILOG)(usage.usage)
account.add_to(company.app)
number_setup.add_to(number.app)
app.add_typer(bench.app, name="bench")
app.add_typer(caller.app, name="caller")
app.add_typer(calls.app, name="calls")
app.add_typer(company.app, name="company")
app.add_typer(deploy.app, name="deploy")
app.add_typer(history.app, name="history")
app.add_typer(hours.app, name="hours")
app.add_typer(keys.app, name="keys")
app.add_typer(messages.app, name="messages")
app.add_typer(notify.app, name="notify")
app.add_typer(number.app, name="number")
app.add_typer(user.app, name="user")
