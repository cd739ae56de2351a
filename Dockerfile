# The same scripts as on a machine: everything is installed when the image is built, so that a container only starts.
FROM python:3.12-slim

# Papers become PDF files; their fonts are named in the templates, these stand for those that are not free.
RUN apt-get update \
    && apt-get install -y --no-install-recommends libreoffice-writer-nogui fontconfig fonts-noto-cjk fonts-liberation \
    && rm -rf /var/lib/apt/lists/*

RUN useradd --create-home --uid 10001 banjie && mkdir /app /data && chown banjie: /app /data
USER banjie
WORKDIR /app
COPY --chown=banjie:banjie . .
RUN scripts/start --prepare

ENV BANJIE_DATA_DIR=/data
VOLUME /data
EXPOSE 8000
STOPSIGNAL SIGTERM
CMD ["scripts/start", "--host", "0.0.0.0"]
