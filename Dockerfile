# One image for the api and the worker, on x86-64 and ARM64 alike; nothing in it is compiled from
# source. `docker compose build` builds it; docs/operate.md says how to run it.

# What the product imports, every file of it checked against the hashes in requirements.txt, which
# is complete: a resolver could only find something newer that has no hash.
FROM python:3.13-slim-trixie AS dependencies
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_ONLY_BINARY=:all: PIP_REQUIRE_HASHES=1
WORKDIR /app
RUN python -m venv --without-pip /opt/venv
COPY requirements.txt ./
RUN --mount=type=cache,target=/root/.cache/pip \
    pip --python /opt/venv/bin/python install --no-deps --requirement requirements.txt

# The same without what is never used at run time: places and carriers of phone numbers, tests, types
# and sources of translations, colours for code in languages other than Python, and look-ups of whether
# an e-mail's domain takes mail. Compiled libraries go without what only a debugger reads.
FROM dependencies AS runtime
COPY tools/strip_libraries.py /tmp/
WORKDIR /opt/venv/lib
RUN find . -depth -type d \( -path '*/phonenumbers/geodata' -o -path '*/phonenumbers/carrierdata' \
        -o -path '*/site-packages/*/tests' -o -path '*/site-packages/tests' \
        -o -path '*/sqlalchemy/testing' -o -path '*/site-packages/dns' \) -exec rm -r {} + \
    && find . -type f \( -name '*.pyi' -o -name '*.po' -o -name '*.pot' \
        -o -path '*/pygments/lexers/*' ! -name '__init__.*' ! -name '_mapping.*' \
            ! -name 'python.*' ! -name 'special.*' \) -delete \
    && python /tmp/strip_libraries.py .

# Node.js, and the frontend's packages as reflex.lock pins them.
FROM dependencies AS node
COPY requirements-build.txt ./
RUN --mount=type=cache,target=/root/.cache/pip \
    pip --python /opt/venv/bin/python install --no-deps --requirement requirements-build.txt
# The last one lets a build behind a proxy trust what the base image trusts.
ENV PATH=/opt/venv/bin:$PATH REFLEX_USE_NPM=1 REFLEX_TELEMETRY_ENABLED=false NODE_USE_SYSTEM_CA=1
COPY .npmrc ./
COPY reflex.lock reflex.lock
RUN --mount=type=cache,target=/root/.npm \
    mkdir .web && cp reflex.lock/*.json .npmrc .web/ && npm ci --prefix .web --legacy-peer-deps
COPY tools/pages_in_steps.py tools/patient_prerender.mjs tools/

# The pages as scripts. Reflex would run npm three times to find that nothing is missing.
FROM node AS scripts
COPY rxconfig.py ./
COPY assets assets
COPY wasched wasched
RUN mkdir /opt/idle /opt/scripts && ln -s /bin/true /opt/idle/npm
RUN PATH=/opt/idle:$PATH python tools/pages_in_steps.py write \
    && find .web -mindepth 1 -maxdepth 1 ! -name node_modules -exec cp -r -t /opt/scripts {} +

# The pages as static files: this is done again only if a script is another than before.
FROM node AS pages
COPY rxconfig.py ./
COPY wasched/__init__.py wasched/
COPY wasched/domain/__init__.py wasched/domain/typed.py wasched/domain/
COPY wasched/ui/__init__.py wasched/ui/
COPY wasched/ui/build wasched/ui/build
COPY wasched/ui/core/__init__.py wasched/ui/core/routes.py wasched/ui/core/
COPY --from=scripts /opt/scripts .web
RUN NODE_OPTIONS=--import=/app/tools/patient_prerender.mjs python tools/pages_in_steps.py bundle

# The Python files with their bytecode, which a read-only container could not keep.
FROM dependencies AS code
COPY rxconfig.py ./
COPY wasched wasched
RUN python -m compileall -q rxconfig.py wasched && rm requirements.txt

FROM python:3.13-slim-trixie
RUN groupadd --gid 1001 app \
    && useradd --uid 1001 --gid app --home-dir /app --no-create-home --shell /usr/sbin/nologin app \
    && install --directory --owner app --group app --mode 0700 /app/data /app/session
ENV PATH=/opt/venv/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 \
    REFLEX_TELEMETRY_ENABLED=false IN_CONTAINER=yes
WORKDIR /app
COPY --from=runtime /opt/venv /opt/venv
COPY --from=pages /app/.web/build/client .web/build/client
COPY --from=pages /app/.web/build/inline_scripts.json .web/build/
COPY --from=scripts /opt/scripts/backend .web/backend
COPY --from=code /app ./
COPY tools/wasched.sh /usr/local/bin/wasched
USER 1001:1001
