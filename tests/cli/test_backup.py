"""``clientsvia backup`` while the service runs, and ``restore`` when it is stopped."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.serving import serving

if TYPE_CHECKING:
    from pathlib import Path


async def test_what_was_backed_up_while_serving_is_there_again(tmp_path: Path) -> None:
    target = tmp_path / "backup.tar"
    with serving(tmp_path) as service:
        call = await service.call()
        service.stop()
        service.start()
        made = service.run("backup", str(target), "--key", f"{tmp_path}/k", capture_output=True)
        assert "1 companies with their calls, verified" in made.stdout, made.stderr
        assert (tmp_path / "k").read_bytes() == (tmp_path / "secret.key").read_bytes()
        refused = service.run("restore", str(target), "--force", capture_output=True)
        assert refused.returncode == 1
        assert "stop the service first" in refused.stderr
        await service.call(seed=8)
        service.stop()
        assert service.run("restore", str(target), capture_output=True).returncode == 1
        done = service.run("restore", str(target), "--force", capture_output=True)
        assert "THE KEY IS NOT IN IT" in done.stdout, done.stderr
        (logged,) = service.clientsvia("calls")
        assert logged["call_sid"] == call.call_sid
        service.start()
        assert (await service.call(seed=9)).problems == ()
