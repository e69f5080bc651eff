# pixellint in a container, built from a wheel of this checkout:
#
#   docker build -t pixellint .
#   docker run --rm --network none --read-only -v "$PWD:/site:ro" pixellint check
FROM python:3.13-slim AS build
WORKDIR /src
COPY pyproject.toml README.md LICENSE ./
COPY linter linter
COPY rules rules
RUN pip install --no-cache-dir --disable-pip-version-check build==1.3.0 \
    && python -m build --wheel --outdir /wheels \
    && python -m venv /opt/pixellint \
    && /opt/pixellint/bin/pip install --no-cache-dir --disable-pip-version-check --only-binary=:all: /wheels/*.whl \
    && /opt/pixellint/bin/pip uninstall --yes --quiet pip \
    && /opt/pixellint/bin/python -m compileall -q /opt/pixellint/lib

FROM python:3.13-slim
# git lists a work tree by its ignore rules, and is asked for --staged and --diff-base; without it .gitignore files are read.
RUN apt-get update \
    && apt-get install --yes --no-install-recommends git \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --uid 10001 --no-create-home --shell /usr/sbin/nologin pixellint \
    && git config --system --add safe.directory '*'
COPY --from=build /opt/pixellint /opt/pixellint
ENV PATH=/opt/pixellint/bin:$PATH \
    PYTHONDONTWRITEBYTECODE=1
USER 10001
WORKDIR /site
ENTRYPOINT ["pixellint"]
CMD ["check"]
