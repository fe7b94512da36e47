# The image of every Airflow process in docker-compose.yml: the locked environment and the project, compiled.
FROM python:3.11-slim AS environment

# The compiler stays behind in this stage.
RUN apt-get update -qq \
 && apt-get install -qq --yes --no-install-recommends gcc libc6-dev >/dev/null \
 && rm -rf /var/lib/apt/lists/*

# Exact versions, each checked against its hash; pip compiles the byte code, which halves the start of a command.
COPY requirements.lock /tmp/
RUN python -m venv /opt/venv \
 && /opt/venv/bin/pip install --no-cache-dir --disable-pip-version-check --require-hashes -r /tmp/requirements.lock
# What fsspec needs for an archive elsewhere: s3fs, gcsfs, adlfs; what is locked stays as it is, what comes
# with them is not checked against hashes.
ARG MINSHENG_STORE=
RUN test -z "$MINSHENG_STORE" || { /opt/venv/bin/pip freeze > /tmp/locked.txt \
 && /opt/venv/bin/pip install --no-cache-dir --disable-pip-version-check -c /tmp/locked.txt "$MINSHENG_STORE"; }

# Measuring as machine code, which measures twice as fast.
WORKDIR /opt/minsheng
COPY tools.lock pyproject.toml ./
RUN python -m venv .venv-tools \
 && .venv-tools/bin/pip install --no-cache-dir --disable-pip-version-check --require-hashes -r tools.lock
COPY include include
RUN PYTHONPATH=include /opt/venv/bin/python -m local.compile


FROM python:3.11-slim

ENV PATH=/opt/venv/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    AIRFLOW_HOME=/opt/airflow \
    AIRFLOW__CORE__DAGS_FOLDER=/opt/minsheng/dags \
    AIRFLOW__CORE__PLUGINS_FOLDER=/opt/minsheng/plugins \
    MINSHENG_DATA=/opt/minsheng/data

# The folders that volumes are mounted on belong to the user from the start: a new volume takes that over.
RUN useradd --uid 50000 --create-home minsheng \
 && install -d -o minsheng -g minsheng /opt/airflow /opt/airflow/logs /opt/airflow/secrets /opt/minsheng /opt/minsheng/data

COPY --from=environment /opt/venv /opt/venv
WORKDIR /opt/minsheng
COPY pyproject.toml requirements.in ./
COPY --from=environment /opt/minsheng/include include
COPY dbt_project dbt_project
COPY dags dags
COPY plugins plugins
# Editable, so that the package finds dbt_project/ and include/sources/ beside itself, as in a checkout.
RUN pip install --no-cache-dir --disable-pip-version-check --no-deps --no-build-isolation --editable . \
 && python -m compileall -q include dags plugins

USER minsheng
