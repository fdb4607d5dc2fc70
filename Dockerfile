# syntax=docker/dockerfile:1
FROM rust:1.95-slim-bookworm AS build
# Debian's security fixes are wanted as they come, hence no pinned versions.
# hadolint ignore=DL3008
RUN apt-get update \
    && apt-get install --no-install-recommends -y python3 python3-venv \
    && rm -rf /var/lib/apt/lists/*
WORKDIR /build
RUN python3 -m venv /app
COPY requirements/run.txt requirements/
RUN /app/bin/pip install --no-cache-dir --require-hashes -r requirements/run.txt
COPY Cargo.toml Cargo.lock pyproject.toml README.md ./
COPY core-rs core-rs
COPY service service
RUN /app/bin/maturin build --release --locked --interpreter /app/bin/python --out dist \
    && /app/bin/pip install --no-cache-dir --no-deps dist/*.whl

FROM debian:bookworm-slim
# hadolint ignore=DL3008
RUN apt-get update \
    && apt-get install --no-install-recommends -y python3 \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --uid 10001 --create-home --home-dir /data clientsvia
COPY --from=build /app /app
USER 10001
WORKDIR /data
VOLUME /data
ENV CLIENTSVIA_HOST=0.0.0.0 PORT=8000 PATH=/app/bin:$PATH
EXPOSE 8000
HEALTHCHECK --interval=10s --timeout=3s --start-period=10s CMD ["python3", "-c", \
    "import os, urllib.request as r; r.urlopen('http://127.0.0.1:' + os.environ['PORT'] + '/health/ready', timeout=2)"]
CMD ["sh", "-c", "exec clientsvia serve --port \"$PORT\""]
