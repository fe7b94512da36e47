"""The local Airflow: what `make up`, `make backfill` and `make demo` run. Not part of the package ``minsheng``."""
